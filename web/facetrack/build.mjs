import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertModel, kSources, packageModelsFolder } from './convert.mjs';

const kRoot = path.dirname(fileURLToPath(import.meta.url));
const kEngine = path.join(kRoot, 'src', 'engine');
const kDist = path.join(kRoot, 'dist');
const kManifest = path.join(kDist, 'manifest.json');
const kCompiler = 'clang++-19';
const kMemoryBytes = 16 * 1024 * 1024;

/** Shared with the native build of the tests, so that both run the same arithmetic. */
export const kCompileFlags = [
  '-std=c++20',
  '-O3',
  '-fno-unroll-loops',
  '-fno-vectorize',
  '-ffreestanding',
  '-ffast-math',
  '-fno-builtin',
  '-fno-exceptions',
  '-fno-rtti',
  '-fvisibility=hidden',
  '-Wall',
  '-Wextra',
  '-Wconversion',
  '-Wshadow',
  '-Werror',
];

const kWasmFlags = [
  '--target=wasm32',
  '-msimd128',
  '-mbulk-memory',
  '-nostdlib',
  '-Wl,--no-entry,--export-dynamic,--strip-all',
  `-Wl,--initial-memory=${kMemoryBytes},--max-memory=${kMemoryBytes}`,
];

/** Every file of the engine that is compiled, in a fixed order. */
export function engineSources() {
  return readdirSync(kEngine)
    .filter((name) => name.endsWith('.cpp'))
    .sort()
    .map((name) => path.join(kEngine, name));
}

/** Runs the C++ compiler; throws with its own words when it fails. */
export function compile(args) {
  try {
    execFileSync(kCompiler, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (cause) {
    if (cause.code === 'ENOENT')
      throw new Error(`${kCompiler} is missing: install the packages of tools/apt.txt`);
    throw new Error(`${kCompiler} failed:\n${cause.stderr}`);
  }
}

/** Builds everything into dist/, or nothing if sources, weights and results are as the manifest says. */
export function build() {
  const inputs = hashOfInputs();
  if (isUpToDate(inputs)) return 'up to date';
  mkdirSync(kDist, { recursive: true });
  const partial = path.join(kDist, `facetrack.wasm.${process.pid}`);
  compile([...kWasmFlags, ...kCompileFlags, '-o', partial, ...engineSources()]);
  renameSync(partial, path.join(kDist, 'facetrack.wasm'));
  for (const source of Object.values(kSources)) write(`${source.model}.ftm`, convertModel(source));
  write('manifest.json', `${JSON.stringify({ inputs, files: describe() }, null, 2)}\n`);
  return 'built';
}

const kProducts = ['facetrack.wasm', 'detector.ftm', 'mesh.ftm'];

/** Through a second name, so that a parallel reader never sees half a file. */
function write(name, content) {
  const partial = path.join(kDist, `${name}.${process.pid}`);
  writeFileSync(partial, content);
  renameSync(partial, path.join(kDist, name));
}

function describe() {
  const entries = kProducts.map((name) => {
    const content = readFileSync(path.join(kDist, name));
    return [name, { bytes: content.length, sha256: sha256(content) }];
  });
  return Object.fromEntries(entries);
}

function isUpToDate(inputs) {
  try {
    const manifest = JSON.parse(readFileSync(kManifest, 'utf8'));
    return manifest.inputs === inputs && JSON.stringify(manifest.files) === JSON.stringify(describe());
  } catch {
    return false;
  }
}

/** One hash over everything the results depend on: engine, converter, this script and the package's files. */
function hashOfInputs() {
  const folder = packageModelsFolder();
  const files = [
    ...listFiles(kEngine),
    ...listFiles(path.join(kRoot, 'convert')),
    path.join(kRoot, 'convert.mjs'),
    fileURLToPath(import.meta.url),
    ...Object.values(kSources).flatMap(({ graphFile, weightsFile }) => [
      path.join(folder, graphFile),
      path.join(folder, weightsFile),
    ]),
  ];
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${path.basename(file)}\0`).update(sha256(readFileSync(file)));
  return hash.digest('hex');
}

function listFiles(folder) {
  return readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name));
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(`facetrack: ${build()}`);
  } catch (error) {
    console.error(`facetrack: ${error.message}`);
    process.exitCode = 1;
  }
}
