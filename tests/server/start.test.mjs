// From the start link to the result: what the identity provider and the browser get, and what is turned away.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import {
  ask,
  Browser,
  claimsOf,
  formOf,
  integrationOf,
  issuer,
  place,
  Shared,
  sign,
  signatureHolds,
  startClaims,
  started,
  startUrl,
} from './support.mjs';

const limit = { timeout: 180_000 };

/** The suite's server and integration. */
const world = {};
const suite = new Shared();
after(() => suite.close());
before(async () => {
  world.here = await place(suite);
  world.integration = await integrationOf(world.here);
  await started(world.here);
}, limit);

const set = (...words) =>
  world.here.cli(
    'integration',
    'update',
    '--tenant',
    world.integration.tenantId,
    '--integration',
    world.integration.id,
    ...words,
  );
const start = (change = {}, { secret = world.integration.secret, header, state } = {}) =>
  ask(
    startUrl(
      world.here,
      world.integration,
      sign(startClaims(world.integration, change), secret, header),
      state,
    ),
  );
const seconds = () => Math.floor(Date.now() / 1000);

describe('a start link', limit, () => {
  test('leads to the verification with a cookie for this host alone, and leaves no trace of the token', async () => {
    const answer = await start();
    assert.equal(answer.status, 303);
    assert.match(answer.headers.location, /^\/v\/ver_[0-9A-Z]{26}$/);
    assert.equal(answer.headers['set-cookie'].length, 1);
    const [pair, ...attributes] = answer.headers['set-cookie'][0].split('; ');
    assert.match(pair, /^__Host-cap=[A-Za-z0-9_-]{43}$/);
    assert.deepEqual(attributes.sort(), ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['referrer-policy'], 'no-referrer');
    assert.doesNotMatch(answer.text, /eyJ/);
  });

  test('opens once when twenty browsers use it at the same time', async () => {
    const token = sign(startClaims(world.integration), world.integration.secret);
    const url = startUrl(world.here, world.integration, token);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(url)));
    const opened = answers.filter(({ headers }) => headers.location.startsWith('/v/'));
    const refused = answers.filter(({ headers }) => headers.location === '/e/already_used');
    assert.deepEqual([opened.length, refused.length], [1, 19]);
    for (const answer of refused) assert.equal(answer.headers['set-cookie'], undefined);
  });

  const refusals = {
    'for another purpose': [{ purpose: 'countersign-confirm' }, {}, 'link_invalid'],
    'without purpose': [{ purpose: undefined }, {}, 'link_invalid'],
    'without signature': [{}, { header: { alg: 'none', typ: 'JWT' } }, 'link_invalid'],
    'that names another algorithm': [{}, { header: { alg: 'HS512', typ: 'JWT' } }, 'link_invalid'],
    'with a critical header': [
      {},
      { header: { alg: 'HS256', typ: 'JWT', crit: ['b64'], b64: false } },
      'link_invalid',
    ],
    'signed with a foreign secret': [{}, { secret: 'x'.repeat(43) }, 'link_invalid'],
    'that lives longer than five minutes': [{ iat: seconds(), exp: seconds() + 301 }, {}, 'link_invalid'],
    'issued in the future': [{ iat: seconds() + 3600, exp: seconds() + 3700 }, {}, 'link_invalid'],
    'that ends before it begins': [{ iat: seconds(), exp: seconds() - 1 }, {}, 'link_invalid'],
    'without an end': [{ exp: undefined }, {}, 'link_invalid'],
    'with a time as text': [{ exp: String(seconds() + 60) }, {}, 'link_invalid'],
    'without a user': [{ sub: undefined }, {}, 'link_invalid'],
    'with an overlong user': [{ sub: 'x'.repeat(256) }, {}, 'link_invalid'],
    'with a control character in the user': [{ sub: 'auth0|a\nb' }, {}, 'link_invalid'],
    'without nonce': [{ nonce: undefined }, {}, 'link_invalid'],
    'for another integration': [{ integration_id: 'int_01HZZZZZZZZZZZZZZZZZZZZZZZ' }, {}, 'link_invalid'],
    'that has expired': [{ iat: seconds() - 1000, exp: seconds() - 900 }, {}, 'link_expired'],
    'of a foreign issuer': [{ iss: 'evil.example.com' }, {}, 'unknown_domain'],
    'of an issuer with a scheme': [{ iss: `https://${issuer}/` }, {}, 'unknown_domain'],
    'of an issuer that only ends alike': [{ iss: `evil-${issuer}` }, {}, 'unknown_domain'],
    'with an overlong state': [{}, { state: 'x'.repeat(2049) }, 'link_invalid'],
    'with an empty state': [{}, { state: '' }, 'link_invalid'],
  };
  for (const [name, [change, how, code]] of Object.entries(refusals)) {
    test(`${name} ends on the page ${code}`, async () => {
      const answer = await start(change, how);
      assert.deepEqual([answer.status, answer.headers.location], [303, `/e/${code}`]);
      assert.equal(answer.headers['set-cookie'], undefined);
    });
  }

  test('to an unknown or malformed integration, or with parts missing, ends on a page of its own', async () => {
    const { here, integration } = world;
    const token = sign(startClaims(integration), integration.secret);
    const unknown = startUrl(here, { id: 'int_01HZZZZZZZZZZZZZZZZZZZZZZZ' }, token);
    assert.equal((await ask(unknown)).headers.location, '/e/unknown_integration');
    assert.equal((await ask(startUrl(here, { id: 'x' }, token))).headers.location, '/e/unknown_integration');
    const base = `${here.url}/a/${integration.id}/start`;
    for (const query of [
      '',
      '?state=1',
      `?session_token=${token}`,
      '?session_token=&state=1',
      '?session_token=a.b.c&state=1',
      '?session_token=a.b&state=1',
    ]) {
      assert.equal((await ask(base + query)).headers.location, '/e/link_invalid', query);
    }
    assert.equal(
      (await ask(startUrl(here, integration, token))).status,
      303,
      'and none of this spent the token',
    );
  });

  test('of a disabled integration leads to a verification that has failed with its own code', async (t) => {
    await set('--enabled', 'false');
    t.after(() => set('--enabled', 'true'));
    const browser = await Browser.open(world.here, world.integration);
    const session = await browser.session();
    assert.deepEqual([session.status, session.code], ['failed', 'integration_disabled']);
  });

  test('of a person without face, where nobody may enrol alone, has failed as not_enrolled', async (t) => {
    await set('--allow-self-enrolment', 'false');
    t.after(() => set('--allow-self-enrolment', 'true'));
    const browser = await Browser.open(world.here, world.integration, { claims: { sub: 'auth0|nobody' } });
    const session = await browser.session();
    assert.deepEqual([session.status, session.code], ['failed', 'not_enrolled']);
    const { subjects } = await world.here.cli('subject', 'list', '--tenant', world.integration.tenantId);
    assert.ok(!subjects.some(({ external_id: name }) => name === 'auth0|nobody'), 'and no subject was made');
  });
});

