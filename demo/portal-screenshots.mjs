// Takes every page of the portal, light and dark, from the real server with made-up users.
// Usage: node demo/portal-screenshots.mjs [--users 3000] [--width 1280] [--out docs/screenshots] [--only NAME]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launchBrowser } from './camera.mjs';
import { freePort, prepare, serve } from './countersign-server.mjs';
import { authenticatorOf } from './passkey.mjs';
import { demoOwner, portalClient, shareSession, signUpOwner, totpCode } from './portal.mjs';
import { openPortalWorld } from './portal-world.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '3000' },
    width: { type: 'string', default: '1280' },
    out: { type: 'string', default: join(root, 'docs/screenshots') },
    only: { type: 'string', default: '' },
  },
});
const width = Number(values.width);
const height = width < 600 ? 720 : width > 2000 ? 1440 : 800;
const out = resolve(values.out);
const wanted = (name) => values.only === '' || values.only.split(',').some((part) => name.startsWith(part));

async function settled(page) {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page.waitForSelector('[aria-busy=true]', { state: 'detached' });
}

/** Opens `path`, lets `prepare` bring the page into the state to show, and takes it. */
async function take(page, portalUrl, scheme, { name, path, ready, prepare: act }) {
  if (!wanted(name)) return;
  await page.goto(`${portalUrl}${path}`);
  await page.waitForSelector(ready ?? 'h1');
  await settled(page);
  if (act) await act(page);
  await settled(page);
  await page.screenshot({ path: join(out, `portal-${name}-${scheme}.png`) });
}

const button = (page, name) => page.getByRole('button', { name, exact: true });

/** Before anybody has an account. */
const firstPages = [
  {
    name: 'setup',
    path: '/setup',
    prepare: async (page) => {
      await page.getByLabel('Organisation').fill(demoOwner.organisation);
      await page.getByLabel('Your name').fill(demoOwner.name);
      await page.getByLabel('E-mail address').fill(demoOwner.email);
      await page.locator('input[type=password]').fill(demoOwner.password);
    },
  },
];

/** For people who are not signed in. */
const doors = (world) => [
  { name: 'login', path: '/login' },
  { name: 'forgot', path: '/forgot' },
  { name: 'reset', path: '/reset?token=the-link-from-the-mail' },
  {
    name: 'invite',
    path: new URL(world.invitation, world.place.portalUrl).href.replace(world.place.portalUrl, ''),
  },
];

const fillWizard = async (page) => {
  await page.getByLabel('Name').fill('Mobile banking');
  await page.getByLabel('Auth0 domains').fill('mobile.harbour.example');
};
const continues = (times) => async (page) => {
  await fillWizard(page);
  for (let i = 0; i < times; i += 1) await button(page, 'Continue').click();
};

