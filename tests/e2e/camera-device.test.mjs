// A camera device of the browser that plays a recording of a real person. A recording cannot answer the colour challenge, so
// the cases about matching use the liveness policy `passive`; the case about replay uses `active`.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { logInWithFace, openDashboard, outcome, watchResult } from '../../demo/app-pages.mjs';
import { captureState, press, showFace } from '../../demo/login.mjs';
import { claimsOf, openPage, worldFor } from './support.mjs';

describe('a login with a camera device', { timeout: 600_000 }, () => {
  let world;
  before(async () => {
    world = await worldFor(['anna'], { integration: ['--liveness', 'passive'] });
  });
  after(() => world?.close());

  test('enrols under the passive policy', async (t) => {
    const { page, violations } = await openPage(t, { camera: 'first' });
    const login = await logInWithFace(page, world, world.user('anna'), { attempts: 2 });
    assert.equal(login.kind, 'dashboard', JSON.stringify(login));
    assert.ok(!login.face.states.includes('challenge_colour'), 'no colours under the passive policy');
    assert.deepEqual(violations, []);
  });

  test('verifies the same man on another recording, without WebSocket too', async (t) => {
    const { page, context } = await openPage(t, { camera: 'firstAgain' });
    await context.routeWebSocket(/./, (socket) => socket.close({ code: 1011 }));
    const posts = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/capture/v1/frames')) posts.push(request.url());
    });
    const result = watchResult(page);
    const login = await logInWithFace(page, world, world.user('anna'), { attempts: 2 });
    assert.equal(login.kind, 'dashboard', JSON.stringify(login));
    assert.equal(claimsOf(result.token).method, 'verified');
    assert.ok(posts.length > 0, 'the frames went over POST');
  });

  test('denies another man', async (t) => {
    const { page } = await openPage(t, { camera: 'second' });
    const login = await logInWithFace(page, world, world.user('anna'), { attempts: 2 });
    assert.deepEqual([login.kind, login.code], ['problem', 'biometric_mfa_failed']);
    const causes = (await world.causes('auth0|anna')).slice(-3);
    assert.ok(
      causes.includes('no_match') && !causes.includes('passed'),
      `the faces were compared: ${causes}`,
    );
  });

  // The true colours are drawn: a recording fits them by chance in at most one capture of two hundred, so one login that passes
  // proves nothing, and two in a row mean that the challenge decides nothing.
  test('denies a recorded clip of the right man under the active policy', async (t) => {
    await world.update('--liveness', 'active');
    t.after(() => world.update('--liveness', 'passive'));
    const logins = [];
    do {
      const { page } = await openPage(t, { camera: 'firstAgain' });
      logins.push(await logInWithFace(page, world, world.user('anna'), { attempts: 2 }));
      assert.ok(logins.at(-1).face.states.includes('challenge_colour'));
    } while (logins.at(-1).kind === 'dashboard' && logins.length < 2);
    const { kind, code } = logins.at(-1);
    assert.deepEqual([kind, code], ['problem', 'biometric_mfa_failed'], JSON.stringify(logins));
    const causes = (await world.causes('auth0|anna')).slice(-3);
    assert.ok(causes.includes('not_live_active'), `the challenge decided: ${causes}`);
  });

  test('cancel goes back with the login closed and the camera off', async (t) => {
    const { page } = await openPage(t, { camera: 'first' });
    await openDashboard(page, world, 'always', world.user('anna'));
    await page.waitForSelector('[data-action="start-camera"]');
    await press(page, 'other-method');
    assert.deepEqual(await outcome(page), { kind: 'problem', code: 'biometric_mfa_cancelled' });
  });

  test('cancel while the camera runs asks once and then closes the login', async (t) => {
    const { page } = await openPage(t, { camera: 'first' });
    await openDashboard(page, world, 'always', world.user('anna'));
    await press(page, 'start-camera');
    await page.waitForSelector('[data-action="cancel"]');
    await press(page, 'cancel');
    await page.waitForFunction(() => document.body.dataset.state === 'cancel_confirm');
    await press(page, 'confirm-cancel');
    assert.deepEqual(await outcome(page), { kind: 'problem', code: 'biometric_mfa_cancelled' });
  });

  test('a denied camera is explained, with another method as the way out', async (t) => {
    const { page } = await openPage(t, { camera: 'denied' });
    await openDashboard(page, world, 'always', world.user('anna'));
    await press(page, 'start-camera');
    await page.waitForFunction(() => document.body.dataset.state === 'error');
    assert.match(await page.locator('main').textContent(), /camera/i);
    await press(page, 'other-method');
    assert.deepEqual(await outcome(page), { kind: 'problem', code: 'biometric_mfa_cancelled' });
  });

  test('no camera at all is explained', async (t) => {
    const { page } = await openPage(t, { camera: 'none' });
    await openDashboard(page, world, 'always', world.user('anna'));
    await press(page, 'start-camera');
    await page.waitForFunction(() => document.body.dataset.state === 'error');
    assert.equal(await page.locator('[data-action="retry"]').count(), 1);
  });

  test('a declined consent closes the login and stores nothing', async (t) => {
    await world.subject('delete', 'auth0|anna');
    const { page } = await openPage(t, { camera: 'first' });
    await openDashboard(page, world, 'always', world.user('anna'));
    await page.waitForSelector('[data-action="decline"]');
    await press(page, 'decline');
    await page.waitForFunction(() => document.body.dataset.state !== 'consent');
    if ((await captureState(page)) === 'consent_declined') await press(page, 'other-method');
    assert.deepEqual(await outcome(page), { kind: 'problem', code: 'biometric_mfa_cancelled' });
    const shown = await world.subject('show', 'auth0|anna');
    assert.deepEqual([shown.credentials, shown.consents], [[], []]);
  });

  test('showing the face works after a denial, too', async (t) => {
    const { page } = await openPage(t, { camera: 'first' });
    await openDashboard(page, world, 'always', world.user('anna'));
    const face = await showFace(page, { attempts: 2 });
    assert.equal((await outcome(page)).kind, 'dashboard', JSON.stringify(face));
  });
});
