// The operator's way back into the portal: `countersign admin`, beside a server that runs.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { totpCode } from '../../demo/portal.mjs';
import { Administrator, person, told } from './portal-world.mjs';
import { commandLine, place, refused, started } from './support.mjs';

const limit = { timeout: 120_000 };

describe('the way back into the portal on the command line', limit, () => {
  /** Sets the password of a link that a command printed. */
  const redeem = (here, link, password) => {
    const token = new URL(link).searchParams.get('token');
    return new Administrator(here.portalUrl).ask('POST', '/password-resets/redeem', { token, password });
  };

  test('a new owner is made without anybody typing a password, beside the server that runs', async (t) => {
    const here = await place(t);
    const cli = commandLine(here);
    const { email, password } = person('night');
    const create = ['admin', 'create-owner', '--email', email, '--name', 'Night'];
    refused(cli(...create), /there is no organisation yet/);
    const { tenant_id: tenantId } = await here.cli('tenant', 'create', '--name', 'Harbour');
    await started(here);
    const made = await here.cli(...create);
    refused(cli(...create), /^countersign: conflict: /);
    assert.ok(made.link.startsWith(`${here.portalUrl}/reset?token=`), made.link);

    assert.equal((await redeem(here, made.link, password)).status, 204);
    assert.equal(told(await redeem(here, made.link, password)), '410 gone');
    const owner = new Administrator(here.portalUrl);
    await owner.take('POST', '/session', { email, password });
    await owner.enrolFactor();
    assert.deepEqual([owner.id, owner.tenant], [made.administrator_id, tenantId]);
    const [listed] = (await here.cli('admin', 'list')).administrators;
    assert.deepEqual([listed.email, listed.second_factor, listed.roles[0].role], [email, true, 'owner']);
    assert.match(cli('admin', 'list').out, /^night@harbour\.example {2}two factors .* owner of Harbour\n$/);
    const { items } = await owner.take('GET', '/audit?kind=administrator.created');
    assert.deepEqual([items[0].actor, items[0].target], ['cli', made.administrator_id]);
  });

  test('a lost authenticator, a lost password and a stolen session are mended, and each leaves its trace', async (t) => {
    const here = await place(t);
    const cli = commandLine(here);
    await started(here);
    const owner = await Administrator.first(here.portalUrl, person('owner'));
    const { email, password } = owner;

    assert.equal((await here.cli('admin', 'revoke-sessions', '--email', email)).sessions_ended, 1);
    assert.equal(told(await owner.ask('GET', '/account')), '401 unauthenticated');

    await here.cli('admin', 'reset-second-factor', '--email', email.toUpperCase());
    const { state } = await owner.take('POST', '/session', { email, password });
    assert.equal(state, 'enrol_second_factor');
    const codes = owner.recoveryCodes;
    await owner.enrolFactor();
    assert.notDeepEqual(owner.recoveryCodes, codes);

    const { link } = await here.cli('admin', 'reset-password', '--email', email);
    assert.equal((await redeem(here, link, 'meadow anchor silver 77')).status, 204);
    await owner.take('POST', '/session', { email, password: 'meadow anchor silver 77' });
    await owner.take('POST', '/session/second-factor', { recovery_code: owner.recoveryCodes[0] });
    const { items } = await owner.take('GET', '/audit?actor=cli');
    assert.deepEqual(
      items.map(({ kind }) => kind),
      [
        'administrator.password_reset_requested',
        'administrator.second_factor_reset',
        'administrator.sessions_revoked',
      ],
    );
    for (const verb of ['revoke-sessions', 'reset-second-factor', 'reset-password'])
      refused(cli('admin', verb, '--email', 'nobody@harbour.example'), /^countersign: not_found: /);
  });

  test('after a rotation of the master key the authenticator still counts', async (t) => {
    const here = await place(t);
    const server = await started(here);
    const owner = await Administrator.first(here.portalUrl, person('owner'));
    const { email, password, totpSecret } = owner;
    await server.stop();
    assert.equal((await here.cli('keys', 'rotate')).second_factors_rewrapped, 1);

    await started(here);
    await owner.take('POST', '/session', { email, password });
    // The next step's code: that of the current one may have been used for setting up.
    await owner.take('POST', '/session/second-factor', { totp: totpCode(totpSecret, 1) });
    assert.equal((await owner.take('GET', '/session')).state, 'active');
  });
});