async function pagesOf(world) {
  const get = (path) => world.owner.call('GET', path);
  const { items: integrations } = await get('/integrations');
  const main = integrations.find(({ settings }) => settings.name === 'Customer login');
  const { items: users } = await get('/users?sort=-last_verified_at&status=enrolled&limit=100');
  // Somebody with a name and a history.
  const named = users.filter(({ external_id: id }) => id.startsWith('samlp')).slice(0, 8);
  const histories = await Promise.all(
    named.map(async (one) => ({ one, ...(await get(`/transactions?user=${one.id}&limit=20`)) })),
  );
  const [{ one: user }] = histories.sort((a, b) => b.items.length - a.items.length);
  await callAbout(world.owner, user);
  const { items: failed } = await get('/transactions?state=failed&limit=1');
  const { items: passed } = await get('/transactions?state=passed&purpose=enrolment&limit=1');
  const { items: events } = await get('/audit?kind=subject.&limit=1');
  const at = `/integrations/${main.id}`;
  return [
    { name: 'home', path: '/?range=30d' },
    { name: 'home-figures', path: '/?range=90d', prepare: (page) => page.mouse.wheel(0, 900) },
    { name: 'integrations', path: '/integrations' },
    { name: 'wizard-connection', path: '/integrations/new', prepare: fillWizard },
    { name: 'wizard-requests', path: '/integrations/new', prepare: continues(1) },
    { name: 'wizard-assurance', path: '/integrations/new', prepare: continues(2) },
    { name: 'wizard-review', path: '/integrations/new', prepare: continues(3) },
    { name: 'integration-settings', path: at },
    { name: 'integration-credentials', path: `${at}?tab=credentials` },
    { name: 'integration-set-up', path: `${at}?tab=set-up` },
    { name: 'integration-set-up-terraform', path: `${at}?tab=set-up&way=terraform` },
    { name: 'integration-test', path: `${at}?tab=test` },
    { name: 'integration-danger', path: `${at}?tab=danger` },
    { name: 'users', path: '/users' },
    { name: 'users-search', path: '/users?q=mar' },
    {
      name: 'users-selected',
      path: '/users?status=suspended',
      prepare: async (page) => {
        const boxes = page.locator('tbody input[type=checkbox]');
        for (let i = 0; i < 3; i += 1) await boxes.nth(i).check();
      },
    },
    { name: 'users-none', path: '/users?q=nobody-has-this-name' },
    { name: 'user', path: `/users/${user.id}` },
    { name: 'user-history', path: `/users/${user.id}?tab=history` },
    { name: 'user-audit', path: `/users/${user.id}?tab=audit` },
    {
      name: 'user-delete',
      path: `/users/${user.id}`,
      prepare: async (page) => {
        await page.getByRole('button', { name: /More/ }).click();
        await page.getByText('Delete user').first().click();
      },
    },
    { name: 'transactions', path: '/transactions' },
    { name: 'transactions-failed', path: '/transactions?state=failed' },
    { name: 'transaction', path: `/transactions/${passed[0].id}` },
    { name: 'transaction-failed', path: `/transactions/${failed[0].id}` },
    { name: 'audit', path: '/audit' },
    { name: 'audit-event', path: `/audit?kind=subject.&event=${events[0].id}` },
    { name: 'administrators', path: '/administrators' },
    {
      name: 'administrators-invite',
      path: '/administrators',
      prepare: (page) =>
        page
          .getByRole('button', { name: /^Invite/ })
          .first()
          .click(),
    },
    { name: 'api-keys', path: '/api-keys' },
    {
      name: 'api-keys-new',
      path: '/api-keys',
      prepare: (page) =>
        page
          .getByRole('button', { name: /^New (API )?key/ })
          .first()
          .click(),
    },
    { name: 'webhooks', path: '/webhooks' },
    ...['organisation', 'branding', 'consent', 'security', 'mail', 'retention'].map((part) => ({
      name: `settings-${part}`,
      path: `/settings/${part}`,
    })),
    { name: 'account', path: '/account' },
    {
      name: 'command-palette',
      path: '/users',
      prepare: async (page) => {
        await page.keyboard.press('Control+k');
        await page.keyboard.type('tra');
      },
    },
    { name: 'not-found', path: '/users/sub_01ARZ3NDEKTSV4RRFFQ69G5FAV', ready: 'main' },
  ];
}

/** Somebody called about this person: the audit and the notes have something to show. */
async function callAbout({ call }, user) {
  await call('PUT', `/users/${user.id}/suspension`);
  const { version } = await call('GET', `/users/${user.id}`);
  const notes = 'Lost phone, reported on Monday. Verified by the branch in Rotterdam.';
  await call('PATCH', `/users/${user.id}`, { notes }, { 'If-Match': `"${version}"` });
  await call('DELETE', `/users/${user.id}/suspension`);
}

/** Passkeys exist for a name, not for an address: this server goes by `localhost`. */
async function passkeyPictures(browser, folder) {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const place = await prepare(folder, { settings: { portal: { port, public_url: origin } } });
  const server = await serve(place);
  try {
    const owner = await signUpOwner(`http://127.0.0.1:${port}`);
    for (const scheme of schemes) {
      const context = await browser.newContext(optionsFor(scheme));
      await shareSession(context, origin, owner);
      const page = await context.newPage();
      await authenticatorOf(page);
      const name = scheme === 'light' ? 'Work laptop' : 'Security key';
      await attempt(page, origin, scheme, {
        name: 'account-passkeys',
        path: '/account',
        prepare: async () => {
          await button(page, 'Add a passkey').click();
          await page.getByRole('dialog').getByLabel('Name').fill(name);
          await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
          await page.getByText(`${name} signs you in from now on`).waitFor();
          await page.getByRole('heading', { name: 'Passkeys' }).scrollIntoViewIfNeeded();
          await page.getByRole('button', { name: 'Dismiss' }).click();
        },
      });
      await context.close();
    }
  } finally {
    await server.stop();
  }
}

