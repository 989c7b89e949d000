// Administrators and settings, as people use them: several browsers, the real server, and a mail server that keeps every mail.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launchBrowser } from '../../demo/camera.mjs';
import { freePort, prepare, serve } from '../../demo/countersign-server.mjs';
import { authenticatorOf } from '../../demo/passkey.mjs';
import { demoOwner, totpCode } from '../../demo/portal.mjs';
import { catcher, linkIn } from '../server/mailbox.mjs';
import { Shared } from '../server/support.mjs';
import { png } from '../support/png.mjs';
import { portalPage, watchedContext } from './pages.mjs';
import { setUpAuthenticator, signUp } from './sign-up.mjs';

const mira = { email: 'mira@harbour.example', name: 'Mira Costa', password: 'velvet anchor meadow 77' };

describe('administrators and settings', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-team-'));
  const suite = new Shared();
  const broken = [];
  const codes = {};
  let place;
  let origin;
  let post;
  let browser;
  let owner;
  let colleague;
  let guest;

  /** A browser of its own, on a page of the portal. */
  async function visitor(name) {
    const watched = await watchedContext(browser);
    const page = await watched.context.newPage();
    page.on('response', async (answer) => {
      if (answer.url().endsWith('/totp/confirm') && answer.ok()) codes[name] = (await answer.json()).codes;
    });
    broken.push(watched.broken);
    return portalPage(page, origin);
  }
  /** Reads the mail that arrives next. */
  const mailTo = async (email) => {
    const mail = await post.next();
    assert.equal(mail.to, `<${email}>`);
    return mail;
  };
  async function givePassword({ page, button }, { email, password }) {
    await page.goto(`${origin}/login`);
    await page.getByLabel('E-mail address').fill(email);
    await page.locator('input[type=password]').fill(password);
    await button('Continue').click();
  }
  async function giveRecoveryCode({ page, button }, code) {
    await button('Use a recovery code').click();
    await page.getByLabel('Recovery code').fill(code);
    await button('Sign in').click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();
  }

  before(async () => {
    const port = await freePort();
    origin = `http://localhost:${port}`;
    place = await prepare(folder, { settings: { portal: { port, public_url: origin } } });
    const server = await serve(place);
    suite.after(() => server.stop());
    post = await catcher(suite);
    browser = await launchBrowser();
    [owner, colleague, guest] = [await visitor('owner'), await visitor('colleague'), await visitor('guest')];
  });
  after(async () => {
    await browser?.close();
    await suite.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a password that everybody knows is refused at the sign-up, and the sign-up closes behind the first', async () => {
    const { page, button } = guest;
    await page.goto(`${origin}/setup`);
    await page.getByLabel('Organisation').fill(demoOwner.organisation);
    await page.getByLabel('Your name').fill(demoOwner.name);
    await page.getByLabel('E-mail address').fill(demoOwner.email);
    await page.locator('input[type=password]').fill('passwordpassword');
    await button('Create account').click();
    await page.locator('.field-error').first().waitFor();
    await signUp(owner.page, origin);
    await page.reload();
    await page.getByRole('heading', { name: 'Already set up' }).waitFor();
  });

  test('a mail server that is down is named, and one that works delivers the test mail', async () => {
    const { page, button } = owner;
    await owner.visit('/settings/mail');
    assert.ok(await button('Send test mail').isDisabled());
    const fill = async (port) => {
      await page.getByLabel('Host').fill('127.0.0.1');
      await page.getByLabel('Port').fill(String(port));
      await page.getByLabel('Encryption').selectOption('none');
      await page.getByLabel('Sender').fill('portal@harbour.example');
      await button('Save changes').click();
      await page.getByText('The mail server is saved').last().waitFor();
      await button('Send test mail').click();
    };
    await fill(await freePort());
    await page.getByText('Not delivered').waitFor();
    await fill(post.port);
    await page.getByText('Taken by the mail server').waitFor();
    await mailTo(demoOwner.email);
  });

  test('an invited colleague joins by the mail, and sees what the role allows and nothing else', async () => {
    await owner.visit('/administrators');
    await owner.button('Invite').click();
    await owner.page.getByLabel('E-mail address').fill(mira.email);
    await owner.page.getByLabel('Role').selectOption('helpdesk');
    await owner.button('Send invitation').click();
    await owner.page.getByText(`Invitation sent to ${mira.email}`).waitFor();
    const link = linkIn(await mailTo(mira.email));

    const { page, button } = colleague;
    await page.goto(link.href);
    await page.getByRole('heading', { name: `Join ${demoOwner.organisation}` }).waitFor();
    assert.ok(!page.url().includes(link.searchParams.get('token')), 'the token leaves the address');
    await page.getByLabel('Your name').fill(mira.name);
    await page.locator('input[type=password]').fill(mira.password);
    await button('Create account').click();
    await setUpAuthenticator(page);
    assert.deepEqual(await page.locator('.rail-link').allTextContents(), [
      'Home',
      'Users',
      'Transactions',
      'Integrations',
    ]);
    for (const path of [
      '/settings/security',
      '/administrators',
      '/api-keys',
      '/audit',
      '/integrations/new',
    ]) {
      await page.goto(`${origin}${path}`);
      await page.getByText('You cannot see this page').waitFor();
    }
    await guest.page.goto(link.href);
    await guest.page.getByRole('heading', { name: 'This invitation no longer works' }).waitFor();
  });

  test('an invitation is withdrawn, and its link is worth nothing', async () => {
    const { page, button } = owner;
    await owner.visit('/administrators');
    await button('Invite').click();
    await page.getByLabel('E-mail address').fill('late@harbour.example');
    await button('Send invitation').click();
    const link = linkIn(await mailTo('late@harbour.example'));
    await button('Withdraw the invitation of late@harbour.example').click();
    await button('Withdraw invitation').click();
    await page.getByText('No invitation is open').waitFor();
    await guest.page.goto(link.href);
    await guest.page.getByRole('heading', { name: 'This invitation no longer works' }).waitFor();
  });

  test('a role is changed, undone from the message, and changed again: the colleague sees more', async () => {
    const { page, button } = owner;
    await owner.visit('/administrators');
    const change = async (role) => {
      await button(`Actions for ${mira.name}`).click();
      await button('Change role').click();
      await owner.dialog.locator('select').selectOption(role);
      await owner.dialog.getByRole('button', { name: 'Change role' }).click();
    };
    await change('admin');
    await page.getByText(`${mira.name} is now Admin`).waitFor();
    await button('Undo').click();
    await page.getByText(`${mira.name} is Helpdesk again`).waitFor();
    await change('auditor');
    await page.getByText(`${mira.name} is now Auditor`).waitFor();
    await colleague.visit('/audit');
    await colleague.page.getByRole('link', { name: 'Role changed' }).first().waitFor();
    await colleague.visit('/settings/retention');
    await colleague.page.getByText('Your role can read these settings but not change them.').waitFor();
  });

  test('a forgotten password is set anew by the mail, and a recovery code takes the place of the authenticator', async () => {
    const { page, button } = guest;
    await page.goto(`${origin}/login`);
    await page.getByRole('link', { name: 'Forgotten password' }).click();
    await page.getByLabel('E-mail address').fill(mira.email);
    await button('Send the link').click();
    await page.getByText('Look into your mail').waitFor();
    const link = linkIn(await mailTo(mira.email));
    await page.goto(link.href);
    mira.password = 'copper lantern drift 58';
    await page.locator('input[type=password]').fill(mira.password);
    await button('Set password').click();
    await page.getByText('Every session of your account has ended.').waitFor();
    assert.match((await mailTo(mira.email)).text, /a new password was set for your account/);
    await colleague.page.goto(`${origin}/users`);
    await colleague.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await givePassword(guest, mira);
    await giveRecoveryCode(guest, codes.colleague[0]);
    await givePassword(colleague, mira);
    await colleague.button('Use a recovery code').click();
    await colleague.page.getByLabel('Recovery code').fill(codes.colleague[0]);
    await colleague.button('Sign in').click();
    await colleague.page.getByText('This recovery code is not valid or was used before.').waitFor();
    await colleague.page.getByLabel('Recovery code').fill(codes.colleague[1]);
    await colleague.button('Sign in').click();
    await colleague.page.getByRole('heading', { name: 'Home' }).waitFor();
  });

  test('another session is seen in the account and ended from there', async () => {
    const { page, button } = colleague;
    await colleague.visit('/account');
    assert.equal(await page.getByText('This browser', { exact: true }).count(), 1);
    await button('End').click();
    await button('End session').click();
    await page.getByText('The session has ended').waitFor();
    await button('End').waitFor({ state: 'detached' });
    await guest.page.goto(`${origin}/users`);
    await guest.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('changes of the ways to sign in are told by mail: password, recovery codes, passkeys, authenticator', async () => {
    const { page, button } = owner;
    const device = await authenticatorOf(page);
    const told = async (what) => assert.match((await mailTo(demoOwner.email)).text, what);
    const shownCodes = async () => {
      const list = owner.dialog.locator('.recovery li');
      await list.nth(9).waitFor();
      return list.allTextContents();
    };
    await owner.visit('/account');
    await button('Add a passkey').click();
    await page.getByLabel('Name').last().fill('Work laptop');
    await button('Continue').click();
    await page.getByText('Work laptop signs you in from now on').waitFor();
    assert.equal((await device.credentials()).length, 1);
    await told(/a passkey was added to your account: "Work laptop"/);
    await button('Remove Work laptop').click();
    await button('Remove passkey').click();
    await page.getByText('The passkey is removed').waitFor();
    await told(/a passkey was removed from your account: "Work laptop"/);

    await button('Make new codes').click();
    codes.owner = await shownCodes();
    assert.equal(codes.owner.length, 10);
    await owner.dialog.getByRole('checkbox').check();
    await button('Done').click();
    await told(/the recovery codes of your account were made anew/);

    await button('Replace').click();
    const secret = (await owner.dialog.locator('.copy-value').first().textContent()).replaceAll(/\s/g, '');
    await page.getByLabel('Six-digit code from the app').fill(totpCode(secret));
    await button('Confirm').click();
    codes.owner = await shownCodes();
    await owner.dialog.getByRole('checkbox').check();
    await button('Done').click();
    await told(/the authenticator of your account was replaced/);

    await page.getByLabel('New password').fill('harvest marble canyon 91');
    await button('Change password').click();
    await page.getByText('Your password is changed').waitFor();
    await told(/the password of your account was changed/);
    await givePassword(guest, { email: demoOwner.email, password: 'harvest marble canyon 91' });
    await giveRecoveryCode(guest, codes.owner[0]);
    assert.equal(post.mails.length, 0, 'and nothing else');
  });

  test('a second organisation is empty, apart, and one press away', async () => {
    const { page, button } = owner;
    await page.locator('.rail .org').first().click();
    await button('New organisation').click();
    await owner.dialog.getByLabel('Name').fill('Globex');
    await button('Create organisation').click();
    await page.getByText('You are now in Globex').waitFor();
    await owner.visit('/administrators');
    assert.equal(await page.getByText(mira.email).count(), 0);
    await owner.visit('/integrations');
    await page.getByText('Connect your first identity provider').waitFor();
    await page.locator('.rail .org').first().click();
    await page.locator('.menu-item', { hasText: demoOwner.organisation }).click();
    await page.getByText(`You are now in ${demoOwner.organisation}`).waitFor();
    await owner.visit('/administrators');
    await page.getByText(mira.email).waitFor();
  });

  test('an API key is shown once, does what its scopes say, and nothing after it was revoked', async () => {
    const { page, button } = owner;
    await owner.visit('/api-keys');
    await button('New key').first().click();
    await owner.dialog.getByLabel('Name').fill('Nightly export');
    await owner.dialog.getByRole('checkbox', { name: /^users:read/ }).check();
    await button('Create key').click();
    await button('Show: API key').click();
    const value = await owner.dialog.locator('.copy-value').first().textContent();
    const ask = async (path) =>
      (
        await fetch(`http://127.0.0.1:${new URL(origin).port}/api/admin/v1${path}`, {
          headers: { Authorization: `Bearer ${value}` },
        })
      ).status;
    assert.deepEqual([await ask('/users'), await ask('/audit')], [200, 403]);
    await owner.dialog.getByLabel('I stored the key').check();
    await button('Done').click();
    await owner.settled();
    assert.ok(!(await page.content()).includes(value));
    await button('Revoke Nightly export').click();
    await owner.dialog.getByRole('textbox').fill('Nightly export');
    await button('Revoke key').click();
    await page.getByText('Nightly export is revoked').waitFor();
    assert.equal(await ask('/users'), 401);
  });

  test('lockout, retention and branding are saved, and undone from the message', async () => {
    const { page, button } = owner;
    const saved = async (path, label, value, text) => {
      await owner.visit(path);
      const before = await page.getByLabel(label, { exact: true }).inputValue();
      await page.getByLabel(label, { exact: true }).fill(value);
      await button('Save changes').click();
      await page.getByText(text).waitFor();
      await page.reload();
      await owner.settled();
      assert.equal(await page.getByLabel(label, { exact: true }).inputValue(), value);
      await page.getByLabel(label, { exact: true }).fill(before);
      await button('Save changes').click();
      await page.getByText(text).waitFor();
      await button('Undo').click();
      await page.getByText('The settings are as before').waitFor();
      assert.equal(await page.getByLabel(label, { exact: true }).inputValue(), value);
    };
    await saved('/settings/security', 'Lock a person after', '42', 'The lockout policy is saved');
    await saved('/settings/retention', 'Delete transactions after', '60', 'The retention time is saved');
    await saved('/settings/branding', 'Headline', 'Look at us', 'The branding is saved');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png(64, 64) });
    await page.getByAltText('The chosen logo').waitFor();
    await page.getByLabel('Accent colour', { exact: true }).fill('#ffe600');
    await page.getByText(/Too light for white text/).waitFor();
    await button('Save changes').click();
    await page.getByText('The branding is saved').waitFor();
    await page.reload();
    await owner.settled();
    await page.getByAltText('The chosen logo').waitFor();
    assert.notEqual(await page.getByLabel('Accent colour', { exact: true }).inputValue(), '#ffe600');
  });

  test('the organisation is renamed, and undone from the message', async () => {
    const { page, button } = owner;
    await owner.visit('/settings/organisation');
    await page.getByLabel('Name', { exact: true }).fill('Harbour Bank AG');
    await button('Save changes').click();
    await page.locator('.rail').getByText('Harbour Bank AG').waitFor();
    await button('Undo').click();
    await page.locator('.rail').getByText(demoOwner.organisation, { exact: true }).waitFor();
  });

  test('a new consent text becomes the current one, and the old one can still be read', async () => {
    const { page, button } = owner;
    await owner.visit('/settings/consent');
    const former = (await page.locator('tbody tr td').first().textContent()).match(/[\w.-]+\d/)[0];
    await button('New version').click();
    await owner.dialog.getByLabel('Version').fill('2027-harbour');
    await owner.dialog.getByLabel('Title').fill('Your face at Harbour Bank');
    await button('Publish version').click();
    await page.getByText('Version 2027-harbour is published').waitFor();
    await page.locator('tbody tr', { hasText: '2027-harbour' }).first().getByText('Current').waitFor();
    const old = page.locator('tbody tr', { hasText: former.replace(/Current.*/, '') }).last();
    assert.equal(await old.getByText('Current').count(), 0);
    await old.getByRole('button', { name: /^Read/ }).click();
    await owner.dialog.getByText('SHA-256 of the text').waitFor();
  });

  test('who is removed is out at once', async () => {
    await owner.visit('/administrators');
    await owner.button(`Actions for ${mira.name}`).click();
    await owner.button('Remove from organisation').click();
    await owner.dialog.getByRole('button', { name: 'Remove administrator' }).click();
    await owner.page.getByText(`${mira.name} is no longer an administrator here`).waitFor();
    await owner.page.locator('tbody').getByText(mira.email).waitFor({ state: 'detached' });
    await colleague.page.goto(`${origin}/users`);
    await colleague.page
      .getByText('You cannot see this page')
      .or(colleague.page.getByRole('heading', { name: 'Sign in' }))
      .first()
      .waitFor();
    assert.equal(await colleague.page.locator('tbody tr').count(), 0);
  });

  test('nothing on the way broke a page or the content security policy', () =>
    assert.deepEqual(broken.flat(), []));
});
