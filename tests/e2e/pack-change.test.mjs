// A change of the model pack with people who enrolled before it: nobody is locked out, and nobody enrols by a password alone.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { logInWithFace, watchResult } from '../../demo/app-pages.mjs';
import { program, serve } from '../../demo/countersign-server.mjs';
import { claimsOf, openPage, worldFor } from './support.mjs';

describe('a change of the model pack', { timeout: 900_000 }, () => {
  let world;
  let server;
  let settings;
  before(async () => {
    world = await worldFor(['anna', 'ben']);
    server = world.server;
    settings = readFileSync(world.place.config, 'utf8');
  });
  after(async () => {
    await server?.stop();
    await world?.close();
  });

  async function restartWith(face) {
    await server.stop();
    writeFileSync(world.place.config, settings.replace('[face]\n', `[face]\n${face}\n`));
    server = await serve(world.place);
  }
  async function logIn(t, user, person, attempts) {
    const { page } = await openPage(t, { person });
    const result = watchResult(page);
    const login = await logInWithFace(page, world, world.user(user), { attempts });
    return { login, result };
  }
  const modelOf = async (user) => (await world.subject('show', `auth0|${user}`)).credentials[0].model;
  function templates() {
    const { stdout } = spawnSync(program, ['--config', world.place.config, '--json', 'doctor'], {
      encoding: 'utf8',
    });
    return JSON.parse(stdout).checks.find(({ check }) => check === 'templates');
  }

  test('starts with two people enrolled under the old pack', async (t) => {
    for (const [user, person] of [
      ['anna', 'first'],
      ['ben', 'second'],
    ]) {
      const { login, result } = await logIn(t, user, person, 2);
      assert.equal(login.kind, 'dashboard', JSON.stringify(login));
      assert.equal(claimsOf(result.token).method, 'enrolled');
      assert.match(await modelOf(user), /^fr_feature\//);
    }
  });

  test('denies another person under the new pack, and renews nothing', async (t) => {
    await restartWith('pack = "cc0"\nprevious_pack = "default"');

    const { login } = await logIn(t, 'anna', 'second', 0);

    assert.equal(login.kind, 'retry', JSON.stringify(login));
    assert.equal((await world.causes('auth0|anna')).at(-1), 'no_match');
    assert.match(await modelOf('anna'), /^fr_feature\//);
  });

  test('verifies who enrolled, and makes templates of the new pack from the frames that passed', async (t) => {
    const { login, result } = await logIn(t, 'anna', 'firstAgain', 2);

    assert.equal(login.kind, 'dashboard', JSON.stringify(login));
    assert.equal(claimsOf(result.token).method, 'verified');
    assert.match(await modelOf('anna'), /^dlib_face\//);
    const { ok, detail } = templates();
    assert.ok(ok, detail);
    assert.match(detail, /1 of dlib_face\/\S+, 1 of fr_feature\/\S+ \(renewed at their next login\)/);
  });

  test('refuses whose model is no longer loaded, until an administrator asks for a new enrolment', async (t) => {
    await restartWith('pack = "cc0"');
    const { ok, detail } = templates();
    assert.ok(!ok);
    assert.match(detail, /subject re-enrol/);

    const { login } = await logIn(t, 'ben', 'second', 1);
    assert.deepEqual(
      [login.kind, login.code],
      ['problem', 'biometric_mfa_not_enrolled'],
      JSON.stringify(login),
    );

    const words = ['subject', 're-enrol', '--tenant', world.tenantId, '--model', await modelOf('ben')];
    assert.equal((await world.place.cli(...words)).re_enrolment_requested, 1);
    assert.ok(templates().ok);
  });
});
