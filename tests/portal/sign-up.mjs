// The first owner's way into a new portal, through its pages.
import { demoOwner, totpCode } from '../../demo/portal.mjs';

/** From the first page to the home page; resolves to the secret of the authenticator that was set up. */
export async function signUp(page, portalUrl) {
  const button = (name) => page.getByRole('button', { name, exact: true });
  await page.goto(`${portalUrl}/setup`);
  await page.getByLabel('Organisation').fill(demoOwner.organisation);
  await page.getByLabel('Your name').fill(demoOwner.name);
  await page.getByLabel('E-mail address').fill(demoOwner.email);
  await page.locator('input[type=password]').fill(demoOwner.password);
  await button('Create account').click();
  const key = (await page.locator('.copy-value').first().textContent()).replaceAll(/\s/g, '');
  await page.getByLabel('Six-digit code from the app').fill(totpCode(key));
  await button('Confirm').click();
  await page.getByRole('checkbox').check();
  await button('Open the portal').click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  return key;
}
