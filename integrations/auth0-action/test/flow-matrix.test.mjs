import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  assertDenied,
  assertUntouched,
  BASE_URL,
  execute,
  HOST,
  makeEvent,
  PAPE,
  payloadOf,
  recorded,
  SECRET,
  settings,
  sign,
  stepUp,
} from './support.mjs';

const always = (overrides) => makeEvent({ secrets: settings({ REQUEST_MODE: 'always' }), ...overrides });

describe('whether a face is asked for', () => {
  it('leaves a plain login untouched in on-demand mode', async () => {
    assertUntouched(await execute(makeEvent()));
  });

  it('asks when the application sends the multi-factor acr value', async () => {
    const calls = await execute(stepUp());
    assert.equal(calls.redirects.length, 1);
  });

  it('asks for any acr value of the configured list, and no longer for the default', async () => {
    const secrets = settings({ ACR_VALUES: 'urn:bank:face, https://bank.example/acr/high' });
    const high = makeEvent({ secrets, transaction: { acr_values: ['x', 'https://bank.example/acr/high'] } });
    assert.equal((await execute(high)).redirects.length, 1);
    assertUntouched(await execute(makeEvent({ secrets, transaction: { acr_values: [PAPE] } })));
  });

  it('asks when a sensitive scope is requested', async () => {
    const secrets = settings({ STEP_UP_SCOPES: 'transfer:funds read:vault' });
    const sensitive = makeEvent({ secrets, transaction: { requested_scopes: ['openid', 'transfer:funds'] } });
    assert.equal((await execute(sensitive)).redirects.length, 1);
    assertUntouched(await execute(makeEvent({ secrets, transaction: { requested_scopes: ['openid'] } })));
  });

  it('asks at every login in always-on mode', async () => {
    assert.equal((await execute(always())).redirects.length, 1);
  });

  for (const [base, override, redirects] of [
    ['on-demand', 'always', 1],
    ['always', 'on-demand', 0],
    ['always', 'off', 0],
  ]) {
    it(`lets application metadata turn ${base} into ${override}`, async () => {
      const client = { metadata: { countersign_mode: override } };
      const calls = await execute(makeEvent({ secrets: settings({ REQUEST_MODE: base }), client }));
      assert.equal(calls.redirects.length, redirects);
      assert.deepEqual(calls.denied, []);
    });
  }

  it('lets "off" win over acr_values', async () => {
    assertUntouched(await execute(stepUp({ client: { metadata: { countersign_mode: 'off' } } })));
  });

  it('copes with an event without a transaction', async () => {
    const event = makeEvent();
    delete event.transaction;
    assertUntouched(await execute(event));
    const asked = always();
    delete asked.transaction;
    const calls = await execute(asked);
    const token = payloadOf(calls.redirects[0].query.session_token);
    assert.equal(token.transaction_id, token.nonce);
  });
});

