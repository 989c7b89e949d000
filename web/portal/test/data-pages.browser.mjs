// The pages about people, logins and connections in a real browser, before an administration API in memory.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, describe, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { dataAnswer, initialData, secretValue } from './fake-data.mjs';
import { openFakePortal } from './fake-portal.mjs';
import { payloads, poisoned } from './payloads.mjs';

const pages = {
  home: '/',
  integrations: '/integrations',
  wizard: '/integrations/new',
  settings: '/integrations/int_1',
  credentials: '/integrations/int_1?tab=credentials',
  'set-up': '/integrations/int_1?tab=set-up',
  terraform: '/integrations/int_1?tab=set-up&way=terraform',
  'failed test': '/integrations/int_1?tab=test&simulation=sim_failed',
  'passed test': '/integrations/int_1?tab=test&simulation=sim_passed',
  'danger zone': '/integrations/int_1?tab=danger',
  users: '/users?status=enrolled',
  user: '/users/sub_1',
  history: '/users/sub_1?tab=history',
  'audit of a user': '/users/sub_1?tab=audit',
  transactions: '/transactions?state=failed',
  transaction: '/transactions/ver_1',
  audit: '/audit',
  event: '/audit?event=aud_0',
};

describe('the pages about people, logins and connections', { timeout: 900_000 }, () => {
  let browser;
  let portal;
  let data;
  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
    portal = await openFakePortal({
      signedIn: 'active',
      fresh: true,
      more: (call) => dataAnswer(data, call),
    });
  });
  after(async () => {
    await browser?.close();
    await portal?.close();
  });
  beforeEach(() => {
    data = initialData();
    portal.calls.length = 0;
    portal.overrides.clear();
  });

  /** A page in a context of its own; `dialogs` and `violations` hold what must never happen. */
  async function openPage(t, options = {}) {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
      acceptDownloads: true,
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    t.after(() => context.close());
    const seen = { dialogs: [], violations: [] };
    await context.exposeBinding('reportViolation', (_source, text) => seen.violations.push(text));
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) =>
        globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    const page = await context.newPage();
    page.on('dialog', (dialog) => {
      if (dialog.type() !== 'beforeunload') seen.dialogs.push(dialog.message());
      void dialog.accept();
    });
    page.on('pageerror', (error) => seen.violations.push(String(error)));
    return { page, seen };
  }

  async function visit(page, path) {
    await page.goto(`${portal.url}${path}`);
    await page.waitForSelector('h1');
    await page.waitForLoadState('networkidle');
  }
  const callsOf = (method, path) =>
    portal.calls.filter((call) => call.method === method && call.path === path);
  const button = (page, name) => page.getByRole('button', { name, exact: true });

  async function createIntegration(page) {
    await visit(page, '/integrations');
    await page.getByRole('link', { name: 'New integration' }).click();
    await page.getByLabel('Auth0 domains').fill('https://acme.eu.auth0.com/');
    for (let step = 0; step < 3; step += 1) await button(page, 'Continue').click();
    await button(page, 'Create integration').click();
    await page.getByRole('heading', { name: 'Store the Session Secret' }).waitFor();
  }

  test('the wizard says what is missing and sends what was chosen', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/integrations/new');
    await button(page, 'Continue').click();
    await page.getByText('Enter at least one domain').waitFor();
    await page.getByLabel('Auth0 domains').fill('acme.eu.auth0.com');
    await button(page, 'Continue').click();
    await page.getByLabel('Enabled').uncheck();
    await page.getByLabel(/On demand/).check();
    await page.getByText('Self-enrolment flow').waitFor();
    await button(page, 'Continue').click();
    await page.getByLabel('A stranger may be taken for the user').selectOption({ label: '1 in 10,000' });
    await button(page, 'Continue').click();
    await page.getByText('1 in 10,000').waitFor();
    await page.getByText('90 days for transactions').waitFor();
    await page.getByText('accent #0f7a5a').waitFor();
    await button(page, 'Create integration').click();
    await page.getByRole('heading', { name: 'Store the Session Secret' }).waitFor();

    const [{ body, headers }] = callsOf('POST', '/integrations');
    assert.deepEqual(body.return_domains, ['acme.eu.auth0.com']);
    assert.equal(body.request_mode_hint, 'on-demand');
    assert.equal(body.enabled, false);
    assert.equal(body.target_fmr, 0.0001);
    assert.match(headers['idempotency-key'], /.{8,}/);
  });

  test('the secret is seen once: masked, behind a gate, and nowhere afterwards', async (t) => {
    const { page } = await openPage(t);
    const bodies = [];
    page.on('response', async (response) => bodies.push(await response.text().catch(() => '')));
    await createIntegration(page);
    const visible = () => page.locator('body').textContent();
    assert.ok(!(await visible()).includes(secretValue), 'masked at first');
    await button(page, 'Show: Session Secret').click();
    assert.ok((await visible()).includes(secretValue));
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Download as .env').click(),
    ]);
    assert.match(readFileSync(await file.path(), 'utf8'), new RegExp(`^SESSION_SECRET=${secretValue}$`, 'm'));

    assert.ok(await button(page, 'Set up the Action').isDisabled(), 'the gate is closed');
    await page.goBack().catch(() => {});
    await page.getByRole('heading', { name: 'Leave without the secret?' }).waitFor();
    await button(page, 'Stay').click();
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('heading', { name: 'Leave without the secret?' }).waitFor();
    await button(page, 'Stay').click();
    await page.getByLabel('I stored the Session Secret').check();
    await button(page, 'Set up the Action').click();
    await page.getByText('Set up in the Auth0 Dashboard').waitFor();

    for (const go of [() => page.goBack(), () => page.goForward(), () => page.reload()]) {
      await go();
      await page.waitForLoadState('networkidle');
      assert.ok(!(await page.content()).includes(secretValue), `not at ${page.url()}`);
    }
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
    );
    assert.ok(!kept.includes(secretValue));
    assert.equal(bodies.filter((body) => body.includes(secretValue)).length, 1, 'it travelled once');
  });

  test('leaving without the secret is possible after the warning, and Back shows the list', async (t) => {
    const { page } = await openPage(t);
    await createIntegration(page);
    await page.goBack().catch(() => {});
    await button(page, 'Leave anyway').click();
    await page.waitForURL(`${portal.url}/integrations`);
    assert.ok(!(await page.content()).includes(secretValue));
  });

  test('a change by somebody else is noticed, and nothing that was typed is lost', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/integrations/int_1');
    await page.getByLabel('Attempts').fill('5');
    data.integrations[0].version = 7;
    data.integrations[0].settings.session_minutes = 20;
    await button(page, 'Save changes').click();
    await page.getByText('Changed by somebody else').waitFor();
    await button(page, 'Load the newer settings').click();
    await page.getByText('Changed by somebody else').waitFor({ state: 'detached' });
    assert.equal(await page.getByLabel('Attempts').inputValue(), '5');
    await button(page, 'Save changes').click();
    await page.getByText('Everything is saved.').waitFor();
    assert.equal(data.integrations[0].settings.max_attempts, 5);
  });

  test('deleting an integration needs its name typed', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/integrations/int_1?tab=danger');
    await button(page, 'Delete').click();
    assert.ok(await button(page, 'Delete integration').isDisabled());
    await page.getByLabel('Type “Acme customers” to confirm').fill('Acme customers');
    await button(page, 'Delete integration').click();
    await page.waitForURL(`${portal.url}/integrations`);
    assert.equal(data.integrations.length, 1);
  });

  test('rotating shows the new secret once, with the overlap that was chosen', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/integrations/int_1?tab=credentials');
    assert.match(await page.locator('.secret-list').textContent(), /Ends in \d+ h/);
    await button(page, 'Rotate secret').click();
    await page.getByLabel('The old secret stays valid for').selectOption({ label: '7 days' });
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate secret' }).click();
    await page.getByRole('heading', { name: 'Store the new Session Secret' }).waitFor();
    await page.getByLabel('I stored the Session Secret').check();
    await button(page, 'Done').click();
    await page.getByRole('heading', { name: 'Store the new Session Secret' }).waitFor({ state: 'detached' });
    assert.deepEqual(callsOf('POST', '/integrations/int_1/secret')[0].body, { overlap_hours: 168 });
    assert.ok(!(await page.content()).includes(secretValue));
    assert.match(page.url(), /tab=credentials$/);
  });

  test('the time that is left to a rotated secret runs down by the second, and then it has ended', async (t) => {
    const { page } = await openPage(t);
    await page.clock.install();
    data.integrations[0].secrets[1].not_after = new Date(Date.now() + 3_661_000).toISOString();
    await visit(page, '/integrations/int_1?tab=credentials');
    const row = page.locator('.secret-row').nth(1);
    await row.getByText(/^Ends in 1 h [01] min$/).waitFor();
    await page.clock.fastForward(3_600_000);
    await row.getByText(/^Ends in (1 min )?\d+ s$/).waitFor();
    const left = async () => {
      const text = await row.locator('.badge').textContent();
      return Number(/(\d+) s$/.exec(text)[1]) + (text.includes('1 min') ? 60 : 0);
    };
    const before = await left();
    await page.clock.runFor(5000);
    assert.ok(before - (await left()) >= 4, 'it ticks');
    await page.clock.fastForward(120_000);
    await row.getByText('Ended', { exact: true }).waitFor();
    assert.equal(await page.locator('.secret-row').first().getByText('Current').count(), 1);
  });

  test('a disabled integration can be enabled again from the message', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/integrations/int_1?tab=danger');
    await button(page, 'Disable').click();
    await page.getByRole('dialog').getByText('biometric_mfa_disabled').waitFor();
    await button(page, 'Disable integration').click();
    await page.getByText('Acme customers is disabled.').waitFor();
    assert.equal(data.integrations[0].settings.enabled, false);
    await button(page, 'Undo').click();
    await page.getByText('Acme customers is enabled.').waitFor();
    assert.equal(data.integrations[0].settings.enabled, true);
  });

  test('saved settings of an integration can be undone from the message', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/integrations/int_1');
    await page.getByLabel('Attempts').fill('7');
    await button(page, 'Save changes').click();
    await page.getByText('Settings saved.').waitFor();
    assert.equal(data.integrations[0].settings.max_attempts, 7);
    await button(page, 'Undo').click();
    await page.getByText('The settings are as before.').waitFor();
    assert.equal(data.integrations[0].settings.max_attempts, 3);
    assert.equal(await page.getByLabel('Attempts').inputValue(), '3');
  });

  test('the files for Auth0 hold the Action as it is tested, and no secret', async (t) => {
    const { page } = await openPage(t);
    const action = readFileSync(
      new URL('../../../integrations/auth0-action/integration/integration.action.js', import.meta.url),
      'utf8',
    );
    await visit(page, '/integrations/int_1?tab=set-up');
    assert.equal(await page.locator('.code-text code').first().textContent(), action);
    for (const way of ['deploy-cli', 'terraform']) {
      await visit(page, `/integrations/int_1?tab=set-up&way=${way}`);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        button(page, 'Download .zip').click(),
      ]);
      const bytes = readFileSync(await file.path());
      assert.equal(bytes.subarray(0, 2).toString(), 'PK');
      assert.ok(bytes.includes(action), `${way}: the Action byte for byte`);
      assert.ok(bytes.includes('int_1') && !bytes.includes(secretValue));
    }
  });

  test('search and filters reach the server, stay in the address, and come off as chips', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/users');
    await page.getByLabel('Search users').pressSequentially('user1', { delay: 20 });
    await page.waitForURL(/q=user1/);
    await button(page, 'Status').click();
    await page.getByRole('button', { name: 'Suspended' }).click();
    await page.waitForURL(/status=suspended/);
    await page.waitForLoadState('networkidle');
    const asked = callsOf('GET', '/users').map(({ query }) => query.toString());
    assert.ok(asked.length <= 3, `typing asks once: ${asked.join(' | ')}`);
    assert.equal(new URLSearchParams(asked.at(-1)).get('status'), 'suspended');
    await page.reload();
    await page.getByText('auth0|user11@acme.example').waitFor();
    assert.equal(await page.locator('tbody tr').count(), 2, 'the list after a reload is the same');
    await button(page, 'Remove filter Status').click();
    await page.waitForURL((url) => !url.search.includes('status'));
  });

  test('several users are suspended together, and undone from the toast', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/users');
    await page.getByLabel('Select auth0|user0@acme.example').check();
    await page.getByLabel('Select auth0|user1@acme.example').check();
    await button(page, 'Suspend').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
    await page.getByText('2 users suspended.').waitFor();
    assert.equal(data.users[1].status, 'suspended');
    await button(page, 'Undo').click();
    await page.waitForFunction(() => !document.querySelector('.bulk-bar'));
    await page.waitForLoadState('networkidle');
    assert.equal(data.users[1].status, 'enrolled');
  });

  test('deleting a user needs the identifier typed and leaves a certificate', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/users/sub_1');
    await button(page, 'More for this user').click();
    await button(page, 'Delete user').click();
    await page.getByLabel(/Type “auth0\|user1@acme\.example” to confirm/).fill('auth0|user1@acme.example');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete user' }).click();
    await page.getByRole('heading', { name: 'Certificate of deletion' }).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Download JSON').click()]);
    assert.equal(JSON.parse(readFileSync(await file.path(), 'utf8')).user, 'sub_1');
    assert.ok(!data.users.some(({ id }) => id === 'sub_1'));
  });

  test('an adapted sample is shown with its date and can be removed', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/users/sub_1');
    const samples = page.getByRole('list', { name: 'Adapted samples' });
    await samples.getByText('Adapted sample, added').waitFor();
    assert.ok(await samples.locator('time').getAttribute('datetime'));
    await button(page, 'Remove this adapted sample').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove sample' }).click();
    await page.getByText('The sample is destroyed. The enrolled ones stay.').waitFor();
    await samples.waitFor({ state: 'detached' });
    assert.equal(callsOf('DELETE', '/users/sub_1/samples/smp_1').length, 1);
    await page.getByText('3 samples that passed').first().waitFor();
  });

  test('suspending a user can be undone at once', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/users/sub_1');
    await button(page, 'Suspend').click();
    await page.getByText('Suspended by an administrator').waitFor();
    await button(page, 'Undo').click();
    await page.getByText('Suspended by an administrator').waitFor({ state: 'detached' });
    assert.equal(data.users[1].status, 'enrolled');
  });

  test('a live list asks again and announces what is new', async (t) => {
    const { page } = await openPage(t);
    await page.clock.install();
    await visit(page, '/transactions?live=1');
    data.transactions.unshift({ ...data.transactions[0], id: 'ver_fresh' });
    await page.clock.runFor(5500);
    await page.getByText('1 new transaction').waitFor({ state: 'attached' });
    await page.getByLabel('Refresh live').uncheck();
    await page.waitForURL((url) => !url.search.includes('live'));
  });

  test('the list behind a figure is one click away, with the same filters', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/?range=30d&integration=int_1');
    const answered = page.waitForResponse(/\/api\/admin\/v1\/transactions\?/);
    await page.getByRole('link', { name: 'Did not react to the screen' }).click();
    await page.waitForURL(/\/transactions\?.*cause=not_live_active/);
    await answered;
    const { query } = callsOf('GET', '/transactions').at(-1);
    assert.equal(query.get('cause'), 'not_live_active');
    assert.equal(query.get('integration'), 'int_1');
    assert.ok(Date.parse(query.get('from')) > 0);
  });

  test('the chain is verified on request, and a broken one is named', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/audit');
    await button(page, 'Verify the chain').click();
    await page.getByText('The chain is intact').waitFor();
    portal.overrides.set('POST /audit/check', {
      status: 200,
      body: { intact: false, events: 500, first_broken: 41 },
    });
    await button(page, 'Verify again').click();
    await page.getByText('number 41').waitFor();
  });

  test('an event opens from the keyboard, shows the difference, and gives the focus back', async (t) => {
    const { page } = await openPage(t);
    await visit(page, '/audit');
    await page.getByRole('link', { name: 'Settings changed' }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('What changed').waitFor();
    assert.deepEqual(await page.locator('.diff tbody td').allTextContents(), ['10', '5']);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.textContent === 'Settings changed');
  });

  test('every list has a face for loading, nothing, failure and no permission', async (t) => {
    const { page } = await openPage(t);
    for (const path of ['/integrations', '/users', '/transactions', '/audit']) {
      portal.overrides.set(`GET ${path}`, {
        status: 403,
        body: { title: 'Not allowed', code: 'forbidden', status: 403, reference: 'req_8' },
      });
      await visit(page, path);
      await page.getByText('You cannot see this page').waitFor();
      portal.overrides.set(`GET ${path}`, 'hang');
      await page.goto(`${portal.url}${path}`);
      await page.locator('table[aria-busy=true]').waitFor();
      portal.overrides.set(`GET ${path}`, { status: 200, body: { items: [], next_cursor: null, total: 0 } });
      await visit(page, path);
      await page.locator('.state-title').waitFor();
      portal.overrides.set(`GET ${path}`, {
        status: 503,
        body: {
          title: 'The service is not available now.',
          code: 'unavailable',
          status: 503,
          reference: 'req_7',
        },
      });
      await visit(page, path);
      await page.getByText('req_7').waitFor();
      portal.overrides.delete(`GET ${path}`);
      await button(page, 'Try again').click();
      await page.locator('tbody tr').first().waitFor();
    }
  });

  test('thirty payloads in every text of every answer stay text', async (t) => {
    const { page, seen } = await openPage(t);
    assert.ok(payloads.length >= 30);
    for (const batch of poisoned(initialData())) {
      data = batch;
      for (const path of Object.values(pages)) {
        await visit(page, path.replace('int_1', data.integrations[0].id));
        const injected = await page.evaluate(
          () =>
            document.querySelectorAll(
              '#app script, #app iframe, #app img, #app object, #app embed, #app base, #app style, #app [onerror], #app [onload], #app [onclick], #app [onfocus], #app [style*=url], #app a[href^="javascript:" i], #app a[href^="data:" i]',
            ).length,
        );
        assert.equal(injected, 0, `something was made out of text at ${path}`);
      }
    }
    assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
    assert.deepEqual(seen, { dialogs: [], violations: [] });
  });

  for (const colorScheme of ['light', 'dark'])
    test(`axe finds nothing on any page, ${colorScheme}, wide and narrow`, async (t) => {
      const { page, seen } = await openPage(t, { colorScheme });
      for (const [name, path] of Object.entries(pages)) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await visit(page, path);
        const { violations } = await new AxeBuilder({ page }).analyze();
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.target}`),
          [],
        );
        await page.setViewportSize({ width: 320, height: 800 });
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(beyond <= 0, `${name} is ${beyond} px too wide at 320 px`);
      }
      assert.deepEqual(seen, { dialogs: [], violations: [] });
    });
});