describe('the return', limit, () => {
  const states = {
    'with markup': '"><script>alert(1)</script>',
    'with percent signs and letters of the world': "it's 100%25 + & = ünïcødé 🙂",
    'with a backslash': '\\x00%00',
    'of the greatest length': 'a'.repeat(2048),
    'that looks like a field': '<input name="session_token" value="x">',
  };
  for (const [name, state] of Object.entries(states)) {
    test(`hands a state ${name} back byte for byte`, async () => {
      const browser = await Browser.open(world.here, world.integration, { state });
      assert.equal((await browser.cancel()).status, 204);
      const answer = await browser.giveBack();
      assert.equal(answer.status, 200);
      const form = formOf(answer.text);
      assert.equal(form.action, `https://${issuer}/continue`);
      assert.deepEqual(Object.keys(form.fields).sort(), ['session_token', 'state']);
      assert.equal(form.fields.state, state);
      assert.equal(claimsOf(form.fields.session_token).state, state);
      assert.equal([...answer.text.matchAll(/<script/g)].length, 1, 'only the script of the page itself');
    });
  }

  test('posts a signed result that echoes the login and claims nothing more', async () => {
    const { here, integration } = world;
    const browser = await Browser.open(here, integration, { claims: { sub: 'auth0|clara' }, state: 's1' });
    await browser.cancel();
    const answer = await browser.giveBack();
    const { session_token: token } = formOf(answer.text).fields;
    assert.ok(signatureHolds(token, integration.secret));
    const { iat, exp, jti, ...claims } = claimsOf(token);
    assert.equal(exp - iat, 60);
    assert.ok(Math.abs(iat - seconds()) < 10);
    assert.match(jti, /^[A-Za-z0-9_-]{16,}$/);
    assert.deepEqual(claims, {
      iss: issuer,
      sub: 'auth0|clara',
      aud: integration.id,
      state: 's1',
      purpose: 'auth0-continue',
      transaction_id: browser.sent.transaction_id,
      verification_id: browser.verification,
      nonce: browser.sent.nonce,
      result: 'failed',
      code: 'cancelled',
    });
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['referrer-policy'], 'no-referrer');
    assert.match(answer.headers['content-security-policy'], /form-action https:;/);
    assert.match(answer.headers['set-cookie'][0], /^__Host-cap=;.*Max-Age=0/);
  });

  test('happens once, also when asked ten times at the same time', async () => {
    const browser = await Browser.open(world.here, world.integration);
    await browser.cancel();
    const answers = await Promise.all(Array.from({ length: 10 }, () => browser.giveBack()));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.equal(answers.filter(({ status }) => status === 410).length, 9);
    const session = await browser.call('GET', 'session');
    assert.deepEqual([session.status, session.json().code], [410, 'already_used']);
  });

  test('is refused while the verification is open, to another browser and from another site', async () => {
    const mine = await Browser.open(world.here, world.integration, { claims: { sub: 'auth0|dora' } });
    const other = await Browser.open(world.here, world.integration, { claims: { sub: 'auth0|emil' } });
    assert.equal((await mine.giveBack()).status, 409);
    await mine.cancel();
    assert.equal((await mine.giveBack({ Cookie: other.cookie })).status, 403);
    assert.equal((await mine.giveBack({ Cookie: `__Host-cap=${'A'.repeat(43)}` })).status, 403);
    assert.equal((await mine.giveBack({ Cookie: '' })).status, 401);
    assert.equal((await mine.giveBack({ 'Sec-Fetch-Site': 'cross-site' })).status, 403);
    assert.equal((await mine.giveBack()).status, 200, 'and the result is still there for its owner');
  });

  test('does not go to a domain that was withdrawn meanwhile', async (t) => {
    const browser = await Browser.open(world.here, world.integration);
    await browser.cancel();
    await set('--return-domain', 'other.eu.auth0.com');
    t.after(() => set('--return-domain', issuer));
    const answer = await browser.giveBack();
    assert.equal(answer.status, 409);
    assert.doesNotMatch(answer.text, /eyJ/);
  });
});

