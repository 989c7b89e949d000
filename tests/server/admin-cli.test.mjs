// The operator's way back into the portal: `countersign admin`, beside a server that runs.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { totpCode } from '../../demo/portal.mjs';
import { Administrator, person, told } from './administrators.mjs';
import { commandLine, place, refused, Shared, started } from './support.mjs';

const limit = { timeout: 120_000 };

// One installation and one owner, from making her to mending everything she loses.
describe('the way back into the portal on the command line', limit, () => {
  const suite = new Shared();
  const { email, password } = person('night');
  const newPassword = 'meadow anchor silver 77';
  let here;
  let cli;
  let server;
  let owner;
  before(async () => {
    here = await place(suite);
    cli = commandLine(here);
  }, limit);
  after(() => suite.close());

  /** Sets the password of a link that a command printed. */
  const redeem = (link, chosen) => {
    const token = new URL(link).searchParams.get('token');
    return new Administrator(here.portalUrl).ask('POST', '/password-resets/redeem', {
      token,
      password: chosen,
    });
  };

  test('a new owner is made without anybody typing a password, beside the server that runs', async () => {
    const create = ['admin', 'create-owner', '--email', email, '--name', 'Night'];
    refused(cli(...create), /there is no organisation yet/);
    const { tenant_id: tenantId } = await here.cli('tenant', 'create', '--name', 'Harbour');
    server = await started(here);
    const made = await here.cli(...create);
    refused(cli(...create), /^countersign: conflict: /);
    assert.ok(made.link.startsWith(`${here.portalUrl}/reset?token=`), made.link);

    assert.equal((await redeem(made.link, password)).status, 204);
    assert.equal(told(await redeem(made.link, password)), '410 gone');
    owner = new Administrator(here.portalUrl);
    await owner.take('POST', '/session', { email, password });
    await owner.enrolFactor();
    assert.deepEqual([owner.id, owner.tenant], [made.administrator_id, tenantId]);
    const [listed] = (await here.cli('admin', 'list')).administrators;
    assert.deepEqual([listed.email, listed.second_factor, listed.roles[0].role], [email, true, 'owner']);
    assert.match(cli('admin', 'list').out, /^night@harbour\.example {2}two factors .* owner of Harbour\n$/);
    const { items } = await owner.take('GET', '/audit?kind=administrator.created');
    assert.deepEqual([items[0].actor, items[0].target], ['cli', made.administrator_id]);
  });

  test('a lost authenticator, a lost password and a stolen session are mended, and each leaves its trace', async () => {
    assert.equal((await here.cli('admin', 'revoke-sessions', '--email', email)).sessions_ended, 1);
    assert.equal(told(await owner.ask('GET', '/account')), '401 unauthenticated');

    await here.cli('admin', 'reset-second-factor', '--email', email.toUpperCase());
    const { state } = await owner.take('POST', '/session', { email, password });
    assert.equal(state, 'enrol_second_factor');
    const codes = owner.recoveryCodes;
    await owner.enrolFactor();
    assert.notDeepEqual(owner.recoveryCodes, codes);

    const { link } = await here.cli('admin', 'reset-password', '--email', email);
    assert.equal((await redeem(link, newPassword)).status, 204);
    await owner.take('POST', '/session', { email, password: newPassword });
    await owner.take('POST', '/session/second-factor', { recovery_code: owner.recoveryCodes[0] });
    const { items } = await owner.take('GET', '/audit?actor=cli');
    assert.deepEqual(
      items.map(({ kind }) => kind),
      [
        'administrator.password_reset_requested',
        'administrator.second_factor_reset',
        'administrator.sessions_revoked',
        'administrator.password_reset_requested',
        'administrator.created',
        'tenant.created',
      ],
    );
    for (const verb of ['revoke-sessions', 'reset-second-factor', 'reset-password'])
      refused(cli('admin', verb, '--email', 'nobody@harbour.example'), /^countersign: not_found: /);
  });

  test('after a rotation of the master key the authenticator still counts', async () => {
    await server.stop();
    await here.cli('keys', 'rotate');
    refused(cli('keys', 'retire'), /1 tenants and 1 second factors still hang on a former key/);
    await started(here);
    await here.cli('keys', 'retire');

    await owner.take('POST', '/session', { email, password: newPassword });
    // The next step's code: that of the current one may have been used for setting up.
    await owner.take('POST', '/session/second-factor', { totp: totpCode(owner.totpSecret, 1) });
    assert.equal((await owner.take('GET', '/session')).state, 'active');
  });
});