describe('the redirect', () => {
  it('goes to the integration with a signed start token and nothing personal in it', async () => {
    const calls = await execute(stepUp({ transaction: { ui_locales: ['de-CH', 'en'] } }));
    const [{ url, query }] = calls.redirects;
    assert.equal(url, `${BASE_URL}/a/int_demo/start`);
    assert.deepEqual(Object.keys(query), ['session_token']);

    const claims = payloadOf(query.session_token);
    assert.equal(query.session_token, sign(claims, { secret: SECRET }));
    const { iat, exp, nonce, ...rest } = claims;
    assert.equal(exp - iat, 120);
    assert.match(nonce, /^[0-9a-f]{32}$/);
    assert.deepEqual(rest, {
      iss: HOST,
      sub: 'auth0|alice',
      ip: '203.0.113.7',
      purpose: 'countersign-start',
      integration_id: 'int_demo',
      transaction_id: 'txn_1',
      client_id: 'app1',
      client_name: 'Harbour Bank',
      mode: 'on-demand',
      locale: 'de-CH',
    });
  });

  it('binds a fresh nonce to the transaction each time', async () => {
    const first = await execute(stepUp());
    const second = await execute(stepUp());
    const nonce = payloadOf(first.redirects[0].query.session_token).nonce;
    assert.equal(first.metadata.countersign_nonce, nonce);
    assert.notEqual(second.metadata.countersign_nonce, nonce);
  });

  it('drops a trailing slash of the base URL', async () => {
    const calls = await execute(stepUp({ secrets: settings({ BASE_URL: `${BASE_URL}/` }) }));
    assert.equal(calls.redirects[0].url, `${BASE_URL}/a/int_demo/start`);
  });

  it('falls back to English for a locale that is no language tag', async () => {
    const event = stepUp({ transaction: { ui_locales: ['"><script>'] } });
    const calls = await execute(event);
    assert.equal(payloadOf(calls.redirects[0].query.session_token).locale, 'en');
  });

  it('names the configured domain as issuer when AUTH0_DOMAIN is set', async () => {
    const calls = await execute(stepUp({ secrets: settings({ AUTH0_DOMAIN: 'login.bank.example' }) }));
    assert.equal(payloadOf(calls.redirects[0].query.session_token).iss, 'login.bank.example');
  });

  it('uses the custom domain when the request has no host name', async () => {
    const event = stepUp({ custom_domain: { domain: 'id.bank.example' } });
    delete event.request.hostname;
    const calls = await execute(event);
    assert.equal(payloadOf(calls.redirects[0].query.session_token).iss, 'id.bank.example');
  });
});

describe('flow matrix', () => {
  for (const protocol of [
    'oidc-basic-profile',
    'oidc-implicit-profile',
    'oidc-hybrid-profile',
    'samlp',
    'wsfed',
    'oauth2-device-code',
  ]) {
    it(`redirects ${protocol}`, async () => {
      assert.equal((await execute(always({ transaction: { protocol } }))).redirects.length, 1);
    });
  }

  for (const protocol of [
    'oauth2-resource-owner',
    'oauth2-resource-owner-jwt-bearer',
    'oauth2-password',
    'oauth2-webauthn',
    'oauth2-access-token',
    'oauth2-token-exchange',
    'oidc-ciba',
    'wstrust-usernamemixed',
  ]) {
    it(`denies ${protocol} when a face is required, even if the platform would redirect`, async () => {
      assertDenied(await execute(always({ transaction: { protocol } })), 'biometric_mfa_required');
    });

    it(`leaves ${protocol} alone when no face is required`, async () => {
      assertUntouched(await execute(makeEvent({ transaction: { protocol } })));
    });
  }

  it('denies when the platform cannot redirect', async () => {
    assertDenied(await execute(always(), { canRedirect: false }), 'biometric_mfa_required');
  });

  it('schedules the redirect under prompt=none, which the platform turns into interaction_required', async () => {
    const byTransaction = always({ transaction: { prompt: ['none'] } });
    assert.equal((await execute(byTransaction, { canRedirect: false })).redirects.length, 1);

    const byQuery = always();
    byQuery.request.query = { prompt: 'none' };
    assert.equal((await execute(byQuery, { canRedirect: false })).redirects.length, 1);
  });

  it('does not let prompt=none open a browserless grant', async () => {
    const event = always({ transaction: { protocol: 'oauth2-password', prompt: ['none'] } });
    assertDenied(await execute(event), 'biometric_mfa_required');
  });
});

