// The whole login with another model pack, named in the configuration only: another embedding, of another size, from another cut of
// the face.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { logInWithFace, watchResult } from '../../demo/app-pages.mjs';
import { claimsOf, openPage, worldFor } from './support.mjs';

describe('a login with the pack cc0', { timeout: 600_000 }, () => {
  let world;
  before(async () => {
    // At the strictest rates this pack knows few people again: docs/engine.md.
    const integration = ['--target-fmr', '1e-3'];
    world = await worldFor(['anna'], { integration, settings: { face: { pack: 'cc0' } } });
  });
  after(() => world?.close());

  async function logIn(t, person) {
    const { page } = await openPage(t, { person });
    const result = watchResult(page);
    const login = await logInWithFace(page, world, world.user('anna'), { attempts: 2 });
    return { login, result };
  }

  test('enrols a template of that pack, and verifies it on another recording', async (t) => {
    const first = await logIn(t, 'first');
    assert.equal(first.login.kind, 'dashboard', JSON.stringify(first.login));
    assert.equal(claimsOf(first.result.token).method, 'enrolled');
    const subject = await world.subject('show', 'auth0|anna');
    assert.match(subject.credentials[0].model, /^dlib_face\//);

    const second = await logIn(t, 'firstAgain');
    assert.equal(second.login.kind, 'dashboard', JSON.stringify(second.login));
    assert.equal(claimsOf(second.result.token).method, 'verified');
  });

  test('denies another person', async (t) => {
    const { login } = await logIn(t, 'second');

    assert.deepEqual([login.kind, login.code], ['problem', 'biometric_mfa_failed']);
    const causes = (await world.causes('auth0|anna')).slice(-3);
    assert.ok(causes.includes('no_match') && !causes.includes('passed'), `${causes}`);
  });
});