describe('the confirmation and the directions of the tokens', limit, () => {
  const confirm = (token) =>
    ask(`${world.here.url}/api/auth0/v1/confirm`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ confirm_token: token }),
    });
  const confirmClaims = (browser, change = {}) => ({
    iss: issuer,
    sub: browser.sent.sub,
    iat: seconds(),
    exp: seconds() + 60,
    purpose: 'countersign-confirm',
    integration_id: world.integration.id,
    verification_id: browser.verification,
    nonce: browser.sent.nonce,
    ...change,
  });

  test('a result that did not pass is not confirmed, before and after its return', async () => {
    const browser = await Browser.open(world.here, world.integration);
    const token = () => sign(confirmClaims(browser), world.integration.secret);
    assert.equal((await confirm(token())).status, 409);
    await browser.cancel();
    assert.equal((await confirm(token())).status, 409);
    await browser.giveBack();
    const answer = await confirm(token());
    assert.deepEqual([answer.status, answer.json().code], [409, 'conflict']);
  });

  test('a confirm token that is wrong in one thing is 401 and says no more', async () => {
    const browser = await Browser.open(world.here, world.integration);
    const good = confirmClaims(browser);
    const { secret } = world.integration;
    const tokens = [
      sign(good, 'x'.repeat(43)),
      sign(good, secret, { alg: 'none' }),
      sign({ ...good, nonce: '0'.repeat(32) }, secret),
      sign({ ...good, sub: 'auth0|other' }, secret),
      sign({ ...good, iss: 'evil.example.com' }, secret),
      sign({ ...good, verification_id: 'ver_01HZZZZZZZZZZZZZZZZZZZZZZZ' }, secret),
      sign({ ...good, verification_id: 'x' }, secret),
      sign({ ...good, integration_id: 'int_01HZZZZZZZZZZZZZZZZZZZZZZZ' }, secret),
      sign({ ...good, exp: good.iat + 301 }, secret),
      'a.b.c',
      '',
      'x'.repeat(9000),
    ];
    for (const token of tokens) {
      const answer = await confirm(token);
      assert.deepEqual([answer.status, answer.json().code], [401, 'unauthenticated'], token.slice(0, 40));
      assert.doesNotMatch(answer.text, /nonce|secret|issuer/);
    }
  });

  test('a body that is no confirmation is 400', async () => {
    for (const body of [
      '',
      '[]',
      '{',
      '{"confirm_token": 1}',
      '{"confirm_token": "a", "confirm_token": "b"}',
    ]) {
      const answer = await ask(`${world.here.url}/api/auth0/v1/confirm`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      assert.ok(answer.status === 400 || answer.status === 401, `${body}: ${answer.status}`);
    }
  });

  test('no token works at an address of another direction', async () => {
    const browser = await Browser.open(world.here, world.integration, { claims: { sub: 'auth0|fred' } });
    await browser.cancel();
    const result = formOf((await browser.giveBack()).text).fields.session_token;
    const fresh = sign(startClaims(world.integration), world.integration.secret);
    const asked = sign(confirmClaims(browser), world.integration.secret);
    for (const [name, token] of Object.entries({ start: fresh, result, spent: browser.token })) {
      assert.equal((await confirm(token)).status, 401, `${name} token at confirm`);
    }
    for (const [name, token, page] of [
      ['result', result, 'link_invalid'],
      ['confirm', asked, 'link_invalid'],
      ['spent start', browser.token, 'already_used'],
    ]) {
      const answer = await ask(startUrl(world.here, world.integration, token));
      assert.equal(answer.headers.location, `/e/${page}`, `${name} token at start`);
    }
    const foreign = await integrationOf(world.here);
    assert.equal(
      (await ask(startUrl(world.here, foreign, fresh))).headers.location,
      '/e/link_invalid',
      'start token at another integration',
    );
  });
});

describe('a restart', limit, () => {
  test('forgets neither a spent token nor an open verification', async (t) => {
    const here = await place(t);
    const integration = await integrationOf(here);
    const first = await started(here);
    const browser = await Browser.open(here, integration);
    assert.equal((await first.stop()).code, 0);
    await started(here);
    const replay = await ask(startUrl(here, integration, browser.token, randomBytes(4).toString('hex')));
    assert.equal(replay.headers.location, '/e/already_used');
    assert.equal((await browser.session()).status, 'open');
  });
});
