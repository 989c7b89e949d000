import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  assertDenied,
  assertUntouched,
  BASE_URL,
  continueEvent,
  execute,
  makeEvent,
  resume,
  settings,
  stepUp,
} from './support.mjs';

const WRONG = [
  ['BASE_URL', undefined],
  ['BASE_URL', ''],
  ['BASE_URL', 'mfa.bank.example'],
  ['BASE_URL', 'http://mfa.bank.example'],
  ['BASE_URL', 'http://localhost:8080'],
  ['BASE_URL', 'ftp://mfa.bank.example'],
  ['BASE_URL', 'https://user:pass@mfa.bank.example'],
  ['BASE_URL', 'https://mfa.bank.example/?a=b'],
  ['INTEGRATION_ID', undefined],
  ['INTEGRATION_ID', ''],
  ['INTEGRATION_ID', '../admin'],
  ['SESSION_SECRET', undefined],
  ['SESSION_SECRET', ''],
  ['SESSION_SECRET', 'too-short'],
  ['REQUEST_MODE', undefined],
  ['REQUEST_MODE', ''],
  ['REQUEST_MODE', 'Always'],
  ['REQUEST_MODE', 'never'],
  ['REQUEST_MODE', 'off'],
  ['MAX_AGE_SECONDS', '-1'],
  ['MAX_AGE_SECONDS', '5 minutes'],
  ['MAX_AGE_SECONDS', '1e9'],
  ['REFRESH_MAX_AGE_SECONDS', 'NaN'],
  ['CLAIM_NAME', 'amr'],
  ['CLAIM_NAME', 'urn:bank:amr'],
  ['CLAIM_NAME', 'https://bank.eu.auth0.com/amr'],
  ['CLAIM_NAME', 'https://webtask.io/amr'],
  ['AUTH0_DOMAIN', 'https://tenant.example'],
  ['AUTH0_DOMAIN', 'tenant.example/continue'],
];

describe('settings', () => {
  for (const [name, value] of WRONG) {
    it(`denies every login when ${name} is ${JSON.stringify(value) ?? 'missing'}`, async () => {
      const secrets = settings({ [name]: value });
      assertDenied(await execute(makeEvent({ secrets })), 'biometric_mfa_misconfigured');
      assertDenied(await resume(continueEvent({ secrets })), 'biometric_mfa_misconfigured');
    });
  }

  it('denies a refresh too when settings are missing', async () => {
    const event = makeEvent({ secrets: {}, transaction: { protocol: 'oauth2-refresh-token' } });
    assertDenied(await execute(event), 'biometric_mfa_misconfigured');
  });

  it('denies when application metadata holds an unknown mode', async () => {
    const event = makeEvent({ client: { metadata: { countersign_mode: 'sometimes' } } });
    assertDenied(await execute(event), 'biometric_mfa_misconfigured');
  });

  it('denies a redirect when no host name is known, and only a redirect', async () => {
    const event = stepUp();
    delete event.request.hostname;
    assertDenied(await execute(event), 'biometric_mfa_misconfigured');
    const plain = makeEvent();
    delete plain.request.hostname;
    assertUntouched(await execute(plain));
  });

  it('reads a Marketplace configuration and lets a secret of the same name win', async () => {
    const { SESSION_SECRET, INTEGRATION_ID, ...configuration } = settings({ INTEGRATION_ID: 'int_secret' });
    const event = stepUp({
      configuration: { ...configuration, INTEGRATION_ID: 'int_configuration' },
      secrets: { SESSION_SECRET, INTEGRATION_ID },
    });
    const calls = await execute(event);
    assert.equal(calls.redirects[0].url, `${BASE_URL}/a/int_secret/start`);
  });

  it('takes the loopback address over plain http, for a local demonstration', async () => {
    const calls = await execute(stepUp({ secrets: settings({ BASE_URL: 'http://127.0.0.1:8080' }) }));
    assert.equal(calls.redirects[0].url, 'http://127.0.0.1:8080/a/int_demo/start');
  });

  it('logs which setting is wrong, and no value', async (t) => {
    const log = t.mock.method(console, 'log', () => {});
    await execute(makeEvent({ secrets: settings({ SESSION_SECRET: 'half-a-secret' }) }));
    const text = log.mock.calls.flatMap((call) => call.arguments).join(' ');
    assert.match(text, /SESSION_SECRET/);
    assert.doesNotMatch(text, /half-a-secret/);
  });

  it('denies with a fixed code when the platform throws, without its text', async (t) => {
    t.mock.method(console, 'log', () => {});
    const event = stepUp();
    const denied = [];
    const broken = () => {
      throw new Error('internal detail 4711');
    };
    const api = {
      access: { deny: (reason) => denied.push(reason) },
      redirect: { canRedirect: () => true },
      transaction: { setMetadata: broken },
    };
    const { action } = await import('./support.mjs');
    await action.onExecutePostLogin(event, api);
    assert.deepEqual(denied, ['biometric_mfa_unavailable']);
  });
});
