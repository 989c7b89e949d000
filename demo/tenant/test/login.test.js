import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Browser } from './browser.js';
import { API, logIn, PAPE, redeem, requestTokens, startLogin, startWorld, verified } from './support.js';

describe('a tenant with the Action in on-demand mode', () => {
  let world;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());

  it('leaves a plain login untouched', async () => {
    const { login, outcome } = await logIn(world);
    assert.equal(outcome.state, 'app-state');
    const { claims } = await redeem(world, { login, outcome });

    assert.equal(claims.sub, 'auth0|alice');
    assert.equal(claims.email, 'alice@bank.example');
    assert.equal(claims.nonce, 'app-nonce');
    assert.ok(!(world.claim in claims));
    assert.ok(!login.browser.trail.some((step) => step.includes(world.capture.baseUrl)));
  });

  it('steps up when the application asks, and the claim is in both tokens', async () => {
    const { login, outcome } = await logIn(world, { acr_values: PAPE, audience: API });
    assert.equal(outcome.kind, 'capture');
    const start = world.capture.startToken(outcome.state);
    assert.equal(start.sub, 'auth0|alice');
    assert.equal(start.iss, new URL(world.issuer).host);

    const back = await login.comeBack(world.capture.result(outcome.state));
    const tokens = await redeem(world, { login, outcome: back });

    assert.deepEqual(tokens.claims[world.claim], ['mfa']);
    assert.ok(Math.abs(tokens.claims[`${world.claim}_at`] - Date.now() / 1000) < 5);
    const access = await verified(world, tokens.access_token, API);
    assert.deepEqual(access[world.claim], ['mfa']);
    const paths = login.browser.trail.map((step) =>
      step.replace(world.issuer, '/').replace(/\/[\w-]{21,}/, ''),
    );
    assert.deepEqual(paths, [
      'GET /authorize',
      'GET /u/login',
      'POST /u/login',
      'GET /authorize',
      'GET /u/redirect',
      `GET ${world.capture.baseUrl}/a/int_test/start`,
      'POST /continue',
      'GET /authorize',
    ]);
  });

  it('steps up a running session without asking for the password again', async () => {
    const { login } = await logIn(world);
    const again = startLogin(world, { browser: login.browser, acr_values: PAPE });
    const outcome = await again.authorize();
    assert.equal(outcome.kind, 'capture');

    const back = await again.comeBack(world.capture.result(outcome.state));
    const { claims } = await redeem(world, { login: again, outcome: back });
    assert.deepEqual(claims[world.claim], ['mfa']);
  });

  it('asks for password and face when the application asks for a new login as well', async () => {
    const { login } = await logIn(world);
    const again = startLogin(world, { browser: login.browser, acr_values: PAPE, prompt: 'login' });
    const page = await again.authorize();
    assert.equal(page.kind, 'page');
    const outcome = await again.submit(page);
    assert.equal(outcome.kind, 'capture');
    const back = await again.comeBack(world.capture.result(outcome.state));
    assert.ok(back.code, 'the login ends after one round');
  });

  it('refuses a wrong password and stays on the page', async () => {
    const { outcome } = await logIn(world, { password: 'battery-staple' });
    assert.equal(outcome.status, 401);
    const text = await outcome.response.text();
    assert.match(text, /role="alert"/);
    assert.match(text, /value="alice"/);
  });

  it('escapes what was typed into the login page', async () => {
    const { outcome } = await logIn(world, { username: '"><script>alert(1)</script>', password: 'x' });
    assert.doesNotMatch(await outcome.response.text(), /<script>/);
  });

  it('lets browserless logins through while no face is required', async () => {
    const tokens = await requestTokens(world, {
      grant_type: 'password',
      username: 'alice',
      password: 'correct-horse',
    });
    assert.equal(tokens.status, 200);
    assert.ok(tokens.access_token);
  });
});

describe('always-on, by application metadata', () => {
  let world;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());
  const clientId = 'app-always';

  it('asks at the login and again at every login check', async () => {
    const { login, outcome } = await logIn(world, { clientId });
    assert.equal(outcome.kind, 'capture');
    assert.equal(world.capture.startToken(outcome.state).mode, 'always');
    const back = await login.comeBack(world.capture.result(outcome.state));
    assert.deepEqual((await redeem(world, { login, outcome: back })).claims[world.claim], ['mfa']);

    const again = startLogin(world, { browser: login.browser, clientId });
    assert.equal((await again.authorize()).kind, 'capture');
  });

  it('leaves the other application of the same browser alone', async () => {
    const { login, outcome } = await logIn(world, { clientId });
    await login.comeBack(world.capture.result(outcome.state));
    const other = await startLogin(world, { browser: login.browser }).authorize();
    assert.ok(other.code);
  });

  it('denies the password grant, which has no browser', async () => {
    const form = { grant_type: 'password', username: 'alice', password: 'correct-horse' };
    const answer = await requestTokens(world, form, clientId);
    assert.equal(answer.error, 'access_denied');
    assert.equal(answer.error_description, 'biometric_mfa_required');
    assert.ok(!answer.access_token);
  });
});

describe('/continue', () => {
  let world;
  before(async () => {
    world = await startWorld({ settings: { REQUEST_MODE: 'always' } });
  });
  after(() => world.close());

  it('takes a result once: a replay is refused and gives no code', async () => {
    const { login, outcome } = await logIn(world);
    const form = world.capture.result(outcome.state);
    assert.ok((await login.comeBack(form)).code);
    const replay = await login.comeBack(form);
    assert.equal(replay.status, 400);
  });

  it('refuses another browser, and the rightful one still succeeds', async () => {
    const { login, outcome } = await logIn(world);
    const form = world.capture.result(outcome.state);
    assert.equal((await login.comeBack(form, { browser: new Browser() })).status, 400);
    assert.ok((await login.comeBack(form)).code);
  });

  it('refuses an unknown or missing state', async () => {
    const { login, outcome } = await logIn(world);
    const form = world.capture.result(outcome.state);
    assert.equal((await login.comeBack({ ...form, state: 'x' })).status, 400);
    assert.equal((await login.comeBack({ session_token: form.session_token })).status, 400);
  });

  it('also takes the result from the query', async () => {
    const { login, outcome } = await logIn(world);
    const query = new URLSearchParams(world.capture.result(outcome.state));
    const { url } = await login.browser.follow(`${world.issuer}continue?${query}`, {
      stop: (target) => target.searchParams.has('code'),
    });
    assert.ok(url.searchParams.get('code'));
  });

  it('keeps two logins in two tabs apart', async () => {
    const first = await logIn(world);
    const second = startLogin(world, { browser: first.login.browser });
    const capture = await second.authorize();

    assert.ok((await first.login.comeBack(world.capture.result(first.outcome.state))).code);
    assert.ok((await second.comeBack(world.capture.result(capture.state))).code);
  });
});
