import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { API, logIn, PAPE, redeem, requestTokens, startWorld, verified } from './support.js';

const OFFLINE = { scope: 'openid offline_access', acr_values: PAPE, audience: API };

async function stepUp(world) {
  const { login, outcome } = await logIn(world, OFFLINE);
  const back = await login.comeBack(world.capture.result(outcome.state));
  return redeem(world, { login, outcome: back });
}

const refresh = (world, tokens) =>
  requestTokens(world, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token });

describe('refresh with refresh token metadata', () => {
  let world;
  before(async () => {
    world = await startWorld({ settings: { REFRESH_MAX_AGE_SECONDS: '600' } });
  });
  after(() => world.close());

  it('keeps the claim and the time of the check, also over a second refresh', async () => {
    const first = await stepUp(world);
    const second = await refresh(world, first);
    const third = await refresh(world, { ...first, ...second });

    for (const tokens of [second, third]) {
      const claims = await verified(world, tokens.id_token);
      assert.deepEqual(claims[world.claim], ['mfa']);
      assert.equal(claims[`${world.claim}_at`], first.claims[`${world.claim}_at`]);
      assert.deepEqual((await verified(world, tokens.access_token, API))[world.claim], ['mfa']);
    }
  });

  it('has no claim after a login without a face', async () => {
    const { login, outcome } = await logIn(world, { scope: 'openid offline_access' });
    const tokens = await redeem(world, { login, outcome });
    const claims = await verified(world, (await refresh(world, tokens)).id_token);
    assert.ok(!(world.claim in claims));
  });

  it('gives no refresh token to a login that did not ask for one', async () => {
    const { login, outcome } = await logIn(world);
    assert.equal((await redeem(world, { login, outcome })).refresh_token, undefined);
  });
});

for (const [what, options] of [
  [
    'the plan has no metadata',
    { settings: { REFRESH_MAX_AGE_SECONDS: '600' }, tenant: { refreshTokenMetadata: false } },
  ],
  ['the age limit is 0', {}],
]) {
  describe(`refresh when ${what}`, () => {
    it('goes through without the claim', async () => {
      const world = await startWorld(options);
      try {
        const first = await stepUp(world);
        assert.deepEqual(first.claims[world.claim], ['mfa'], 'the login itself succeeds with the claim');
        const second = await refresh(world, first);
        assert.ok(!(world.claim in (await verified(world, second.id_token))));
        assert.ok(!(world.claim in (await verified(world, second.access_token, API))));
      } finally {
        await world.close();
      }
    });
  });
}
