// What the tests of the real pages have in common: signing in, filling lists with people, and reading them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../../demo/camera.mjs';
import { demoOwner, shareSession, totpCode } from '../../demo/portal.mjs';
import { openPortalWorld } from '../../demo/portal-world.mjs';

/** A context whose pages report what the content security policy refused and what broke. */
export async function watchedContext(browser, options = {}) {
  const broken = [];
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    acceptDownloads: true,
    ...options,
  });
  await context.exposeBinding('reportViolation', (_source, text) => broken.push(text));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  context.on('weberror', (error) => broken.push(String(error.error())));
  return { context, broken };
}

/** One page of the portal, with words for what a person does there. */
export function portalPage(page, portalUrl) {
  page.setDefaultTimeout(15_000);
  const button = (name) => page.getByRole('button', { name, exact: true });
  const settled = async () => {
    await page.waitForLoadState('networkidle');
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  };
  return {
    page,
    button,
    settled,
    dialog: page.getByRole('dialog'),
    async visit(path) {
      await page.goto(`${portalUrl}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled();
    },
    /** Opens a filter of a list and takes one of its choices. */
    async choose(filter, choice) {
      await page.locator('.chip-open', { hasText: filter }).click();
      await page.locator('.menu').getByRole('button', { name: choice, exact: true }).click();
      await settled();
    },
    /** Opens a filter of a list and types. */
    async fillFilter(filter, text) {
      await page.locator('.chip-open', { hasText: filter }).click();
      await page.locator('.chip-form input').fill(text);
      await page.locator('.chip-form').getByRole('button', { name: 'Apply' }).click();
      await settled();
    },
    /** The texts of one column, from top to bottom. */
    async column(header) {
      const headers = await page.locator('.table thead th').allInnerTexts();
      const at = headers.findIndex((text) => text.trim().startsWith(header));
      assert.ok(at >= 0, `there is no column ${header} among ${headers}`);
      const texts = await page.locator(`.table tbody tr > :nth-child(${at + 1})`).allInnerTexts();
      return texts.map((text) => text.trim());
    },
    /** The moments in the first column of times, in milliseconds. */
    moments: () =>
      page
        .locator('.table tbody tr')
        .evaluateAll((rows) => rows.map((row) => Date.parse(row.querySelector('time').dateTime))),
    /** Presses something that downloads; resolves to the text of the file. */
    async download(act) {
      const [file] = await Promise.all([page.waitForEvent('download'), act()]);
      return readFileSync(await file.path(), 'utf8');
    },
  };
}

/** The lines of a CSV file without its head. */
export const csvRows = (text) =>
  text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n')
    .slice(1);

/** A server with `users` made-up users, its owner signed in on a page, and what happened that should not. */
export async function openDay(users) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-day-'));
  const world = await openPortalWorld(folder, { users, bare: true });
  await world.owner.call('POST', '/session/reauthentication', {
    password: demoOwner.password,
    totp: totpCode(world.owner.totpSecret, 1),
  });
  const browser = await launchBrowser();
  const { context, broken } = await watchedContext(browser);
  await shareSession(context, world.place.portalUrl, world.owner);
  return {
    owner: world.owner,
    place: world.place,
    broken,
    portal: portalPage(await context.newPage(), world.place.portalUrl),
    /** Behind the back of the server. */
    changeStore(statement) {
      const changed = spawnSync('sqlite3', [join(world.place.folder, 'countersign.db'), statement]);
      assert.equal(changed.status, 0, String(changed.stderr));
    },
    async close() {
      await browser.close();
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
