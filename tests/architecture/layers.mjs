// Fails when a module includes what cmake/layers.txt does not allow, or declares another arrow in its CMakeLists.txt.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const source = join(root, 'src');

function readLayers() {
  const layers = new Map();
  for (const line of readFileSync(join(root, 'cmake/layers.txt'), 'utf8').split('\n')) {
    const match = /^([\w.]+):([^|]*)\|(.*)$/.exec(line);
    if (match)
      layers.set(match[1], {
        own: match[2].split(' ').filter(Boolean),
        foreign: match[3].split(' ').filter(Boolean),
      });
  }
  return layers;
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

const layers = readLayers();

/** The most specific module whose folder holds the file: src/face/api/x.hpp is face.api. */
function moduleOf(file) {
  const parts = relative(source, file).split('/').slice(0, -1);
  for (let length = parts.length; length > 0; --length) {
    const name = parts.slice(0, length).join('.');
    if (layers.has(name)) return name;
  }
  return 'main';
}

const sources = filesUnder(source).filter((file) => /\.(cpp|hpp)$/.test(file));
const mayInclude = (from, to) =>
  from === to || to === 'base' || layers.get(from).own.includes('*') || layers.get(from).own.includes(to);
/** Unit tests, their shared fixtures (test_x.hpp) and contracts lie beside the code and may use the test libraries. */
const isTest = (file) =>
  /(_test|_bench|_fuzz|_test_main)\.cpp$|_contract(_test)?\.(hpp|cpp)$|\/test_\w+\.hpp$/.test(file);
const standard = /^[a-z_]+(\.h)?$|^(sys|linux|netinet|arpa|asm)\//;

test('every module of the tree is in cmake/layers.txt', () => {
  const folders = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const folder of folders) assert.ok(layers.has(folder.name), `src/${folder.name} has no line`);
});

test('a module includes only the modules its line allows', () => {
  const wrong = [];
  for (const file of sources) {
    const from = moduleOf(file);
    if (from === 'main') continue;
    for (const [, header] of readFileSync(file, 'utf8').matchAll(/^#include "([^"]+)"/gm)) {
      if (header.startsWith('tests/support/') && isTest(file)) continue;
      const to = moduleOf(join(source, header));
      if (!mayInclude(from, to)) wrong.push(`${relative(root, file)} includes ${header} (${from} -> ${to})`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('a module includes only the third-party headers its line allows', () => {
  const everywhere = layers.get('base').foreign;
  const inTests = ['gtest/', 'gmock/', 'rapidcheck', 'benchmark/'];
  const wrong = [];
  for (const file of sources) {
    const from = moduleOf(file);
    if (from === 'main' || isTest(file)) continue;
    const allowed = [...everywhere, ...layers.get(from).foreign];
    for (const [, header] of readFileSync(file, 'utf8').matchAll(/^#include <([^>]+)>/gm)) {
      const named = [...allowed, ...inTests].some((prefix) => header.startsWith(prefix));
      const thirdParty = named || !standard.test(header);
      if (thirdParty && !allowed.some((prefix) => header.startsWith(prefix)))
        wrong.push(`${relative(root, file)} includes <${header}>`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('the arrows declared to CMake are the arrows allowed', () => {
  const wrong = [];
  for (const file of filesUnder(source).filter((name) => name.endsWith('CMakeLists.txt'))) {
    for (const [, body] of readFileSync(file, 'utf8').matchAll(/countersign_add_module\(([^)]*)\)/g)) {
      const words = body.split(/\s+/).filter(Boolean);
      const name = words[words.indexOf('NAME') + 1];
      const keywords = new Set(['NAME', 'SOURCES', 'TESTS', 'DEPENDS', 'LINKS', 'TEST_DEPENDS']);
      let section = '';
      for (const word of words) {
        if (keywords.has(word)) section = word;
        else if (section === 'DEPENDS' && !mayInclude(name, word))
          wrong.push(`${relative(root, file)}: ${name} -> ${word}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test('traps that a machine can find are absent', () => {
  const traps = [
    [/\bco_(await|return|yield)\b|<coroutine>/, 'coroutines: g++ 12.2 miscompiles them', () => true],
    [/boost\/beast/, 'Beast outside net', (from) => from !== 'net'],
    [/cjose\/jwe\.h/, 'JWE is banned', () => true],
    [
      /face\/api\/measuring_engine\.hpp|make_measuring_engine/,
      'scores (requirement S7) outside the evaluation',
      (from) => !['face', 'face.api', 'evaluation', 'app'].includes(from),
    ],
    [/system_clock::now/, 'wall time outside base', (from) => from !== 'base'],
    [
      /(\w\{|(=|return|[,(])\s*\{)\s*(\.\w+\s*=\s*)?CS_TRY\(|,\s*\.\w+\s*=\s*CS_TRY\(/,
      'CS_TRY inside braces leaks on g++ 12.2',
      () => true,
    ],
  ];
  const wrong = [];
  for (const file of sources) {
    const text = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => !/^\s*\/\//.test(line))
      .join('\n');
    for (const [pattern, why, applies] of traps) {
      const isMacro = file.endsWith('base/result.hpp');
      if (!isMacro && applies(moduleOf(file)) && pattern.test(text))
        wrong.push(`${relative(root, file)}: ${why}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('the check itself catches a foreign arrow', () => {
  assert.equal(mayInclude('domain', 'store'), false);
  assert.equal(mayInclude('net', 'domain'), false);
  assert.equal(mayInclude('persistence', 'store'), true);
  assert.equal(moduleOf(join(source, 'face/api/engine.hpp')), 'face.api');
});
