import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { describe, it } from 'node:test';

const read = (path) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');
const code = await read('integration/integration.action.js');

describe('the package', () => {
  it('is one file below 100 kB that requires nothing but Node itself', () => {
    assert.ok(Buffer.byteLength(code) < 100_000);
    const required = [...code.matchAll(/require\('([^']+)'\)/g)].map(([, name]) => name.replace('node:', ''));
    assert.deepEqual(
      required.filter((name) => !builtinModules.includes(name)),
      [],
    );
    assert.doesNotMatch(code, /^\s*import /m);
  });

  it('offers every setting that the Action reads, and no other', async () => {
    const { secrets, configuration, dependencies } = JSON.parse(await read('integration/configuration.json'));
    const offered = [...secrets, ...configuration].map(({ name }) => name).sort();
    const used = [...new Set([...code.matchAll(/raw\.([A-Z0-9_]+)/g)].map(([, name]) => name))].sort();
    assert.deepEqual(offered, used);
    assert.deepEqual(dependencies, []);
    assert.deepEqual(
      secrets.map(({ name }) => name),
      ['SESSION_SECRET'],
    );
  });

  it('explains every reason code in the guide, under the fixed headings', async () => {
    const guide = await read('integration/installation_guide.md');
    for (const [, reason] of code.matchAll(/'(biometric_mfa_\w+)'/g))
      assert.ok(guide.includes(reason), reason);
    assert.deepEqual(
      [...guide.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
      ['Prerequisites', 'Set up Countersign', 'Add the Auth0 Action', 'Results', 'Troubleshooting'],
    );
  });

  it('declares the same trigger and runtime in every place', async () => {
    const triggers = [{ id: 'post-login', version: 'v3' }];
    for (const path of ['deploy/template.json', 'deploy-cli/tenant/actions/countersign.json']) {
      const { runtime, supported_triggers: supported } = JSON.parse(await read(path));
      assert.deepEqual([runtime, supported], ['node22', triggers], path);
    }
  });

  it('keeps the example for the command line in step with the settings', async () => {
    const { secrets } = JSON.parse(await read('deploy-cli/tenant/actions/countersign.json'));
    for (const { name } of secrets) assert.ok(code.includes(`raw.${name}`), name);
    assert.ok(secrets.every(({ name, value }) => name !== 'SESSION_SECRET' || value.startsWith('##')));
  });
});
