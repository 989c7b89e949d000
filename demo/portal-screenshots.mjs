// Makes the pictures of docs/portal.md: the portal of a seeded organisation, in light and in dark. No picture shows a person.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './camera.mjs';
import { prepare, serve } from './countersign-server.mjs';
import { shareSession, signUpOwner } from './portal.mjs';

const pictures = resolve(dirname(fileURLToPath(import.meta.url)), '../docs/screenshots');
const folder = mkdtempSync(join(tmpdir(), 'countersign-portal-pictures-'));
mkdirSync(pictures, { recursive: true });

const place = await prepare(folder);
const server = await serve(place);
const browser = await launchBrowser();

const settings = {
  name: 'Harbour customers',
  return_domains: ['harbour.eu.auth0.com', 'login.harbour.example'],
  request_mode_hint: 'always',
};

/** The pages with an address, by the name of their picture. */
function pagesOf(integration, user, transaction) {
  return {
    home: '/?range=30d',
    integrations: '/integrations',
    settings: `/integrations/${integration}`,
    credentials: `/integrations/${integration}?tab=credentials`,
    'set-up': `/integrations/${integration}?tab=set-up`,
    test: `/integrations/${integration}?tab=test`,
    users: '/users',
    user: `/users/${user}`,
    transactions: '/transactions?state=failed',
    transaction: `/transactions/${transaction}`,
    audit: '/audit',
    administrators: '/administrators',
    'api-keys': '/api-keys',
    branding: '/settings/branding',
    consent: '/settings/consent',
    security: '/settings/security',
    account: '/account',
  };
}

async function still(page) {
  await page.waitForSelector('h1');
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.skeleton, [aria-busy=true]') === null);
}

/** The wizard from its first field to the one screen that shows the secret: masked, as it opens. */
async function takeWizard(page, take) {
  await page.goto(`${place.portalUrl}/integrations/new`);
  await still(page);
  await page.getByLabel('Name').fill('Harbour staff');
  await page.getByLabel('Auth0 domains').fill('staff.harbour.example');
  await take('wizard');
  for (let step = 0; step < 3; step += 1) await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Create integration' }).click();
  await page.getByRole('heading', { name: 'Store the Session Secret' }).waitFor();
  await take('secret');
  await page.getByLabel('I stored the Session Secret').check();
  await page.getByRole('button', { name: 'Set up the Action' }).click();
  await still(page);
}

try {
  const setup = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  const first = await setup.newPage();
  await first.goto(`${place.portalUrl}/setup`);
  await still(first);
  await first.screenshot({ path: join(pictures, 'portal-sign-up-light.png') });
  await setup.close();

  const owner = await signUpOwner(place.portalUrl);
  const { integration } = await owner.call('POST', '/integrations', settings);
  await place.cli('demo', 'seed', '--tenant', owner.tenant, '--users', '2000');
  const { items: users } = await owner.call('GET', '/users?status=enrolled&sort=-last_verified_at&limit=1');
  const { items: failed } = await owner.call('GET', '/transactions?state=failed&limit=1');

  for (const theme of ['light', 'dark']) {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    await shareSession(context, place.portalUrl, owner);
    const page = await context.newPage();
    const take = (name) => page.screenshot({ path: join(pictures, `portal-${name}-${theme}.png`) });
    for (const [name, path] of Object.entries(pagesOf(integration.id, users[0].id, failed[0].id))) {
      await page.goto(`${place.portalUrl}${path}`);
      await still(page);
      await take(name);
    }
    await takeWizard(page, take);
    await context.close();
  }
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`the pictures of the portal are in ${pictures}`);
