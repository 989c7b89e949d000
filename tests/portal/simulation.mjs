// The "Test integration" page as a person uses it; every wait ends with what the page says.

/** Waits for `promise`; when it fails, the error tells what the page showed. */
async function orTell(page, what, promise) {
  try {
    return await promise;
  } catch (error) {
    const text = await page
      .locator('body')
      // biome-ignore lint/performance/useDomNodeTextContent: what can be read, not what is hidden
      .innerText()
      .catch(() => 'nothing');
    throw new Error(`${what} at ${page.url()}. The page says:\n${text.slice(0, 3000)}`, { cause: error });
  }
}

export async function openTest(page, portalUrl, integration) {
  await page.goto(`${portalUrl}/integrations/${integration}?tab=test`);
  await orTell(page, 'no test page', page.getByText('Test with a simulated login').waitFor());
}

/** Follows the link to the capture page, which opens in a tab of its own. */
export async function followCapture(page) {
  const link = page.locator('a[data-start]');
  await orTell(page, 'no link to the capture page', link.waitFor());
  const [capture] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  capture.setDefaultTimeout(15_000);
  await orTell(capture, 'the capture page did not open', capture.waitForURL(/\/v\//));
  return capture;
}

/** The ended simulation as the page shows it: its steps that are red, those still open, and the causes. */
export async function seen(page) {
  const ended = page.locator('[data-simulation=passed], [data-simulation=failed]');
  await orTell(page, 'the simulation did not end', ended.waitFor({ timeout: 30_000 }));
  const named = async (state) =>
    page
      .locator(`[data-step][data-state=${state}]`)
      .evaluateAll((steps) => steps.map((step) => step.dataset.step));
  return {
    state: await ended.getAttribute('data-simulation'),
    repeats: await ended.getAttribute('data-repeats'),
    failed: await named('failed'),
    open: await named('waiting'),
    causes: await page.locator('.sim-cause').allInnerTexts(),
  };
}
