// Makes the pictures of the README from the running demo. The capture page is taken before a face is in view: no picture in
// this repository shows a person.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDashboard, outcome } from './app-pages.mjs';
import { launchBrowser, useScreenLitPerson } from './camera.mjs';
import { press, showFace } from './login.mjs';
import { openWorld } from './world.mjs';

const pictures = resolve(dirname(fileURLToPath(import.meta.url)), '../docs/screenshots');
const folder = mkdtempSync(join(tmpdir(), 'countersign-pictures-'));
mkdirSync(pictures, { recursive: true });

const world = await openWorld(folder);
const browser = await launchBrowser();
try {
  // No `reducedMotion`: the page would ask for head movements then, which a clip cannot make.
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
  await useScreenLitPerson(context, 'first');
  const page = await context.newPage();
  const take = (name) => page.screenshot({ path: join(pictures, `${name}.png`) });

  await page.goto(`${world.app.url}/always/`);
  await page.waitForLoadState('networkidle');
  await take('app');

  await openDashboard(page, world, 'always', world.users[0]);
  await page.waitForSelector('[data-testid=consent-check]');
  await take('consent');
  await page.check('[data-testid=consent-check]');
  await press(page, 'agree');
  await page.waitForSelector('[data-action=start-camera]');
  await take('capture');

  const face = await showFace(page, { attempts: 2 });
  const end = await outcome(page);
  if (end.kind !== 'dashboard') throw new Error(`the login ended with ${JSON.stringify({ end, face })}`);
  await page.waitForLoadState('networkidle');
  await take('dashboard');
} finally {
  await browser.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`app, consent, capture and dashboard are in ${pictures}`);
