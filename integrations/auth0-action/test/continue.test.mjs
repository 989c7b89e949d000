import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  action,
  assertDenied,
  continueEvent,
  makeApi,
  NONCE,
  payloadOf,
  resultClaims,
  resume,
  SECRET,
  settings,
  sign,
  startConfirmServer,
} from './support.mjs';

let confirm;
let accepted;
const secrets = (overrides) => settings({ BASE_URL: confirm.baseUrl, ...overrides });
const comeBack = (options = {}) => continueEvent({ secrets: secrets(), ...options });

before(async () => {
  confirm = await startConfirmServer();
  accepted = confirm.reply;
});
after(() => confirm.close());
beforeEach(() => {
  confirm.received = [];
  confirm.reply = accepted;
});

describe('a passed result', () => {
  it('is confirmed, recorded and put into both tokens', async () => {
    const calls = await resume(comeBack());

    assert.deepEqual(calls.denied, []);
    assert.deepEqual(calls.recorded, [`${confirm.baseUrl}/methods/face`]);
    for (const token of [calls.id, calls.access]) {
      assert.deepEqual(token[`${confirm.baseUrl}/amr`], ['mfa']);
      assert.ok(Math.abs(token[`${confirm.baseUrl}/amr_at`] - Date.now() / 1000) < 5);
    }
    assert.ok(Date.parse(calls.refresh.countersign_mfa_at) > Date.now() - 5000);
    assert.equal(calls.metadata.countersign_nonce, null, 'the nonce is spent');
  });

  it('uses the configured claim name', async () => {
    const event = comeBack({ secrets: secrets({ CLAIM_NAME: 'https://bank.example/strong' }) });
    const calls = await resume(event);
    assert.deepEqual(Object.keys(calls.id), [
      'https://bank.example/strong',
      'https://bank.example/strong_at',
    ]);
  });

  it('is confirmed with a token of its own, bound to this verification and nonce', async () => {
    await resume(comeBack());

    assert.equal(confirm.received.length, 1);
    const [{ path, method, type, body }] = confirm.received;
    assert.deepEqual([path, method, type], ['/api/auth0/v1/confirm', 'POST', 'application/json']);
    assert.deepEqual(Object.keys(body), ['confirm_token']);
    const claims = payloadOf(body.confirm_token);
    assert.equal(body.confirm_token, sign(claims, { secret: SECRET }));
    assert.equal(claims.exp - claims.iat, 60);
    const { purpose, integration_id, verification_id, nonce, sub } = claims;
    assert.deepEqual(
      { purpose, integration_id, verification_id, nonce, sub },
      {
        purpose: 'countersign-confirm',
        integration_id: 'int_demo',
        verification_id: 'ver_01JABC',
        nonce: NONCE,
        sub: 'auth0|alice',
      },
    );
  });

  it('may come from a first enrolment', async () => {
    confirm.reply = answer(200, { confirmed: true, method: 'enrolled', credential_id: 'cred_01J' });
    const calls = await resume(comeBack({ claims: { method: 'enrolled' } }));
    assert.deepEqual(calls.denied, []);
    assert.equal(calls.recorded.length, 1);
  });

  for (const [what, refreshToken] of [
    ['is missing', {}],
    [
      'throws',
      {
        setMetadata: () => {
          throw new Error('not available on this plan');
        },
      },
    ],
  ]) {
    it(`lets the login go on when refresh token metadata ${what}`, async (t) => {
      t.mock.method(console, 'log', () => {});
      const calls = await resume(comeBack(), { refreshToken });
      assert.deepEqual(calls.denied, []);
      assert.equal(calls.recorded.length, 1);
    });
  }
});

describe('a failed result', () => {
  for (const [code, reason] of [
    ['failed', 'biometric_mfa_failed'],
    ['cancelled', 'biometric_mfa_cancelled'],
    ['integration_disabled', 'biometric_mfa_disabled'],
    ['not_enrolled', 'biometric_mfa_not_enrolled'],
    ['locked', 'biometric_mfa_locked'],
    ['expired', 'biometric_mfa_expired'],
    ['something_new', 'biometric_mfa_failed'],
    [undefined, 'biometric_mfa_failed'],
    ['passed', 'biometric_mfa_failed'],
  ]) {
    it(`with code ${code} denies with ${reason} and confirms nothing`, async () => {
      assertDenied(await resume(comeBack({ claims: { result: 'failed', code } })), reason);
      assert.equal(confirm.received.length, 0);
    });
  }
});

