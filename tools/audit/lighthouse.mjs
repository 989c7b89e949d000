// Runs Lighthouse against the real server with made-up users, signed in, and fails below the bars.
// Other work on the machine only ever lowers a score: a page below the bar is measured again, and its best run counts.
// Usage: node tools/audit/lighthouse.mjs [--users 1000] [--bar 95] [--tries 3]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import lighthouse, { desktopConfig } from 'lighthouse';
import { chromium } from 'playwright-core';
import { freePort } from '../../demo/countersign-server.mjs';
import { shareSession } from '../../demo/portal.mjs';
import { openPortalWorld } from '../../demo/portal-world.mjs';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '1000' },
    bar: { type: 'string', default: '95' },
    tries: { type: 'string', default: '3' },
  },
});
const bar = Number(values.bar);
const tries = Number(values.tries);
const categories = ['performance', 'accessibility', 'best-practices'];
const pages = {
  login: '/login',
  home: '/?range=30d',
  users: '/users',
  transactions: '/transactions',
  audit: '/audit',
};

/** One run over one page: its report, and its scores in percent. */
async function measure(name, url, port) {
  const flags = { port, onlyCategories: categories, disableStorageReset: true, logLevel: 'error' };
  const { lhr } = await lighthouse(url, flags, desktopConfig);
  if (lhr.runtimeError) {
    console.error(`${name}: ${lhr.runtimeError.message}`);
    return { lhr, scores: categories.map(() => 0) };
  }
  if (!new URL(lhr.finalDisplayedUrl).pathname.startsWith(new URL(url).pathname))
    throw new Error(`${name}: ended at ${lhr.finalDisplayedUrl}`);
  return { lhr, scores: categories.map((category) => Math.round(100 * lhr.categories[category].score)) };
}

/** The best of up to `tries` runs, and how many it took. */
async function best(name, url, port) {
  let found = null;
  for (let run = 1; run <= tries; run += 1) {
    const made = await measure(name, url, port);
    if (found === null || Math.min(...made.scores) > Math.min(...found.scores)) found = made;
    if (Math.min(...found.scores) >= bar) return { ...found, runs: run };
  }
  return { ...found, runs: tries };
}

const folder = mkdtempSync(join(tmpdir(), 'countersign-lighthouse-'));
const port = await freePort();
let world;
let context;
let worst = 100;
try {
  world = await openPortalWorld(folder, { users: Number(values.users), bare: true });
  const { portalUrl } = world.place;
  // Lighthouse opens its own tab in the browser's first profile: the session has to be there.
  context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', `--remote-debugging-port=${port}`],
  });
  for (const [name, path] of Object.entries(pages)) {
    if (name === 'home') await shareSession(context, portalUrl, world.owner);
    const { lhr, scores, runs } = await best(name, `${portalUrl}${path}`, port);
    worst = Math.min(worst, ...scores);
    console.log(
      `${name.padEnd(14)}${categories.map((category, i) => `${category} ${scores[i]}`).join('  ')}  run ${runs}`,
    );
    if (lhr.runtimeError) continue;
    for (const category of categories)
      for (const { id, weight } of lhr.categories[category].auditRefs) {
        const { score, title } = lhr.audits[id];
        if (weight > 0 && score !== null && score < 0.9) console.log(`    ${id}: ${title}`);
      }
  }
} finally {
  await context?.close();
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(worst >= bar ? `nothing below ${bar}` : `below ${bar}: ${worst}`);
process.exitCode = worst >= bar ? 0 : 1;
