// Every way in that must stay closed: links, results, switches.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { logInWithFace, openDashboard, outcome, watchResult } from '../../demo/app-pages.mjs';
import { captureState, press, showFace } from '../../demo/login.mjs';
import { claimsOf, openPage, worldFor } from './support.mjs';

/** Lets the browser stop at its way back to the identity provider and hands over the form. */
async function holdResult(context) {
  let release;
  const held = new Promise((done) => {
    release = done;
  });
  await context.route('**/continue', (route) => {
    release({
      url: route.request().url(),
      fields: Object.fromEntries(new URLSearchParams(route.request().postData())),
    });
    return route.fulfill({ status: 200, contentType: 'text/html', body: '<title>held</title>' });
  });
  return held;
}

/** Posts a result form from a page of the browser, so that its cookies and redirects are real. */
async function postResult(page, { url, fields }) {
  await page.context().unroute('**/continue');
  await page.evaluate(
    ([action, values]) => {
      const form = document.body.appendChild(
        Object.assign(document.createElement('form'), { method: 'post', action }),
      );
      for (const [name, value] of Object.entries(values)) {
        form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
      }
      form.submit();
    },
    [url, fields],
  );
}

/** The same claims with a change, signed with the given secret. */
function resigned(token, change, secret) {
  const header = token.split('.')[0];
  const payload = Buffer.from(JSON.stringify({ ...claimsOf(token), ...change })).toString('base64url');
  return `${header}.${payload}.${createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')}`;
}

/** Logs in with the password alone, by hand, and stops at the link to Countersign without opening it. */
async function startLink(request, world, { username, password }) {
  const isLink = (url) => url.startsWith(`${world.place.url}/a/`);
  async function follow(url, options = {}) {
    const answer = await request.fetch(url, { maxRedirects: 0, ...options });
    const location = answer.headers().location;
    if (!location) return { url, page: await answer.text() };
    const next = new URL(location, url).href;
    return isLink(next) ? { url: next, page: '' } : follow(next);
  }
  const form = await follow(`${world.app.url}/always/dashboard`);
  const action = new URL(/action="([^"]+)"/.exec(form.page)[1], form.url).href;
  const origin = new URL(action).origin;
  const { url } = await follow(action, { method: 'POST', form: { username, password }, headers: { origin } });
  assert.ok(isLink(url), url);
  return url;
}

