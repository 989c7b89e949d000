// Drives a browser through a login the way a person would: by what the pages show.

const kEndings = new Set([
  'success',
  'returning',
  'failed',
  'attempts_used',
  'locked',
  'expired',
  'error',
  'unsupported',
  'in_app',
]);

/** The state the capture page shows; null on any other page or between two pages. */
export async function captureState(page) {
  try {
    return await page.evaluate(() =>
      /^\/[ve]\//.test(location.pathname) ? (document.body?.dataset.state ?? null) : null,
    );
  } catch (error) {
    if (/context was destroyed|navigat|Target closed|has been closed/i.test(String(error))) return null;
    throw error;
  }
}

/** Clicks the button that stands for `action` on the capture page. */
export const press = (page, action) => page.click(`[data-action="${action}"]`, { timeout: 10_000 });

/** Fills in the identity provider's login form. */
export async function enterPassword(page, { username, password }) {
  await page.waitForSelector('#username', { timeout: 15_000 });
  await page.fill('#username', username);
  await page.fill('#password', password);
  await page.click('button[type=submit]');
}

async function act(page, state) {
  if (state === 'consent') {
    const box = page.locator('[data-testid=consent-check]');
    if (!(await box.isChecked())) await box.check();
    await press(page, 'agree');
  }
  if (state === 'intro') await press(page, 'start-camera');
}

/**
 * Shows the face to the capture page until it comes to an end, and goes back to the identity provider.
 * `attempts` is how often to try again when the page offers it.
 * Resolves to `{ ending, states, millisecondsToVerdict }`: the last state, all states in order, and the time from the
 * first guided frame to the verdict of the last attempt.
 */
export async function showFace(page, { attempts = 0, timeoutMs = 120_000, goBack = true } = {}) {
  const states = [];
  let guideSince = 0;
  let verdictAfter = null;
  let left = attempts;
  const deadline = Date.now() + timeoutMs;
  await page.waitForURL(/\/[ve]\//, { timeout: 20_000 });
  while (Date.now() < deadline) {
    const state = await captureState(page);
    const wasThere = states.length > 0;
    if (state === null && wasThere && !/\/[ve]\//.test(page.url())) break;
    if (state && state !== states.at(-1)) {
      states.push(state);
      if (state === 'guide') guideSince = Date.now();
      if (state === 'retry' || kEndings.has(state))
        verdictAfter ??= guideSince ? Date.now() - guideSince : null;
      if (state === 'retry' && left-- > 0) {
        verdictAfter = null;
        await press(page, 'retry');
      } else if (state === 'retry') {
        break;
      } else if (kEndings.has(state) && state !== 'success' && state !== 'returning') {
        if (goBack && (await page.locator('[data-action="back"]').count())) await press(page, 'back');
        break;
      } else {
        await act(page, state);
      }
    }
    await new Promise((next) => setTimeout(next, 25));
  }
  if (Date.now() >= deadline)
    throw new Error(`the capture page did not come to an end; it showed ${states.join(' > ')}`);
  return { ending: states.at(-1), states, millisecondsToVerdict: verdictAfter };
}
