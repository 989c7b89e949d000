import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startTenant } from '../src/start-tenant.js';
import { ACTION, logIn, redeem, startWorld } from './support.js';

describe('the Actions runtime', () => {
  let folder;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'actions-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** Runs one login with an Action made of this body. */
  async function withAction(body, run, options = {}) {
    const file = path.join(folder, `${randomUUID()}.cjs`);
    await writeFile(file, body);
    const world = await startWorld({ action: { file }, ...options });
    try {
      return await run(world);
    } finally {
      await world.close();
    }
  }

  const outcomeOf = (body, options) =>
    withAction(body, async (world) => (await logIn(world)).outcome, options);
  const claimsOf = (body) =>
    withAction(body, async (world) => (await redeem(world, await logIn(world))).claims);

  it('drops restricted and reserved claims without a word and keeps namespaced ones', async () => {
    const claims = await claimsOf(`exports.onExecutePostLogin = async (event, api) => {
      for (const name of ['amr', 'acr', 'roles', 'sip_date', 'sub', 'https://x.auth0.com/amr', 'urn:auth0:x'])
        api.idToken.setCustomClaim(name, ['forged']);
      api.idToken.setCustomClaim('https://bank.example/amr', ['kept']);
    };`);
    assert.equal(claims.sub, 'auth0|alice');
    assert.deepEqual(claims['https://bank.example/amr'], ['kept']);
    assert.ok(!JSON.stringify(claims).includes('forged'));
  });

  for (const [what, body, reason] of [
    ['an exception with its text', `throw new Error('broken')`, 'broken'],
    ['setting the scope', `api.idToken.setCustomClaim('scope', 'x')`, 'The "scope" claim cannot be set.'],
    ['the first reason of two', `api.access.deny('one'); api.access.deny('two')`, 'one'],
    [
      'deny even when a redirect was asked for',
      `api.redirect.sendUserTo('http://127.0.0.1:1/'); api.access.deny('no')`,
      'no',
    ],
    [
      'recording a method before the redirect',
      `api.authentication.recordMethod('https://x.example/m')`,
      'recordMethod is only available in onContinuePostLogin.',
    ],
    [
      'a missing session token',
      `api.redirect.validateToken({ secret: 's' })`,
      "There is no parameter called 'session_token' available in either the POST body or query string.",
    ],
  ]) {
    it(`denies with ${what}`, async () => {
      const outcome = await outcomeOf(`exports.onExecutePostLogin = async (event, api) => { ${body}; };`);
      assert.deepEqual([outcome.error, outcome.error_description], ['access_denied', reason]);
    });
  }

  it('stops an Action that takes too long', async () => {
    const outcome = await outcomeOf(`exports.onExecutePostLogin = () => new Promise(() => {});`, {
      tenant: { timeLimitMs: 50 },
    });
    assert.equal(outcome.error, 'access_denied');
  });

  it('keeps metadata writes of a denied login, as Auth0 does', async () => {
    const body = `exports.onExecutePostLogin = async (event, api) => {
      if (event.user.app_metadata.seen) return;
      api.user.setAppMetadata('seen', true);
      return api.access.deny('first time');
    };`;
    await withAction(body, async (world) => {
      assert.equal((await logIn(world)).outcome.error_description, 'first time');
      assert.ok((await logIn(world)).outcome.code);
    });
  });

  it('runs later Actions after the login has come back, and earlier ones only once', async () => {
    const later = path.join(folder, 'later.cjs');
    await writeFile(
      later,
      `exports.onExecutePostLogin = async (event, api) => {
        const seen = event.transaction.metadata;
        api.idToken.setCustomClaim('https://bank.example/later', Object.keys(seen).length);
      };`,
    );
    const world = await startWorld({
      settings: { REQUEST_MODE: 'always' },
      action: { file: ACTION },
      tenant: { laterActions: [{ file: later }] },
    });
    try {
      const { login, outcome } = await logIn(world);
      const back = await login.comeBack(world.capture.result(outcome.state));
      const { claims } = await redeem(world, { login, outcome: back });
      assert.deepEqual(claims[world.claim], ['mfa']);
      assert.equal(claims['https://bank.example/later'], 0, 'the nonce was spent before');
    } finally {
      await world.close();
    }
  });

  it('refuses to start with a file that is no Action, and gives the port back', async () => {
    const file = path.join(folder, 'none.cjs');
    await writeFile(file, 'exports.other = 1;');
    await assert.rejects(
      startTenant({ users: [], clients: [], action: { file } }),
      /exports no onExecutePostLogin/,
    );
  });
});
