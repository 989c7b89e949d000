// Sign-in, account, team and settings in a real browser, before an administration API in memory.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { initialState, permissionsOfAuditor } from './fake-api.mjs';
import { openFakePortal } from './fake-portal.mjs';
import { payloads, poisoned } from './payloads.mjs';

const pages = {
  '/login': { signedIn: null },
  '/setup': { signedIn: null, ownerExists: false },
  '/login/second-factor': { signedIn: 'password_ok' },
  '/login/enrol': { signedIn: 'enrol_second_factor' },
  '/forgot': { signedIn: null },
  '/reset?token=x': { signedIn: null },
  '/invite?token=good': { signedIn: null },
  '/account': {},
  '/administrators': {},
  '/api-keys': {},
  '/webhooks': {},
  '/settings/organisation': {},
  '/settings/branding': {},
  '/settings/consent': {},
  '/settings/security': {},
  '/settings/mail': {},
  '/settings/retention': {},
};

describe('sign-in, account, team and settings', { timeout: 900_000 }, () => {
  let browser;
  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
  });
  after(() => browser?.close());

  /** A fake portal and a page that remembers what the policy refused and what broke. */
  async function open(t, state = {}, options = {}) {
    const portal = await openFakePortal({ signedIn: 'active', ...state });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    });
    t.after(async () => {
      await context.close();
      await portal.close();
    });
    const broken = [];
    await context.exposeBinding('reportViolation', (_source, text) => broken.push(text));
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) =>
        globalThis.reportViolation(event.violatedDirective),
      );
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => broken.push(String(error)));
    return { portal, page, broken, go: (path) => page.goto(portal.url + path, { waitUntil: 'networkidle' }) };
  }

  for (const [path, state] of Object.entries(pages))
    test(`${path} has no accessibility fault in light and dark, and fits 320 pixels`, async (t) => {
      const { page, broken, go } = await open(t, state);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await go(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        const { violations } = await new AxeBuilder({ page }).analyze();
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`),
          [],
          colorScheme,
        );
      }
      await page.setViewportSize({ width: 320, height: 640 });
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        'scrolls sideways',
      );
      assert.deepEqual(broken, []);
    });

  test('thirty payloads in every text of every answer stay text', async (t) => {
    const inside = Object.keys(pages).filter((path) => pages[path].signedIn === undefined);
    for (const batch of poisoned(initialState())) {
      const dialogs = [];
      const { page, broken, go } = await open(t, batch);
      page.on('dialog', (dialog) => {
        if (dialog.type() !== 'beforeunload') dialogs.push(dialog.message());
        void dialog.accept();
      });
      for (const path of inside) {
        await go(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        const made = await page.evaluate(
          () =>
            document.querySelectorAll(
              '#app script, #app iframe, #app object, #app embed, #app base, #app style, #app [onerror], #app [onload], #app [onclick], #app [onfocus], #app a[href^="javascript:" i], #app a[href^="data:" i]',
            ).length,
        );
        assert.equal(made, 0, `something was made out of text at ${path}`);
      }
      assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
      assert.deepEqual([dialogs, broken], [[], []]);
    }
  });

  test('payloads that are typed into every field of every form are sent as they are and stay text', async (t) => {
    const { portal, page, broken, go } = await open(t);
    const typed = payloads[1];
    const dialogs = [];
    page.on('dialog', (dialog) => {
      if (dialog.type() !== 'beforeunload') dialogs.push(dialog.message());
      void dialog.accept();
    });
    let fields = 0;
    for (const path of Object.keys(pages).filter((one) => pages[one].signedIn === undefined)) {
      await go(path);
      const boxes = page.locator(
        'main input:not([type=checkbox],[type=radio],[type=file],[type=color],[readonly]), main textarea',
      );
      for (let at = 0; at < (await boxes.count()); at += 1) {
        await boxes.nth(at).fill(typed);
        fields += 1;
      }
      assert.equal(await page.locator('#app img[onerror]').count(), 0, path);
    }
    assert.ok(fields >= 12, `${fields} fields`);
    await go('/settings/organisation');
    await page.getByLabel('Name', { exact: true }).fill(typed);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.locator('.rail').getByText(typed).first().waitFor();
    assert.equal(portal.state.tenant.name, typed);
    assert.deepEqual([dialogs, broken], [[], []]);
  });

  test('every page has a face for loading, failure and no permission', async (t) => {
    const { portal, page } = await open(t);
    const asked = {
      '/account': ['/account', '/account/passkeys', '/account/sessions'],
      '/administrators': ['/administrators', '/invitations'],
      '/api-keys': ['/api-keys'],
      '/settings/branding': ['/settings'],
      '/settings/consent': ['/consent-texts'],
      '/settings/security': ['/settings'],
      '/settings/mail': ['/settings'],
      '/settings/retention': ['/settings'],
    };
    for (const [path, calls] of Object.entries(asked))
      for (const call of calls) {
        portal.overrides.set(`GET ${call}`, 'hang');
        await page.goto(portal.url + path);
        await page.locator('table[aria-busy=true], .skeleton').first().waitFor();
        const problem = { title: 'The service is not available now.', status: 503, reference: 'req_7' };
        portal.overrides.set(`GET ${call}`, { status: 503, body: { ...problem, code: 'unavailable' } });
        await page.goto(portal.url + path);
        await page.getByText('req_7').waitFor();
        portal.overrides.set(`GET ${call}`, {
          status: 403,
          body: { ...problem, code: 'forbidden', status: 403 },
        });
        await page.goto(portal.url + path);
        await page.getByText('You cannot see this page').waitFor();
        portal.overrides.delete(`GET ${call}`);
      }
  });

  test('the keyboard alone signs in and comes back to the page that was wanted', async (t) => {
    const { portal, page, go } = await open(t, { signedIn: null });
    await go('/administrators');
    await page.waitForURL(/\/login\?return=/);
    await page.keyboard.type('ada@harbour.example');
    await page.keyboard.press('Tab');
    await page.keyboard.type('right password');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Enter the code' }).waitFor();
    await page.keyboard.type('123456');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Administrators' }).waitFor();
    assert.equal(portal.state.signedIn, 'active');
  });

  test('a dangerous act asks for the password and is then done', async (t) => {
    const { portal, page, go } = await open(t, { fresh: false });
    await go('/api-keys');
    await page.getByRole('button', { name: 'Revoke Terraform' }).click();
    assert.ok(
      await page.getByRole('button', { name: 'Revoke key' }).isDisabled(),
      'the name must be typed first',
    );
    await page.getByLabel('Type “Terraform” to confirm').fill('Terraform');
    await page.getByRole('button', { name: 'Revoke key' }).click();
    await page.getByLabel('Password').fill('right password');
    await page.getByLabel('Code from your authenticator').fill('123456');
    await page.getByRole('button', { name: 'Confirm', exact: true }).click();
    await page.getByText('Terraform is revoked').waitFor();
    assert.deepEqual(
      portal.state.apiKeys.map(({ name }) => name),
      ['Nightly export'],
    );
  });

  test('an auditor reads everything and finds no way to change it', async (t) => {
    const { page, go } = await open(t, { permissions: permissionsOfAuditor });
    await go('/administrators');
    await page.getByText('Jonas Lind').waitFor();
    assert.equal(await page.getByRole('button', { name: /Invite|Actions for|Withdraw/ }).count(), 0);
    await go('/settings/retention');
    await page.getByText('Your role can read these settings but not change them.').waitFor();
  });

  test('settings that somebody else changed are not overwritten', async (t) => {
    const { portal, page, go } = await open(t);
    await go('/settings/retention');
    await page.getByLabel('Delete transactions after').fill('30');
    portal.state.settings.version += 1;
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Somebody else changed these settings').waitFor();
    assert.equal(portal.state.settings.retention.transaction_days, 90);
  });

  test('a light accent is darkened before it is saved', async (t) => {
    const { portal, page, go } = await open(t);
    await go('/settings/branding');
    await page.getByLabel('Accent colour', { exact: true }).fill('#ffe600');
    await page.getByText('Too light for white text').waitFor();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The branding is saved').waitFor();
    assert.notEqual(portal.state.settings.branding.accent, '#ffe600');
  });
});
