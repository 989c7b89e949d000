// After real logins nothing secret can be found in what the server wrote.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { logInWithFace, watchResult } from '../../demo/app-pages.mjs';
import { openPage, worldFor } from './support.mjs';

/** How a JOSE header begins. Three letters alone also stand in a schema page: the table `api_key`, then page 0x4A. */
const tokenBeginning = /eyJ[\w-]{8}/;

describe('what the server wrote', { timeout: 300_000 }, () => {
  let world;
  const secrets = new Map();
  before(async () => {
    world = await worldFor(['anna'], {
      integration: ['--liveness', 'passive'],
      settings: { log: { level: 'debug' } },
    });
    secrets.set('the Session Secret', world.sessionSecret);
    secrets.set(
      'the bytes of the Session Secret',
      Buffer.from(world.sessionSecret, 'base64url').toString('latin1'),
    );
  });
  after(() => world?.close());

  test('a login happens', async (t) => {
    const { page, context } = await openPage(t, { camera: 'first' });
    page.on('request', (request) => {
      const url = new URL(request.url());
      for (const name of ['session_token', 'ticket']) {
        if (url.searchParams.has(name))
          secrets.set(`the ${name} of ${url.pathname}`, url.searchParams.get(name));
      }
    });
    page.on('response', async (response) => {
      if (!response.url().endsWith('/challenge')) return;
      const offer = await response.json().catch(() => ({}));
      if (offer.mac_key) secrets.set('the MAC key', offer.mac_key);
    });
    const result = watchResult(page);
    context.on('response', async (response) => {
      const cookie = (await response.allHeaders().catch(() => ({})))['set-cookie'] ?? '';
      const value = /__Host-cap=([^;]{20,})/.exec(cookie)?.[1];
      if (value) secrets.set('the browser cookie', value);
    });
    const login = await logInWithFace(page, world, world.user('anna'), { attempts: 2 });
    assert.equal(login.kind, 'dashboard', JSON.stringify(login));
    secrets.set('the result token', result.token);
    for (const name of ['the session_token of', 'the result token', 'the MAC key', 'the browser cookie']) {
      assert.ok(
        [...secrets.keys()].some((key) => key.startsWith(name)),
        `${name} was seen`,
      );
    }
  });

  test('neither database nor log holds a secret, a token or a picture', () => {
    const files = readdirSync(world.place.folder).filter((name) => /\.db|\.log$/.test(name));
    assert.ok(files.some((name) => name.endsWith('.db')) && files.some((name) => name.endsWith('.log')));
    for (const name of files) {
      const bytes = readFileSync(join(world.place.folder, name));
      for (const [what, secret] of secrets) {
        assert.equal(bytes.indexOf(Buffer.from(secret, 'latin1')), -1, `${what} is in ${name}`);
      }
      assert.equal(bytes.indexOf(Buffer.from([0xff, 0xd8, 0xff])), -1, `a JPEG is in ${name}`);
      assert.doesNotMatch(bytes.toString('latin1'), tokenBeginning, `a token is in ${name}`);
    }
  });
});
