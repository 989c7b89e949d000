// Passkeys through the portal's API, with a passkey that is made of software: what it takes, and what it refuses.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { freePort } from '../../demo/countersign-server.mjs';
import { Administrator, person, told } from './administrators.mjs';
import { SoftPasskey } from './soft-passkey.mjs';
import { place, Shared, started } from './support.mjs';

const limit = { timeout: 120_000 };
const world = {};
const suite = new Shared();

before(async () => {
  const portal = await freePort();
  world.origin = `http://localhost:${portal}`;
  world.here = await place(suite, { portal: { port: portal, public_url: world.origin } });
  // The server listens on 127.0.0.1; where a page is, its client data says.
  world.portalUrl = `http://127.0.0.1:${portal}`;
  await started(world.here);
  world.owner = await Administrator.first(world.portalUrl, person('owner'));
  world.passkey = new SoftPasskey(world.origin);
}, limit);
after(() => suite.close());

/** The owner after his password. */
async function withPassword() {
  const browser = new Administrator(world.portalUrl);
  const { email, password } = world.owner;
  const { passkeys } = await browser.take('POST', '/session', { email, password });
  return { browser, passkeys };
}

/** Asks for a challenge in `browser` and sends what the passkey answers, bent as asked. */
async function prove(browser, bend) {
  const challenge = await browser.take('POST', '/session/passkey-challenge');
  const passkey = world.passkey.proves(challenge, bend);
  return browser.ask('POST', '/session/second-factor', { passkey });
}

describe('a passkey', limit, () => {
  test('is registered by who is signed in, under a name', async () => {
    const { owner, passkey } = world;
    assert.equal((await owner.take('GET', '/session')).passkeys, 'none');
    assert.equal(told(await owner.ask('POST', '/session/passkey-challenge')), '409 conflict');
    const challenge = await owner.take('POST', '/account/passkeys/challenge');
    assert.match(challenge.challenge, /^[\w-]{43}$/);
    assert.deepEqual(
      [challenge.domain, challenge.credentials, challenge.expires_in_seconds],
      ['localhost', [], 300],
    );
    const made = await owner.take('POST', '/account/passkeys', {
      name: ' Laptop ',
      passkey: passkey.registers(challenge),
    });
    assert.deepEqual(Object.keys(made).sort(), ['created_at', 'id', 'last_used_at', 'name']);
    assert.deepEqual([made.name, made.last_used_at], ['Laptop', null]);
    assert.deepEqual(await owner.take('GET', '/account/passkeys'), { items: [made] });
    world.made = made;
  });

  test('signs in in place of the code, and its use shows', async () => {
    const { browser, passkeys } = await withPassword();
    assert.equal(passkeys, 'registered');
    const half = browser.cookie;
    const answer = await prove(browser);
    assert.equal(answer.json().state, 'active');
    assert.notEqual(browser.cookie, half);
    const { items } = await browser.take('GET', '/account/passkeys');
    assert.ok(items[0].last_used_at !== null);
    const { items: events } = await browser.take('GET', '/audit?limit=1');
    assert.equal(events[0].kind, 'administrator.signed_in');
  });

  test('answers once, on this page, and nothing else', async () => {
    const { browser } = await withPassword();
    const bends = {
      'of another page': { origin: 'https://portal.attacker.example' },
      'of the same host on another port': { origin: 'http://localhost' },
      'to another challenge': { challenge: Buffer.alloc(32).toString('base64url') },
      'in a frame of another page': { crossOrigin: true },
      'to another question': { type: 'webauthn.create' },
    };
    for (const [name, bend] of Object.entries(bends))
      assert.equal(told(await prove(browser, bend)), '401 unauthenticated', name);
    const challenge = await browser.take('POST', '/session/passkey-challenge');
    const passkey = world.passkey.proves(challenge);
    const { browser: other } = await withPassword();
    const elsewhere = await other.ask('POST', '/session/second-factor', { passkey });
    assert.equal(told(elsewhere), '401 unauthenticated');
    await browser.take('POST', '/session/second-factor', { passkey });
    const { browser: later } = await withPassword();
    assert.equal(told(await later.ask('POST', '/session/second-factor', { passkey })), '401 unauthenticated');
  });

  test('opens dangerous acts together with the password', async () => {
    const { owner } = world;
    for (const [password, expected] of [
      ['not this one', '403 forbidden'],
      [owner.password, '200'],
    ]) {
      const challenge = await owner.take('POST', '/session/passkey-challenge');
      const passkey = world.passkey.proves(challenge);
      const answer = await owner.ask('POST', '/session/reauthentication', { password, passkey });
      assert.equal(told(answer), expected);
    }
  });

  test('in no form but the promised one is looked at', async () => {
    const { browser } = await withPassword();
    const challenge = await browser.take('POST', '/session/passkey-challenge');
    const good = world.passkey.proves(challenge);
    const wrong = [
      { passkey: null },
      { passkey: 'text' },
      { passkey: {} },
      { passkey: { ...good, signature: `${good.signature}==` } },
      { passkey: { ...good, client_data: good.client_data.replace(/.$/, '+') } },
      { passkey: { ...good, client_data: 'A'.repeat(4_000) } },
      { passkey: { ...good, user_handle: 'AA' } },
      { passkey: good, totp: '123456' },
    ];
    for (const body of wrong) {
      const answer = await browser.ask('POST', '/session/second-factor', body);
      assert.equal(told(answer), '400 invalid_argument', JSON.stringify(body).slice(0, 80));
    }
    assert.equal(told(await browser.ask('POST', '/session/second-factor', { passkey: good })), '200');
    const { owner } = world;
    for (const body of [{ name: 'x' }, { name: 'x', passkey: null }, { name: '', passkey: good }])
      assert.equal(told(await owner.ask('POST', '/account/passkeys', body)), '400 invalid_argument');
  });

  test('is renamed and removed, with a trace of each, and signs in no more', async () => {
    const { owner, made } = world;
    const at = `/account/passkeys/${made.id}`;
    assert.equal((await owner.take('PATCH', at, { name: 'Work laptop' })).name, 'Work laptop');
    const { browser } = await withPassword();
    const challenge = await browser.take('POST', '/session/passkey-challenge');
    await owner.take('DELETE', at);
    const passkey = world.passkey.proves(challenge);
    const answer = await browser.ask('POST', '/session/second-factor', { passkey });
    assert.equal(told(answer), '401 unauthenticated');
    assert.equal((await owner.take('GET', '/session')).passkeys, 'none');
    const { items } = await owner.take('GET', '/audit?kind=administrator.&limit=100');
    const kinds = items.map(({ kind }) => kind);
    for (const kind of ['passkey_added', 'passkey_renamed', 'passkey_removed'])
      assert.equal(kinds.filter((one) => one === `administrator.${kind}`).length, 1, kind);
  });

  test('goes with the rest of the second factor when the operator resets it', async () => {
    const { owner, here } = world;
    const challenge = await owner.take('POST', '/account/passkeys/challenge');
    const passkey = world.passkey.registers(challenge);
    await owner.take('POST', '/account/passkeys', { name: 'Laptop', passkey });
    await here.cli('admin', 'reset-second-factor', '--email', owner.email);
    const { browser, passkeys } = await withPassword();
    assert.equal(passkeys, 'none');
    assert.equal(told(await browser.ask('POST', '/session/passkey-challenge')), '401 second_factor_required');
  });
});
