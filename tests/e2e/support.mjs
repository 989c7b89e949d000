// A world per test file and browsers that end with their test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser, useScreenLitPerson } from '../../demo/camera.mjs';
import { openWorld } from '../../demo/world.mjs';

const person = (name) => ({
  user_id: `auth0|${name}`,
  username: name,
  password: `${name}-secret`,
  email: `${name}@test.example`,
  name: `Test ${name}`,
});

/** Opens a world for a file's tests: `users` are made from the names. */
export async function worldFor(names, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-e2e-'));
  const world = await openWorld(folder, { users: names.map(person), ...options });
  return {
    ...world,
    user: (name) => world.users.find((user) => user.username === name),
    async close() {
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A page in a fresh browser. `person` sits in front of it and is lit by its screen; `camera` is a camera device instead: a
 * recording that plays and knows nothing of the screen, 'none' or 'denied'.
 */
export async function openPage(
  test,
  { person: name = null, reaction, camera = null, context: options = {} } = {},
) {
  const browser = await launchBrowser({ camera });
  test.after(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const violations = [];
  await context.exposeBinding('reportViolation', (_source, text) => violations.push(text));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  if (name) await useScreenLitPerson(context, name, reaction === undefined ? {} : { reaction });
  const page = await context.newPage();
  return { browser, context, page, violations };
}

/** The payload of a compact token. */
export const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