describe('a result that is not ours', () => {
  const tamper = (token) => {
    const [header, , signature] = token.split('.');
    const payload = Buffer.from(JSON.stringify(resultClaims())).toString('base64url');
    return `${header}.${payload}.${signature}`;
  };

  for (const [what, options] of [
    ['is signed with another secret', { token: sign(resultClaims(), { secret: 'x'.repeat(43) }) }],
    ['was changed after signing', { token: tamper(sign(resultClaims({ result: 'failed' }))) }],
    ['is not a token', { token: 'garbage' }],
    ['has expired', { claims: { exp: 1 } }],
    ['has another state', { claims: { state: 'other' } }],
    ['has another subject', { claims: { sub: 'auth0|bob' } }],
    ['has another purpose', { claims: { purpose: 'countersign-start' } }],
    ['has no purpose', { claims: { purpose: undefined } }],
    ['is for another integration', { claims: { aud: 'int_other' } }],
    ['is for several audiences', { claims: { aud: ['int_demo', 'int_other'] } }],
    ['has another nonce', { claims: { nonce: 'f'.repeat(32) } }],
    ['has no nonce', { claims: { nonce: undefined } }],
    ['names no verification', { claims: { verification_id: undefined } }],
    ['names something else than a verification', { claims: { verification_id: 'ver_/../x' } }],
    ['has an unknown result', { claims: { result: 'PASSED' } }],
    ['has no result', { claims: { result: undefined } }],
    ['passes with the code of a failure', { claims: { code: 'failed' } }],
    ['passes without a method', { claims: { method: undefined } }],
    ['passes without a credential', { claims: { credential_id: undefined } }],
    ['passes without a face', { claims: { amr: ['otp'] } }],
  ]) {
    it(`is denied when it ${what}`, async () => {
      assertDenied(await resume(comeBack(options)), 'biometric_mfa_invalid_response');
      assert.equal(confirm.received.length, 0);
    });
  }

  it('is denied when the token is missing', async () => {
    const event = comeBack();
    delete event.request.body.session_token;
    assertDenied(await resume(event), 'biometric_mfa_invalid_response');
  });

  it('is denied when the transaction never got a nonce', async () => {
    const event = comeBack({ transaction: { metadata: {} }, claims: { nonce: undefined } });
    assertDenied(await resume(event), 'biometric_mfa_invalid_response');
  });

  it('is denied when the nonce was spent', async () => {
    const event = comeBack({
      transaction: { metadata: { countersign_nonce: null } },
      claims: { nonce: null },
    });
    assertDenied(await resume(event), 'biometric_mfa_invalid_response');
  });
});

function answer(status, body, headers = {}) {
  return (response) =>
    response
      .writeHead(status, { 'Content-Type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
}

describe('the confirmation', () => {
  const yes = { confirmed: true, method: 'verified', credential_id: 'cred_01J' };
  for (const [what, reply, reason] of [
    ['401, a bad token', answer(401, {}), 'biometric_mfa_invalid_response'],
    ['409, a second call', answer(409, {}), 'biometric_mfa_invalid_response'],
    ['410, too late', answer(410, {}), 'biometric_mfa_expired'],
    ['404', answer(404, {}), 'biometric_mfa_unavailable'],
    ['429', answer(429, {}), 'biometric_mfa_unavailable'],
    ['500', answer(500, yes), 'biometric_mfa_unavailable'],
    ['503', answer(503, {}), 'biometric_mfa_unavailable'],
    ['201', answer(201, yes), 'biometric_mfa_unavailable'],
    ['200 that is no JSON', answer(200, '<html>'), 'biometric_mfa_unavailable'],
    ['200 with null', answer(200, 'null'), 'biometric_mfa_unavailable'],
    ['200 without confirmed', answer(200, {}), 'biometric_mfa_unavailable'],
    ['200 with confirmed "true"', answer(200, { ...yes, confirmed: 'true' }), 'biometric_mfa_unavailable'],
    ['another method', answer(200, { ...yes, method: 'enrolled' }), 'biometric_mfa_invalid_response'],
    ['another credential', answer(200, { ...yes, credential_id: 'c' }), 'biometric_mfa_invalid_response'],
    ['a closed connection', (response) => response.destroy(), 'biometric_mfa_unavailable'],
  ]) {
    it(`answered with ${what} denies with ${reason}`, async () => {
      confirm.reply = reply;
      assertDenied(await resume(comeBack()), reason);
    });
  }

  it('does not follow a redirect, not even to a yes', async () => {
    const elsewhere = answer(307, {}, { Location: '/elsewhere' });
    confirm.reply = (response, request) =>
      request.url === '/elsewhere' ? accepted(response) : elsewhere(response);
    assertDenied(await resume(comeBack()), 'biometric_mfa_unavailable');
    assert.equal(confirm.received.length, 1);
  });

  it('is given up after five seconds', async (t) => {
    const asked = [];
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    t.mock.method(AbortSignal, 'timeout', (ms) => {
      asked.push(ms);
      return timeout(30);
    });
    confirm.reply = () => {};
    assertDenied(await resume(comeBack()), 'biometric_mfa_unavailable');
    assert.deepEqual(asked, [5000]);
  });

  it('denies when nobody listens', async () => {
    const event = continueEvent({ secrets: settings({ BASE_URL: 'http://127.0.0.1:9' }) });
    assertDenied(await resume(event), 'biometric_mfa_unavailable');
  });
});

describe('a platform that throws', () => {
  it('never lets the login through and never shows its text', async (t) => {
    t.mock.method(console, 'log', () => {});
    const event = comeBack();
    const { api, calls } = makeApi(event);
    api.idToken.setCustomClaim = () => {
      throw new Error('internal detail 4711');
    };
    await action.onContinuePostLogin(event, api);
    assert.deepEqual(calls.denied, ['biometric_mfa_unavailable']);
    assert.deepEqual(calls.recorded, []);
  });
});
