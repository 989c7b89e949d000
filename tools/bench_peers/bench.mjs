#!/usr/bin/env node
// Our pipeline beside others, on the same pictures in one run: process CPU time of one thread for a picture, and how often a
// pair of pictures is judged rightly.
//
//   node tools/bench_peers/bench.mjs [--data DIR] [--pairs CSV] [--most-pairs 3000] [--minutes 10] [--json]
//
// DIR holds the pictures that the CSV (fold, a, b, same; default DIR/pairs-folds-1-5.csv) names. Without it the times only.
// `--minutes`: of CPU for each peer; a slow one gets fewer pairs, and ours is given for the same pairs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { foldAccuracy, readPairs, score, spread } from './accuracy.mjs';
import { obstacle, peers, runPeer } from './peers.mjs';

const root = resolve(fileURLToPath(new URL('.', import.meta.url)), '../..');
const bar = 5;
const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    pairs: { type: 'string' },
    'most-pairs': { type: 'string', default: '3000' },
    minutes: { type: 'string', default: '10' },
    program: { type: 'string', default: join(root, 'build/release/bin/countersign') },
    json: { type: 'boolean', default: false },
  },
});

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const tell = (text) => process.stderr.write(`${text}\n`);

function countersign(...args) {
  const ended = spawnSync(options.program, ['--json', ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (ended.status !== 0)
    throw new Error(`countersign ${args.join(' ')} ended with ${ended.status}: ${ended.stderr}`);
  return JSON.parse(ended.stdout);
}

/** One frame of ours, and once more the embedding: `evaluate`, which makes the accuracy, looks at the mirrored face, too. */
function ourTime(folder) {
  const { cpu_ms_p50, stages } = countersign('bench', 'pipeline', '--pictures', folder);
  return cpu_ms_p50 + stages.embed.cpu_ms_p50;
}

/** The median of the second pass; the first one warms up. */
function peerTime(peer, pictures) {
  const answers = runPeer(peer, [...pictures, ...pictures]).slice(pictures.length);
  const found = answers.filter(({ embedding }) => embedding !== null).length;
  return { cpu_ms: median(answers.map(({ cpu_ms }) => cpu_ms)), found, pictures: pictures.length };
}

function peerAccuracy(peer, pairs, data) {
  const names = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const answers = runPeer(
    peer,
    names.map((name) => join(data, name)),
  );
  const embeddings = new Map(names.map((name, i) => [name, answers[i].embedding]));
  const trials = pairs.map(({ fold, a, b, same }) => ({
    fold,
    same,
    score: score(peer.metric, embeddings.get(a), embeddings.get(b)),
  }));
  const missed = answers.filter(({ embedding }) => embedding === null).length;
  return {
    accuracy: foldAccuracy(trials),
    pairs: pairs.length,
    without_face: missed,
    pictures: names.length,
  };
}

/** Templates are made once and kept in `folder` for the next, shorter list. */
function ourAccuracy(pairs, data, folder) {
  const list = join(folder, `pairs-${pairs.length}.csv`);
  const rows = pairs.map(({ fold, a, b, same }) => `${fold},${a},${b},${same ? 1 : 0}`);
  writeFileSync(list, `fold,a,b,same\n${rows.join('\n')}\n`);
  const args = ['--pairs', list, '--root', data, '--cache', join(folder, 'cache')];
  return countersign('evaluate', 'verification', ...args).folds.accuracy;
}

function measure(peer, ours, pictures, pairs, folder) {
  const stopped = obstacle(peer);
  if (stopped) return { name: peer.name, what: peer.what, skipped: stopped };
  tell(`${peer.name} …`);
  const time = peerTime(peer, pictures);
  const result = { name: peer.name, what: peer.what, ...time, ratio: time.cpu_ms / ours.cpu_ms };
  if (!pairs) return result;
  const affordable = Math.floor((Number(options.minutes) * 60_000) / time.cpu_ms / 2);
  const own = spread(pairs, Math.min(affordable, pairs.length));
  const accuracy = peerAccuracy(peer, own, options.data);
  const equal = own.length === pairs.length ? ours.accuracy : ourAccuracy(own, options.data, folder);
  const bar_met = result.ratio >= bar && equal >= accuracy.accuracy;
  return { ...result, ...accuracy, ours_on_the_same_pairs: equal, bar_met };
}

const percent = (value) => (value === undefined ? 'skipped' : `${(100 * value).toFixed(2)} %`);

function table({ ours, peers: rows }) {
  const line = (...cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(22) : String(cell).padStart(14))).join('');
  const lines = [line('', 'CPU ms', 'ours is', 'accuracy', 'ours there', 'pairs', 'no face')];
  lines.push(line('countersign', ours.cpu_ms.toFixed(1), '', percent(ours.accuracy), '', ours.pairs ?? ''));
  for (const row of rows) {
    if (row.skipped) {
      lines.push(`${row.name.padEnd(22)}  skipped: ${row.skipped}`);
      continue;
    }
    const times = `${row.ratio.toFixed(1)}× less`;
    const there = row.accuracy === undefined ? '' : percent(row.ours_on_the_same_pairs);
    const missed = row.without_face ?? `${row.pictures - row.found} of ${row.pictures}`;
    lines.push(
      line(row.name, row.cpu_ms.toFixed(1), times, percent(row.accuracy), there, row.pairs ?? '', missed),
    );
  }
  if (!options.data) lines.push('Accuracy skipped: name the folder of a data set with --data.');
  for (const row of rows.filter(({ pairs }) => pairs !== undefined && pairs < (ours.pairs ?? 0)))
    lines.push(`${row.name}: ${row.pairs} pairs only, as many as ${options.minutes} minutes of CPU allow.`);
  const met = rows.filter(({ bar_met }) => bar_met).length;
  if (options.data)
    lines.push(`${bar} times less CPU at equal or better accuracy: ${met} of ${rows.length}.`);
  return lines.join('\n');
}

function main() {
  const frames = join(root, '.cache/bench');
  if (!existsSync(options.program) || !existsSync(frames)) throw new Error('run "make setup" first');
  const pictures = readdirSync(frames)
    .filter((name) => name.endsWith('.jpg'))
    .map((name) => join(frames, name));
  const csv = options.data && (options.pairs ?? join(options.data, 'pairs-folds-1-5.csv'));
  const pairs = csv && spread(readPairs(readFileSync(csv, 'utf8')), Number(options['most-pairs']));
  const folder = mkdtempSync(join(tmpdir(), 'bench-peers-'));
  try {
    tell('countersign …');
    const ours = { cpu_ms: ourTime(frames) };
    if (pairs)
      Object.assign(ours, { accuracy: ourAccuracy(pairs, options.data, folder), pairs: pairs.length });
    const rows = peers.map((peer) => measure(peer, ours, pictures, pairs, folder));
    const result = { suite: 'peers', ours, peers: rows, load: Number(loadavg()[0].toFixed(2)) };
    console.log(options.json ? JSON.stringify(result) : table(result));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