/** The one-time screen; it makes an integration, so it comes last. */
const oneTime = {
  name: 'one-time-secret',
  path: '/integrations/new',
  prepare: async (page) => {
    await continues(3)(page);
    await button(page, 'Create integration').click();
    await page.getByRole('heading', { name: 'Store the Session Secret' }).waitFor();
  },
};

async function secondFactorPages(browser, world, options, scheme) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const { portalUrl } = world.place;
  if (wanted('second-factor')) {
    await page.goto(`${portalUrl}/login`);
    await page.getByLabel('E-mail address').fill(demoOwner.email);
    await page.locator('input[type=password]').fill(demoOwner.password);
    await page.getByRole('button', { name: /^(Sign in|Continue)$/ }).click();
    await page.waitForURL(/second-factor/);
    await settled(page);
    await page.screenshot({ path: join(out, `portal-second-factor-${scheme}.png`) });
  }
  if (wanted('enrol')) {
    const beginner = portalClient(portalUrl);
    await beginner.call('POST', '/session', { email: 'jonas@harbour.example', password: demoOwner.password });
    const fresh = await browser.newContext(options);
    await shareSession(fresh, portalUrl, beginner);
    const enrol = await fresh.newPage();
    await enrol.goto(`${portalUrl}/login/enrol`);
    await enrol.waitForSelector('.copy-value');
    await settled(enrol);
    await enrol.screenshot({ path: join(out, `portal-enrol-${scheme}.png`) });
    await fresh.close();
  }
  await context.close();
}

mkdirSync(out, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'countersign-portal-pictures-'));
const browser = await launchBrowser();
const schemes = ['light', 'dark'];
const optionsFor = (colorScheme) => ({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
let world;
let failures = 0;
const attempt = async (page, portalUrl, scheme, one) => {
  try {
    await take(page, portalUrl, scheme, one);
  } catch (error) {
    failures += 1;
    console.error(`${one.name}, ${scheme}: ${error.message.split('\n')[0]}`);
  }
};
try {
  if (wanted('setup')) {
    const empty = await prepare(join(folder, 'empty'));
    const server = await serve(empty);
    for (const scheme of schemes) {
      const context = await browser.newContext(optionsFor(scheme));
      const page = await context.newPage();
      for (const one of firstPages) await attempt(page, empty.portalUrl, scheme, one);
      await context.close();
    }
    await server.stop();
  }
  if (wanted('account-passkeys')) await passkeyPictures(browser, join(folder, 'passkeys'));
  world = await openPortalWorld(folder, { users: Number(values.users) });
  const { portalUrl } = world.place;
  const inside = await pagesOf(world);
  // Some pages ask for a fresh proof before they open a dialog.
  const freshen = () =>
    world.owner.call('POST', '/session/reauthentication', {
      password: demoOwner.password,
      totp: totpCode(world.owner.totpSecret, 1),
    });
  await freshen().catch(() => {});
  for (const scheme of schemes) {
    const outside = await browser.newContext(optionsFor(scheme));
    const door = await outside.newPage();
    for (const one of doors(world)) await attempt(door, portalUrl, scheme, one);
    await outside.close();
    await secondFactorPages(browser, world, optionsFor(scheme), scheme);
    const context = await browser.newContext(optionsFor(scheme));
    await shareSession(context, portalUrl, world.owner);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('dialog', (dialog) => dialog.accept());
    for (const one of [...inside, oneTime]) await attempt(page, portalUrl, scheme, one);
    await context.close();
  }
} finally {
  await browser.close();
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
}
// A palette of 256 colours is a third of the size and looks the same.
const taken = readdirSync(out).filter((name) => /^portal-.*\.png$/.test(name));
const files = taken.map((name) => join(out, name));
spawnSync('pngquant', ['--quality', '70-95', '--skip-if-larger', '--force', '--ext', '.png', ...files]);
console.log(`${failures === 0 ? 'every page' : `all but ${failures}`} is in ${out}`);
process.exitCode = failures === 0 ? 0 : 1;
