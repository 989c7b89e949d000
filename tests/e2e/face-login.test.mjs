// The default policy: passive AND active liveness, in front of a person who is lit by the screen.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  confirmTransfer,
  logInWithFace,
  openDashboard,
  outcome,
  requestTransfer,
  watchResult,
} from '../../demo/app-pages.mjs';
import { claimsOf, openPage, worldFor } from './support.mjs';

describe('a login with a face, default liveness policy', { timeout: 600_000 }, () => {
  let world;
  before(async () => {
    world = await worldFor(['anna', 'bruno']);
  });
  after(() => world?.close());

  test('the first login enrols and returns a token with the mfa claim', async (t) => {
    const { page, violations } = await openPage(t, { person: 'first' });
    const result = watchResult(page);
    const login = await logInWithFace(page, world, world.user('anna'), { attempts: 2 });

    assert.equal(login.kind, 'dashboard', JSON.stringify(login));
    assert.deepEqual(login.token[world.claimName], ['mfa']);
    assert.ok(login.face.states.includes('consent'), 'the consent comes before the camera');
    assert.ok(login.face.states.indexOf('consent') < login.face.states.indexOf('guide'));
    assert.equal(claimsOf(result.token).method, 'enrolled');
    assert.deepEqual(violations, []);
    const subject = await world.subject('show', 'auth0|anna');
    assert.deepEqual(
      subject.credentials.map((credential) => credential.state),
      ['active'],
    );
  });

  test('the second login, on another recording, verifies without a second consent', async (t) => {
    const { page } = await openPage(t, { person: 'firstAgain' });
    const result = watchResult(page);
    const login = await logInWithFace(page, world, world.user('anna'), { attempts: 2 });

    assert.equal(login.kind, 'dashboard', JSON.stringify(login));
    assert.ok(!login.face.states.includes('consent'));
    assert.equal(claimsOf(result.token).method, 'verified');
    assert.deepEqual(claimsOf(result.token).amr, ['face']);
  });

  test('another person with the right password is denied, and prompt=none does not help', async (t) => {
    const { page } = await openPage(t, { person: 'second' });
    const login = await logInWithFace(page, world, world.user('anna'), { attempts: 2 });

    assert.deepEqual([login.kind, login.code], ['problem', 'biometric_mfa_failed']);
    const causes = (await world.causes('auth0|anna')).slice(-3);
    assert.ok(
      causes.includes('no_match') && !causes.includes('passed'),
      `the faces were compared: ${causes}`,
    );
    await page.goto(`${world.app.url}/always/silent`);
    assert.deepEqual(await outcome(page), { kind: 'problem', code: 'interaction_required' });
  });

  test('always-on asks for the face again at the protected activity', async (t) => {
    const { page } = await openPage(t, { person: 'first' });
    const login = await logInWithFace(page, world, world.user('anna'), { attempts: 2 });
    assert.equal(login.kind, 'dashboard', JSON.stringify(login));
    await requestTransfer(page, world, 'always');
    const transfer = await confirmTransfer(page, { attempts: 2 });

    assert.equal(transfer.kind, 'receipt', JSON.stringify(transfer));
    assert.ok(transfer.face.states.includes('challenge_colour'));
  });

  test('on-demand leaves a plain login untouched and steps up for the transfer', async (t) => {
    const { page } = await openPage(t, { person: 'second' });
    const visited = [];
    page.on('framenavigated', (frame) => visited.push(frame.url()));
    await openDashboard(page, world, 'on-demand', world.user('bruno'));
    const plain = await outcome(page);

    assert.equal(plain.kind, 'dashboard');
    assert.equal(plain.token[world.claimName], undefined);
    assert.ok(!visited.some((url) => url.startsWith(world.place.url)), 'Countersign is not visited');

    await requestTransfer(page, world, 'on-demand');
    const transfer = await confirmTransfer(page, { attempts: 2 });
    assert.equal(transfer.kind, 'receipt', JSON.stringify(transfer));
    await page.goto(`${world.app.url}/on-demand/dashboard`);
    assert.deepEqual((await outcome(page)).token[world.claimName], ['mfa']);
  });

  test('a person whose face does not take up the colours of the screen is denied', async (t) => {
    const { page } = await openPage(t, { person: 'first', reaction: 0 });
    const login = await logInWithFace(page, world, world.user('anna'), { attempts: 2 });
    assert.deepEqual([login.kind, login.code], ['problem', 'biometric_mfa_failed']);
    const causes = (await world.causes('auth0|anna')).slice(-3);
    assert.ok(causes.includes('not_live_active'), `the challenge decided: ${causes}`);
  });

  test('an account is deleted and enrols again', async (t) => {
    await world.subject('delete', 'auth0|anna');
    await assert.rejects(world.subject('show', 'auth0|anna'), /not_found/);
    const { page } = await openPage(t, { person: 'first' });
    const result = watchResult(page);
    const login = await logInWithFace(page, world, world.user('anna'), { attempts: 2 });

    assert.equal(login.kind, 'dashboard', JSON.stringify(login));
    assert.equal(claimsOf(result.token).method, 'enrolled');
  });
});