describe('closed doors', { timeout: 600_000 }, () => {
  let world;
  before(async () => {
    world = await worldFor(['anna', 'bruno', 'clara'], { integration: ['--liveness', 'passive'] });
  });
  after(() => world?.close());

  test('a result is accepted once', async (t) => {
    const { page } = await openPage(t, { camera: 'first' });
    const result = watchResult(page);
    const login = await logInWithFace(page, world, world.user('anna'), { attempts: 2 });
    assert.equal(login.kind, 'dashboard', JSON.stringify(login));
    const again = await page.request.post(result.url, { form: result.fields, maxRedirects: 0 });
    assert.equal(again.status(), 400);
  });

  const tampered = {
    'a changed outcome without the secret': (fields) => ({
      ...fields,
      session_token: resigned(fields.session_token, { result: 'passed', sub: 'auth0|clara' }, 'guess'),
    }),
    'a cut signature': (fields) => ({ ...fields, session_token: fields.session_token.slice(0, -4) }),
    'a result for somebody else': (fields, secret) => ({
      ...fields,
      session_token: resigned(fields.session_token, { sub: 'auth0|clara' }, secret),
    }),
    'a result with another nonce': (fields, secret) => ({
      ...fields,
      session_token: resigned(fields.session_token, { nonce: '0'.repeat(32) }, secret),
    }),
    'a result with the purpose of a start token': (fields, secret) => ({
      ...fields,
      session_token: resigned(fields.session_token, { purpose: 'countersign-start' }, secret),
    }),
    'a failed result made passed, signed by an insider, is not confirmed': (fields, secret) => ({
      ...fields,
      session_token: resigned(
        fields.session_token,
        { result: 'passed', code: 'passed', verification_id: 'ver_01HZZZZZZZZZZZZZZZZZZZZZZZ' },
        secret,
      ),
    }),
  };
  for (const [name, change] of Object.entries(tampered)) {
    test(`${name} opens nothing`, async (t) => {
      const { page, context } = await openPage(t, { camera: 'first' });
      const held = holdResult(context);
      await openDashboard(page, world, 'always', world.user('anna'));
      await showFace(page, { attempts: 2 });
      const result = await await held;
      await page.waitForURL('**/continue');
      await postResult(page, { url: result.url, fields: change(result.fields, world.sessionSecret) });
      const end = await outcome(page);
      assert.equal(end.kind, 'problem');
      assert.match(end.code, /^biometric_mfa_(invalid_response|unavailable|failed)$/);
    });
  }

  test('a link works in the browser that opened it first and in no other', async (t) => {
    const own = await openPage(t, { camera: 'first' });
    const other = await openPage(t, { camera: 'first' });
    await openDashboard(own.page, world, 'always', world.user('anna'));
    await own.page.waitForURL(/\/v\//);
    await other.page.goto(own.page.url());
    await other.page.waitForFunction(
      () => document.body.dataset.state && document.body.dataset.state !== 'boot',
    );
    assert.equal(await captureState(other.page), 'error');
    const face = await showFace(own.page, { attempts: 2 });
    assert.equal((await outcome(own.page)).kind, 'dashboard', JSON.stringify(face));
  });

  test('a start link is good for one browser: the second use is refused', async (t) => {
    const { page } = await openPage(t, { camera: 'first' });
    const starts = [];
    page.on('request', (request) => {
      if (request.url().includes('/start?')) starts.push(request.url());
    });
    await openDashboard(page, world, 'always', world.user('anna'));
    await page.waitForURL(/\/v\//);
    const other = await openPage(t, { camera: 'first' });
    await other.page.goto(starts[0]);
    assert.match(other.page.url(), /\/e\/already_used$/);
    await other.page.waitForFunction(
      () => document.body.dataset.state && document.body.dataset.state !== 'boot',
    );
    assert.doesNotMatch(await other.page.content(), /eyJ/, 'no token is left in the page');
  });

  test('a disabled integration shows its page and closes the login with its own reason', async (t) => {
    await world.update('--enabled', 'false');
    t.after(() => world.update('--enabled', 'true'));
    const { page } = await openPage(t, { camera: 'first' });
    await openDashboard(page, world, 'always', world.user('anna'));
    await page.waitForSelector('[data-action="back"]');
    await press(page, 'back');
    assert.deepEqual(await outcome(page), { kind: 'problem', code: 'biometric_mfa_disabled' });
  });

  test('without self-enrolment a person without credential is told so', async (t) => {
    await world.update('--allow-self-enrolment', 'false');
    t.after(() => world.update('--allow-self-enrolment', 'true'));
    const { page } = await openPage(t, { camera: 'first' });
    await openDashboard(page, world, 'always', world.user('bruno'));
    await page.waitForSelector('[data-action="back"]');
    await press(page, 'back');
    assert.deepEqual(await outcome(page), { kind: 'problem', code: 'biometric_mfa_not_enrolled' });
  });

  test('a return domain that was withdrawn leads nowhere', async (t) => {
    const tenantHost = new URL(world.tenant.issuer).host;
    await world.update('--return-domain', '127.0.0.1:1');
    t.after(() => world.update('--return-domain', tenantHost));
    const { page } = await openPage(t, { camera: 'first' });
    await openDashboard(page, world, 'always', world.user('anna'));
    await page.waitForURL(/\/e\/unknown_domain$/);
  });

  test('a face captured on a link from somebody else enrols nobody', async (t) => {
    // Clara's password is known to an attacker, who sends the link to a stranger: the stranger's browser has no login at the
    // identity provider, so the enrolment is never confirmed.
    const attacker = await openPage(t);
    const link = await startLink(attacker.page.request, world, world.user('clara'));

    const stranger = await openPage(t, { camera: 'first' });
    await stranger.page.goto(link);
    await showFace(stranger.page, { attempts: 2 });
    await stranger.page.waitForURL(/\/continue$/);
    const subject = await world.subject('show', 'auth0|clara');
    assert.ok(!subject.credentials.some((credential) => credential.state === 'active'));
  });
});
