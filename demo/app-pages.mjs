// What a person does at the sample application, and what they see there.
import { enterPassword, showFace } from './login.mjs';

/** The result form that the browser posts to the identity provider, as it leaves. */
export function watchResult(page) {
  const seen = { url: null, fields: null, token: null };
  page.on('request', (request) => {
    if (request.method() !== 'POST' || new URL(request.url()).pathname !== '/continue') return;
    seen.url = request.url();
    seen.fields = Object.fromEntries(new URLSearchParams(request.postData() ?? ''));
    seen.token = seen.fields.session_token;
  });
  return seen;
}

/** Waits for the page after a login: the dashboard (or receipt) with its token, or the problem with its code. */
export async function outcome(page) {
  await page.waitForSelector('#id-token, #problem, #receipt', { timeout: 30_000 });
  const problem = page.locator('#problem');
  if (await problem.count()) return { kind: 'problem', code: await problem.getAttribute('data-code') };
  if (await page.locator('#receipt').count()) return { kind: 'receipt' };
  return { kind: 'dashboard', token: JSON.parse(await page.locator('#id-token').textContent()) };
}

/** Opens the protected page; answers the password form when it shows. */
export async function openDashboard(page, world, mode, user) {
  await page.goto(`${world.app.url}/${mode}/dashboard`);
  if (user) await enterPassword(page, user);
}

/** A login that needs the face: password, capture page, back at the application. */
export async function logInWithFace(page, world, user, options = {}) {
  await openDashboard(page, world, options.mode ?? 'always', user);
  const face = await showFace(page, options);
  return { face, ...(face.ending === 'retry' ? { kind: 'retry' } : await outcome(page)) };
}

/** Fills in a transfer and stops at its review, or at the receipt when no face is asked for. */
export async function requestTransfer(page, world, mode) {
  await page.goto(`${world.app.url}/${mode}/transfer`);
  await page.fill('#to', 'Gas and Water Works');
  await page.fill('#amount', '48.20');
  await page.click('#transfer-form button[type=submit]');
  await page.waitForSelector('#confirm, #receipt', { timeout: 15_000 });
}

/** Confirms the reviewed transfer with the face. */
export async function confirmTransfer(page, options = {}) {
  await page.click('#confirm');
  const face = await showFace(page, options);
  return { face, ...(await outcome(page)) };
}
