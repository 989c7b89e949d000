// The first owner's way into a new portal, through its pages.
import { demoOwner, totpCode } from '../../demo/portal.mjs';

/** From the page with the authenticator's key to the home page; resolves to the key. */
export async function setUpAuthenticator(page) {
  const button = (name) => page.getByRole('button', { name, exact: true });
  const key = (await page.locator('.copy-value').first().textContent()).replaceAll(/\s/g, '');
  await page.getByLabel('Six-digit code from the app').fill(totpCode(key));
  await button('Confirm').click();
  await page.getByRole('checkbox').check();
  await button('Open the portal').click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  return key;
}

/** From the first page to the home page; resolves to the secret of the authenticator that was set up. */
export async function signUp(page, portalUrl) {
  await page.goto(`${portalUrl}/setup`);
  await page.getByLabel('Organisation').fill(demoOwner.organisation);
  await page.getByLabel('Your name').fill(demoOwner.name);
  await page.getByLabel('E-mail address').fill(demoOwner.email);
  await page.locator('input[type=password]').fill(demoOwner.password);
  await page.getByRole('button', { name: 'Create account', exact: true }).click();
  return setUpAuthenticator(page);
}
