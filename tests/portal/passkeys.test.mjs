// Passkeys as a person uses them: the real pages, the real server, and the authenticator that Chromium plays.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { launchBrowser } from '../../demo/camera.mjs';
import { freePort, prepare, serve } from '../../demo/countersign-server.mjs';
import { authenticatorOf } from '../../demo/passkey.mjs';
import { demoOwner, totpCode } from '../../demo/portal.mjs';
import { signUp } from './sign-up.mjs';

describe('a passkey in the portal', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-passkeys-'));
  const violations = [];
  let origin;
  let server;
  let browser;
  let page;
  let device;
  before(async () => {
    const port = await freePort();
    origin = `http://localhost:${port}`; // an IP address can have no passkeys
    const place = await prepare(folder, { settings: { portal: { port, public_url: origin } } });
    server = await serve(place);
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await context.exposeBinding('reportViolation', (_source, text) => violations.push(text));
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) =>
        globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    device = await authenticatorOf(page);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const button = (name) => page.getByRole('button', { name, exact: true });

  async function accessible() {
    const { violations: faults } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(
      faults.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`),
      [],
    );
  }

  async function signOutAndGivePassword() {
    await page.goto(origin);
    await page.evaluate(() =>
      fetch('/api/admin/v1/session', { method: 'DELETE', headers: { 'X-Countersign-Portal': '1' } }),
    );
    await page.goto(`${origin}/login`);
    await page.getByLabel('E-mail address').fill(demoOwner.email);
    await page.locator('input[type=password]').fill(demoOwner.password);
    await button('Continue').click();
    await page.getByRole('heading', { name: 'Enter the code' }).waitFor();
  }

  test('is not offered before there is one', async () => {
    const key = await signUp(page, origin);
    await signOutAndGivePassword();
    assert.equal(await button('Use a passkey').count(), 0);
    // The code of the moment is used up: the next one counts.
    await page.getByLabel('Six-digit code').fill(totpCode(key, 1));
    await button('Sign in').click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();
  });

  test('is added in the account, and the same device only once', async () => {
    await page.goto(`${origin}/account`);
    await button('Add a passkey').click();
    await page.getByLabel('Name').last().fill('Test device');
    await accessible();
    await button('Continue').click();
    await page.getByText('Test device signs you in from now on').waitFor();
    await page.getByText('not used yet').waitFor();
    assert.equal((await device.credentials()).length, 1);
    await accessible();
    await button('Add a passkey').click();
    await button('Continue').click();
    await page.getByText('This device holds a passkey of this account already.').waitFor();
    await button('Cancel').click();
  });

  test('signs in after the password', async () => {
    await signOutAndGivePassword();
    await accessible();
    await button('Use a passkey').click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    await page.goto(`${origin}/account`);
    await page
      .getByText(/last used/)
      .first()
      .waitFor();
  });

  test('that does not answer leaves the code as the way in', async () => {
    await signOutAndGivePassword();
    await device.present(false);
    await button('Use a passkey').click();
    await page.getByText('The browser was asked and gave no passkey').waitFor();
    await device.present(true);
    await button('Use a passkey').click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();
  });

  test('is removed with the passkey itself as proof, and then no longer offered', async () => {
    await page.goto(`${origin}/account`);
    // As if five minutes had passed: the server's answer, once.
    await page.route(
      '**/api/admin/v1/account/passkeys/psk_*',
      (route) =>
        route.fulfill({
          status: 403,
          contentType: 'application/problem+json',
          body: JSON.stringify({ code: 'reauthentication_required', status: 403, title: 'Confirm' }),
        }),
      { times: 1 },
    );
    await button('Remove Test device').click();
    await button('Remove passkey').click();
    await page.getByLabel('Password', { exact: true }).last().fill(demoOwner.password);
    await accessible();
    await button('Use a passkey instead of the code').click();
    await page.getByText('The passkey is removed').waitFor();
    await signOutAndGivePassword();
    assert.equal(await button('Use a passkey').count(), 0);
  });

  test('breaks no content security policy', () => assert.deepEqual(violations, []));
});
