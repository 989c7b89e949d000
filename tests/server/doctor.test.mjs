// The doctor: healthy, and each thing that can be wrong, with the words an operator reads.
import assert from 'node:assert/strict';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { commandLine, integrationOf, place, root, runProgram } from './support.mjs';

const checks = [
  'configuration',
  'public address',
  'portal address',
  'clock',
  'database',
  'master key',
  'models',
  'templates',
  'capture page',
  'portal pages',
];

function examine(here, env = {}) {
  const ended = runProgram(['--config', here.config, '--json', 'doctor'], env);
  const report = JSON.parse(ended.out);
  const failed = Object.fromEntries(
    report.checks.filter(({ ok }) => !ok).map(({ check, detail }) => [check, detail]),
  );
  return { status: ended.status, report, failed };
}

/** Fails for exactly the given checks with exactly the given words. */
function assertFails(here, expected, env) {
  const { status, report, failed } = examine(here, env);
  assert.deepEqual(failed, expected);
  assert.deepEqual([status, report.healthy], [1, false]);
}

describe('doctor', { timeout: 120_000 }, () => {
  test('finds nothing wrong with a fresh installation', async (t) => {
    const here = await place(t);
    await integrationOf(here);
    const { status, report, failed } = examine(here);
    assert.deepEqual([status, report.healthy, failed], [0, true, {}]);
    assert.deepEqual(
      report.checks.map(({ check }) => check),
      checks,
    );
    assert.equal(report.configuration['server.port'], here.port);
    const { out } = commandLine(here)('doctor');
    assert.equal(out.trimEnd().split('\n').length, checks.length);
    assert.match(out, /^ok {6}master key {5}master key [0-9a-f]{16} opens 1 tenants$/m);
    assert.doesNotMatch(out, /FAILED/);
  });

  test('never prints a key', async (t) => {
    const here = await place(t);
    await integrationOf(here);
    const key = readFileSync(join(here.folder, 'master.key'), 'utf8').split('\n')[1];
    assert.equal(key.length, 43);
    const ended = runProgram(['--config', here.config, '--json', 'doctor']);
    assert.ok(!`${ended.out}${ended.err}`.includes(key));
  });

  test('lets no library of the server leave an identity or a queue of events in the home folder', async (t) => {
    const here = await place(t);
    const home = join(here.folder, 'home');
    mkdirSync(home);
    assert.equal(examine(here, { HOME: home }).failed.models, undefined, 'the models were loaded');
    assert.deepEqual(readdirSync(home), []);
  });

  test('misses the database, and does not make one by looking', async (t) => {
    const here = await place(t);
    const file = join(here.folder, 'elsewhere', 'countersign.db');
    const words = `${file} does not exist: run \`countersign migrate\``;
    for (let round = 0; round < 2; ++round) {
      assertFails(here, { database: words, 'master key': words }, { COUNTERSIGN_DATABASE_PATH: file });
    }
    assert.ok(!readdirSync(here.folder).includes('elsewhere'));
  });

  test('sees a database file that is none', async (t) => {
    const here = await place(t);
    writeFileSync(join(here.folder, 'countersign.db'), 'this is a text and no database. '.repeat(200));
    for (const name of ['countersign.db-wal', 'countersign.db-shm'])
      rmSync(join(here.folder, name), { force: true });
    const { status, failed } = examine(here);
    assert.equal(status, 1);
    assert.match(failed.database, /not a database/);
  });

  test('sees a key file that others may read', async (t) => {
    const here = await place(t);
    await integrationOf(here);
    const file = join(here.folder, 'master.key');
    chmodSync(file, 0o640);
    assertFails(here, { 'master key': `key file ${file} may be accessed by others: run chmod 600` });
    chmodSync(file, 0o600);
    assert.equal(examine(here).status, 0);
  });

  test('sees a lost key file and does not replace it', async (t) => {
    const here = await place(t);
    await integrationOf(here);
    const file = join(here.folder, 'master.key');
    rmSync(file);
    assertFails(here, { 'master key': `key file ${file} does not exist` });
    assert.ok(!readdirSync(here.folder).includes('master.key'));
  });

  test('sees a model file with one flipped bit', async (t) => {
    const here = await place(t);
    const models = join(here.folder, 'models');
    mkdirSync(models);
    const from = join(root, '.cache/models');
    for (const name of readdirSync(from)) copyFileSync(join(from, name), join(models, name));
    const env = { COUNTERSIGN_FACE_MODELS: models };
    assert.equal(examine(here, env).status, 0, 'the copies are good');
    const victim = join(models, 'fr_feature.onnx');
    const bytes = readFileSync(victim);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(victim, bytes);
    const { status, failed } = examine(here, env);
    assert.equal(status, 1);
    assert.deepEqual(Object.keys(failed), ['models']);
    assert.match(failed.models, /fr_feature\.onnx/);
  });

  test('sees an address without TLS that is not this machine', async (t) => {
    const here = await place(t);
    const url = 'http://face.example.com';
    assertFails(
      here,
      { 'public address': `server.public_url is ${url}: browsers give no camera to a page without TLS` },
      { COUNTERSIGN_SERVER_PUBLIC_URL: url },
    );
  });

  test('sees a capture page that was not built', async (t) => {
    const here = await place(t);
    assertFails(
      here,
      { 'capture page': `server.web_root: ${here.folder} has no index.html: run \`make setup\`` },
      { COUNTERSIGN_SERVER_WEB_ROOT: here.folder },
    );
  });

  test('reports a configuration it cannot read as the one finding', async (t) => {
    const here = await place(t);
    writeFileSync(here.config, '[server]\nhost = "x"\n');
    assertFails(here, { configuration: 'server.host: unknown key; deploy/config.template.toml lists all' });
    assert.equal(examine(here).report.checks.length, 1);
    assert.match(commandLine(here)('doctor').out, /^FAILED {2}configuration/);
  });
});
