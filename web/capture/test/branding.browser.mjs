// The page in the colours, with the logo and the words of an organisation, under its strict policy.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { png } from '../../../tests/support/png.mjs';
import { agree, launch, openPage, waitForState } from './browser.mjs';
import { sessionView, startProtocolServer } from './protocol-server.mjs';

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startProtocolServer(), launch('none')]);
});
after(() => Promise.all([browser.close(), server.close()]));
beforeEach(() => server.reset());

const branding = {
  name: 'Harbour <b>Bank</b>',
  accent: '#0f7a5a',
  logo: '/api/capture/v1/logos/ten_01J/0123456789abcdef',
  support_email: 'help+face@harbour.example',
  headline: 'Show us that it is you',
};

const accentOf = (page) =>
  page.evaluate(() => getComputedStyle(document.querySelector('.button-primary')).backgroundColor);

test('logo, name, headline and accent of the organisation are shown, in light and in dark', async () => {
  server.settings.logo = png(64, 32);
  server.settings.session = sessionView({ branding });
  const page = await openPage(browser, server);
  await waitForState(page, 'consent');
  assert.equal(await page.locator('.header-name').textContent(), branding.name);
  await page.waitForFunction(() => document.querySelector('.logo')?.naturalWidth === 64);
  assert.equal(await accentOf(page), 'rgb(15, 122, 90)');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForFunction(
    () => getComputedStyle(document.querySelector('.button-primary')).backgroundColor !== 'rgb(15, 122, 90)',
    null,
    { timeout: 5_000 },
  );
  await page.emulateMedia({ colorScheme: 'light' });
  await agree(page);
  assert.equal(await page.locator('h1').textContent(), branding.headline);
  await page.reload();
  await waitForState(page, 'consent');
  await page.locator('.logo').waitFor();
  assert.equal(server.seen.logos, 1, 'the logo is kept by the browser');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('who failed is given the address of the support', async () => {
  server.settings.session = sessionView({ branding, status: 'failed', code: 'not_enrolled' });
  server.settings.logo = png(64, 32);
  const page = await openPage(browser, server);
  await waitForState(page, 'failed');
  const link = page.getByTestId('support-address');
  assert.equal(await link.getAttribute('href'), 'mailto:help%2Bface@harbour.example');
  await page.context().close();
});

test('what is no colour and no address of a logo is left out', async () => {
  server.settings.session = sessionView({
    branding: { ...branding, accent: 'red;}*{display:none', logo: 'https://evil.example/x.png' },
  });
  const page = await openPage(browser, server);
  await waitForState(page, 'consent');
  assert.equal(await page.locator('.logo').count(), 0);
  assert.equal(await page.locator('.monogram').textContent(), 'H');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
