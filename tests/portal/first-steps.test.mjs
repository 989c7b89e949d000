// What a stranger does: from the sign-up to a tested integration, with nothing but the pages of the real server.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, useScreenLitPerson } from '../../demo/camera.mjs';
import { prepare, serve } from '../../demo/countersign-server.mjs';
import { demoOwner, totpCode } from '../../demo/portal.mjs';

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
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
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
    await page.goto(`${place.portalUrl}/setup`);
    await page.getByLabel('Organisation').fill(demoOwner.organisation);
    await page.getByLabel('Your name').fill(demoOwner.name);
    await page.getByLabel('E-mail address').fill(demoOwner.email);
    await page.locator('input[type=password]').fill(demoOwner.password);
    await button('Create account').click();
    const key = (await page.locator('.copy-value').first().textContent()).replaceAll(/\s/g, '');
    await page.getByLabel('Six-digit code from the app').fill(totpCode(key));
    await button('Confirm').click();
    await page.getByRole('checkbox').check();
    await button('Open the portal').click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();
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

  test('nothing on the way broke the content security policy', () => {
    assert.deepEqual(violations, []);
    assert.ok(!bodies.some((body) => /"(score|template|sealed)"/.test(body)));
  });
});
