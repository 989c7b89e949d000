// What a stranger does: from the sign-up to a tested integration, with nothing but the pages of the real server.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { load } from 'js-yaml';
import { launchBrowser, useScreenLitPerson } from '../../demo/camera.mjs';
import { prepare, serve } from '../../demo/countersign-server.mjs';
import { press, showFace } from '../../demo/login.mjs';
import { signUp } from './sign-up.mjs';
import { followCapture, openTest, seen } from './simulation.mjs';

const action = readFileSync(
  new URL('../../integrations/auth0-action/integration/integration.action.js', import.meta.url),
  'utf8',
);

/** The files of a .zip, by name. */
function unzip(path) {
  const script =
    'import sys,zipfile,json\nz=zipfile.ZipFile(sys.argv[1])\nprint(json.dumps({n:z.read(n).decode() for n in z.namelist()}))';
  return JSON.parse(execFileSync('python3', ['-c', script, path], { encoding: 'utf8', maxBuffer: 1 << 24 }));
}

const secretForm = /[A-Za-z0-9_-]{43}/;

describe('the first steps in the portal', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-portal-'));
  const bodies = [];
  const violations = [];
  let place;
  let server;
  let browser;
  let context;
  let page;
  let integration = '';
  let secret = '';
  before(async () => {
    place = await prepare(folder);
    server = await serve(place);
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await context.exposeBinding('reportViolation', (_source, text) => violations.push(text));
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) =>
        globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    await useScreenLitPerson(context, 'first');
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('response', async (answer) => bodies.push(await answer.text().catch(() => '')));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const button = (name) => page.getByRole('button', { name, exact: true });

  test('the owner signs up and sets up a second factor', async () => {
    await signUp(page, place.portalUrl);
  });

  test('the home page leads to the integration, whose secret is seen exactly once', async () => {
    await page.getByRole('link', { name: 'Create', exact: true }).click();
    await page.getByLabel('Auth0 domains').fill('harbour.eu.auth0.com');
    for (let step = 0; step < 3; step += 1) await button('Continue').click();
    await button('Create integration').click();
    await page.getByRole('heading', { name: 'Store the Session Secret' }).waitFor();
    await button('Show: Session Secret').click();
    const [id, value] = await page.locator('.copy-value').allTextContents();
    [integration, secret] = [id, value];
    assert.match(integration, /^int_/);
    assert.match(secret, secretForm);
    const [file] = await Promise.all([page.waitForEvent('download'), button('Download as .env').click()]);
    const lines = readFileSync(await file.path(), 'utf8').split('\n');
    assert.deepEqual(lines.slice(1, 4), [
      `BASE_URL=${place.url}`,
      `INTEGRATION_ID=${integration}`,
      `SESSION_SECRET=${secret}`,
    ]);
    assert.ok(await button('Set up the Action').isDisabled());
    await page.getByLabel('I stored the Session Secret').check();
    await button('Set up the Action').click();
    await page.getByText('Set up in the Auth0 Dashboard').waitFor();
    assert.match(page.url(), new RegExp(`/integrations/${integration}\\?tab=set-up`));

    for (const go of [() => page.goBack(), () => page.goForward(), () => page.reload()]) {
      await go();
      await page.waitForLoadState('networkidle');
      assert.ok(!(await page.content()).includes(secret), `not at ${page.url()}`);
    }
    assert.equal(bodies.filter((body) => body.includes(secret)).length, 1, 'it travelled once');
  });

  test('the bundles for Auth0 hold the Action and its settings, and never the secret', async () => {
    const take = async (way) => {
      await page.goto(`${place.portalUrl}/integrations/${integration}?tab=set-up&way=${way}`);
      const [file] = await Promise.all([page.waitForEvent('download'), button('Download .zip').click()]);
      return unzip(await file.path());
    };
    const cli = await take('deploy-cli');
    const [only] = load(cli['tenant/tenant.yaml']).actions;
    assert.deepEqual(only.supported_triggers, [{ id: 'post-login', version: 'v3' }]);
    assert.deepEqual(Object.fromEntries(only.secrets.map(({ name, value }) => [name, value])), {
      BASE_URL: place.url,
      INTEGRATION_ID: integration,
      SESSION_SECRET: '##COUNTERSIGN_SESSION_SECRET##',
      REQUEST_MODE: 'always',
    });
    assert.equal(cli[`tenant/${only.code.slice(2)}`], action, 'the code is where the file says');
    assert.equal(JSON.parse(cli['config.example.json']).AUTH0_DOMAIN, 'harbour.eu.auth0.com');

    const terraform = await take('terraform');
    assert.equal(terraform['countersign.js'], action);
    const blocks = [...terraform['main.tf'].matchAll(/secrets \{\s+name {2}= "(\w+)"\s+value = (.+)\s+\}/g)];
    assert.deepEqual(Object.fromEntries(blocks.map(([, name, value]) => [name, value])), {
      BASE_URL: JSON.stringify(place.url),
      INTEGRATION_ID: JSON.stringify(integration),
      SESSION_SECRET: 'var.countersign_session_secret',
      REQUEST_MODE: '"always"',
    });
    assert.ok(!JSON.stringify([cli, terraform]).includes(secret));
  });

  test('a simulated first login is green at every step', async () => {
    await openTest(page, place.portalUrl, integration);
    await button('Start the test').click();
    const capture = await followCapture(page);
    const face = await showFace(capture, { attempts: 2, timeoutMs: 60_000 });
    assert.ok(face.states.includes('consent'), String(face.states));
    for (const view of [capture, page]) {
      const { state, repeats, open, causes } = await seen(view);
      assert.deepEqual([state, repeats, open, causes], ['passed', 'false', [], []]);
    }
    await capture.close();
  });

  test('the test user is marked, and its next login compares the face; then it is gone', async () => {
    await page.goto(`${place.portalUrl}/users`);
    await page.getByText(/^simulation\|/).waitFor();
    assert.equal(await page.locator('tbody .badge', { hasText: 'Test' }).count(), 1);
    await page.goBack();
    await button('Test the next login').click();
    const capture = await followCapture(page);
    const face = await showFace(capture, { attempts: 2, timeoutMs: 60_000 });
    assert.ok(!face.states.includes('consent'), `asked once only: ${face.states}`);
    const { state, repeats, open } = await seen(page);
    assert.deepEqual([state, repeats, open], ['passed', 'true', []]);
    await capture.close();
    await page.goto(`${place.portalUrl}/users`);
    await page.getByText('Nobody has enrolled yet').waitFor();
    await page.goto(`${place.portalUrl}/transactions`);
    await page.getByRole('heading', { name: 'Transactions', level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    assert.equal(await page.getByText(/^simulation\|/).count(), 0, 'its transactions are gone');
  });

  test('a declined consent ends the test at the consent, with its cause', async () => {
    await openTest(page, place.portalUrl, integration);
    await button('Start the test').click();
    const capture = await followCapture(page);
    await capture.locator('body[data-state=consent]').waitFor();
    await press(capture, 'decline');
    await capture.locator('body[data-state=consent_declined]').waitFor();
    await press(capture, 'other-method');
    await seen(capture);
    const { state, failed, causes } = await seen(page);
    assert.equal(state, 'failed');
    assert.ok(failed.includes('consent_given'), String(failed));
    assert.match(causes[0], /cancelled on the capture page, or the consent was declined/);
    await capture.close();
  });

  test('a disabled integration stops the test at its first step, and says what to change', async () => {
    await page.goto(`${place.portalUrl}/integrations/${integration}?tab=danger`);
    await button('Disable').click();
    await page.getByRole('dialog').getByText('biometric_mfa_disabled').waitFor();
    await button('Disable integration').click();
    await button('Enable').waitFor();
    await page.getByText('Disabled', { exact: true }).first().waitFor();
    await openTest(page, place.portalUrl, integration);
    await button('Start the test').click();
    const { state, failed, causes } = await seen(page);
    assert.deepEqual([state, failed], ['failed', ['integration_ready']]);
    assert.match(causes[0], /switched off\. Switch on "Enabled"/);
    assert.equal(await page.locator('a[data-start]').count(), 0);
    await page.goto(`${place.portalUrl}/integrations/${integration}?tab=danger`);
    await button('Enable').click();
    await button('Disable').waitFor();
  });

  test('an integration that lets nobody enrol stops the test with the setting to change', async () => {
    await page.goto(`${place.portalUrl}/integrations/${integration}?tab=settings`);
    await page.getByLabel('Allow self-enrolment').uncheck();
    await button('Save changes').click();
    await page.getByText('Everything is saved.').waitFor();
    await openTest(page, place.portalUrl, integration);
    await button('Start the test').click();
    const { failed, causes } = await seen(page);
    assert.deepEqual(failed, ['integration_ready']);
    assert.match(causes[0], /Allow self-enrolment/);
  });

  test('a link into the portal needs nothing but the session', async () => {
    await page.evaluate(() => localStorage.clear());
    await page.goto(`${place.portalUrl}/integrations/${integration}?tab=credentials`);
    await page.getByRole('heading', { name: 'Session Secret' }).waitFor();
  });

  test('nothing on the way broke the content security policy', () => {
    assert.deepEqual(violations, []);
    assert.ok(!bodies.some((body) => /"(score|template|sealed)"/.test(body)));
  });
});
