import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { logIn, PAPE, redeem, startLogin, startWorld } from './support.js';

describe('a result that is wrong', () => {
  let world;
  before(async () => {
    world = await startWorld({ settings: { REQUEST_MODE: 'always' } });
  });
  after(() => world.close());

  const past = { iat: 1, exp: 61 };
  for (const [what, overrides, reason] of [
    ['for another user', { sub: 'auth0|bob' }, 'biometric_mfa_invalid_response'],
    ['with another state', { state: 'x' }, 'biometric_mfa_invalid_response'],
    ['for another integration', { aud: 'int_other' }, 'biometric_mfa_invalid_response'],
    ['with another nonce', { nonce: '0'.repeat(32) }, 'biometric_mfa_invalid_response'],
    ['with another purpose', { purpose: 'countersign-start' }, 'biometric_mfa_invalid_response'],
    ['of another issuer', { iss: 'elsewhere.example' }, 'biometric_mfa_invalid_response'],
    ['that has expired', past, 'biometric_mfa_invalid_response'],
    ['without a time', { iat: undefined }, 'biometric_mfa_invalid_response'],
    ['that failed', { result: 'failed', code: 'failed' }, 'biometric_mfa_failed'],
    ['that was cancelled', { result: 'failed', code: 'cancelled' }, 'biometric_mfa_cancelled'],
    ['of a locked account', { result: 'failed', code: 'locked' }, 'biometric_mfa_locked'],
  ]) {
    it(`${what} denies with ${reason}, and prompt=none does not get around it`, async () => {
      const { login, outcome } = await logIn(world);
      const back = await login.comeBack(world.capture.result(outcome.state, overrides));
      assert.deepEqual([back.error, back.error_description], ['access_denied', reason]);
      assert.equal(back.code, undefined);

      const silent = startLogin(world, { browser: login.browser, prompt: 'none' });
      assert.equal((await silent.authorize()).error, 'interaction_required');
    });
  }

  it('signed with another secret denies', async () => {
    const { login, outcome } = await logIn(world);
    const back = await login.comeBack(world.capture.result(outcome.state, {}, 'x'.repeat(43)));
    assert.equal(back.error_description, 'biometric_mfa_invalid_response');
  });

  it('is denied when the server has confirmed that verification before', async () => {
    const first = await logIn(world);
    const verification = { verification_id: 'ver_again' };
    assert.ok((await first.login.comeBack(world.capture.result(first.outcome.state, verification))).code);

    const second = await logIn(world);
    const back = await second.login.comeBack(world.capture.result(second.outcome.state, verification));
    assert.equal(back.error_description, 'biometric_mfa_invalid_response');
  });

  it('cannot be a start token sent back', async () => {
    const { login, outcome } = await logIn(world);
    const start = world.capture.startToken(outcome.state);
    const back = await login.comeBack(
      world.capture.result(outcome.state, { ...start, state: undefined, result: 'passed' }),
    );
    assert.equal(back.error_description, 'biometric_mfa_invalid_response');
  });
});

describe('prompt=none', () => {
  let world;
  before(async () => {
    world = await startWorld({ settings: { MAX_AGE_SECONDS: '300' } });
  });
  after(() => world.close());

  it('passes in on-demand mode without a step-up request', async () => {
    const { login } = await logIn(world);
    const silent = startLogin(world, { browser: login.browser, prompt: 'none' });
    assert.ok((await silent.authorize()).code);
  });

  it('answers interaction_required to a step-up without a fresh face check', async () => {
    const { login } = await logIn(world);
    const silent = startLogin(world, { browser: login.browser, prompt: 'none', acr_values: PAPE });
    assert.equal((await silent.authorize()).error, 'interaction_required');
  });

  it('answers login_required without a session', async () => {
    assert.equal((await startLogin(world, { prompt: 'none' }).authorize()).error, 'login_required');
  });

  it('is satisfied by a face check that was recorded in this session a moment ago', async () => {
    const { login, outcome } = await logIn(world, { acr_values: PAPE });
    await login.comeBack(world.capture.result(outcome.state));

    const silent = startLogin(world, { browser: login.browser, prompt: 'none', acr_values: PAPE });
    const { claims } = await redeem(world, { login: silent, outcome: await silent.authorize() });
    assert.deepEqual(claims[world.claim], ['mfa']);
  });

  it('is not satisfied by the face check of another session', async () => {
    const first = await logIn(world, { acr_values: PAPE });
    await first.login.comeBack(world.capture.result(first.outcome.state));

    const second = await logIn(world);
    const silent = startLogin(world, { browser: second.login.browser, prompt: 'none', acr_values: PAPE });
    assert.equal((await silent.authorize()).error, 'interaction_required');
  });
});

describe('a wrongly configured Action', () => {
  it('lets nobody in', async () => {
    const world = await startWorld({ settings: { REQUEST_MODE: 'sometimes' } });
    try {
      const { outcome } = await logIn(world);
      assert.equal(outcome.error, 'access_denied');
      assert.equal(outcome.error_description, 'biometric_mfa_misconfigured');
    } finally {
      await world.close();
    }
  });
});