describe('a recorded method', () => {
  const within = settings({ MAX_AGE_SECONDS: '300' });

  for (const key of ['url', 'name']) {
    it(`is accepted while fresh when the platform keeps it under "${key}"`, async () => {
      const calls = await execute(stepUp({ secrets: within, authentication: recorded(120, { key }) }));
      assert.deepEqual(calls.redirects, []);
      assert.deepEqual(calls.id[`${BASE_URL}/amr`], ['mfa']);
      assert.ok(Math.abs(calls.access[`${BASE_URL}/amr_at`] - (Date.now() / 1000 - 120)) < 5);
      assert.ok(calls.refresh.countersign_mfa_at, 'the new refresh token remembers the time of the check');
    });
  }

  it('is accepted under prompt=none as well', async () => {
    const event = stepUp({
      secrets: within,
      authentication: recorded(10),
      transaction: { prompt: ['none'] },
    });
    const calls = await execute(event, { canRedirect: false });
    assert.deepEqual(calls.redirects, []);
    assert.deepEqual(calls.id[`${BASE_URL}/amr`], ['mfa']);
  });

  it('takes the newest of several', async () => {
    const methods = [...recorded(9000).methods, ...recorded(20).methods];
    const calls = await execute(stepUp({ secrets: within, authentication: { methods } }));
    assert.deepEqual(calls.redirects, []);
  });

  for (const [what, authentication] of [
    ['too old', recorded(301)],
    ['dated in the future', recorded(-600)],
    ["another server's", recorded(10, { base: 'https://other.example' })],
    ['without a time', { methods: [{ url: `${BASE_URL}/methods/face` }] }],
    ['with a time that is no date', { methods: [{ url: `${BASE_URL}/methods/face`, timestamp: 'soon' }] }],
  ]) {
    it(`asks again when it is ${what}`, async () => {
      const calls = await execute(stepUp({ secrets: within, authentication }));
      assert.equal(calls.redirects.length, 1);
      assert.deepEqual(calls.id, {});
    });
  }

  it('is never reused when the maximum age is 0, the default', async () => {
    assert.equal((await execute(stepUp({ authentication: recorded(1) }))).redirects.length, 1);
  });

  it('puts no claim on a plain on-demand login', async () => {
    assertUntouched(await execute(makeEvent({ secrets: within, authentication: recorded(1) })));
  });
});

describe('a refresh', () => {
  const at = (ageSeconds) => new Date(Date.now() - ageSeconds * 1000).toISOString();
  const refresh = (metadata, secrets = settings({ REFRESH_MAX_AGE_SECONDS: '3600' }), client = {}) =>
    makeEvent({
      secrets,
      client,
      transaction: { protocol: 'oauth2-refresh-token' },
      refresh_token: { metadata },
    });

  it('keeps the claim from refresh token metadata within its age', async () => {
    const calls = await execute(refresh({ countersign_mfa_at: at(600) }));
    assert.deepEqual(calls.id[`${BASE_URL}/amr`], ['mfa']);
    assert.deepEqual(calls.access[`${BASE_URL}/amr`], ['mfa']);
    assert.ok(Math.abs(calls.id[`${BASE_URL}/amr_at`] - (Date.now() / 1000 - 600)) < 5);
  });

  for (const [what, metadata] of [
    ['too old', { countersign_mfa_at: at(3700) }],
    ['dated in the future', { countersign_mfa_at: at(-3700) }],
    ['missing', {}],
    ['not a date', { countersign_mfa_at: 'yes' }],
    ['of another key', { mfa_at: at(1) }],
  ]) {
    it(`goes through without the claim when the metadata is ${what}`, async () => {
      assertUntouched(await execute(refresh(metadata)));
    });
  }

  it('goes through without the claim when the platform has no refresh token metadata', async () => {
    const event = refresh({});
    delete event.refresh_token;
    assertUntouched(await execute(event));
  });

  it('never re-asserts when the refresh age is 0, the default', async () => {
    assertUntouched(await execute(refresh({ countersign_mfa_at: at(1) }, settings())));
  });

  it('is decided before the request mode: always-on neither denies nor redirects it', async () => {
    const secrets = settings({ REQUEST_MODE: 'always', REFRESH_MAX_AGE_SECONDS: '60' });
    assertUntouched(await execute(refresh({}, secrets), { canRedirect: false }));
  });

  it('puts no claim on an application that is switched off', async () => {
    const client = { metadata: { countersign_mode: 'off' } };
    assertUntouched(await execute(refresh({ countersign_mfa_at: at(1) }, undefined, client)));
  });
});
