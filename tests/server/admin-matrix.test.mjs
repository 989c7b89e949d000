// Who may do what through the portal's API: every operation × every role, key and stranger × the objects of another
// organisation.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Administrator, call, operations, ownPage, person, told } from './administrators.mjs';
import { holders, nobody, probes } from './portal-rules.mjs';
import { Browser, place, Shared, started } from './support.mjs';

const limit = { timeout: 120_000 };

const all = operations();
const world = {};
const suite = new Shared();
const scopes = [...new Set(Object.values(holders).flatMap(([, keys]) => keys.split(' ').filter(Boolean)))];

/** One of everything in the organisation that `owner` acts in. */
async function fill(owner, place) {
  const { integration, session_secret: secret } = await owner.take('POST', '/integrations', {
    return_domains: ['tenant.eu.auth0.com'],
  });
  const simulation = await owner.take('POST', `/integrations/${integration.id}/simulations`);
  const browser = await Browser.open(place, { id: integration.id, secret });
  const { items: users } = await owner.take('GET', '/users');
  const { invitation } = await owner.take('POST', '/invitations', {
    email: 'later@harbour.example',
    role: 'auditor',
  });
  const { key, value } = await owner.take('POST', '/api-keys', { name: 'All', scopes });
  return {
    apiKey: value,
    ids: {
      integration: integration.id,
      simulation: simulation.id,
      user: users[0].id,
      transaction: browser.verification,
      invitation: invitation.id,
      key: key.id,
    },
  };
}

function changeStore(here, statement) {
  const changed = spawnSync('sqlite3', [join(here.folder, 'countersign.db'), statement]);
  assert.equal(changed.status, 0, String(changed.stderr));
}

before(async () => {
  const here = await place(suite);
  world.here = here;
  await started(here);
  const owner = await Administrator.first(here.portalUrl, person('owner'));
  const roles = { owner };
  for (const role of ['admin', 'helpdesk', 'auditor']) roles[role] = await owner.invite(role, person(role));
  world.roles = roles;

  const { tenant } = await owner.take('POST', '/tenants', { name: 'Globex' });
  await owner.take('PUT', '/session/tenant', { tenant });
  world.other = await fill(owner, here);
  world.stranger = await owner.invite('owner', person('stranger'));
  world.other.ids.administrator = world.stranger.id;
  const { items } = await world.stranger.take('GET', '/account/sessions');
  world.other.ids.session = items[0].id;
  world.other.ids.passkey = `psk_${'0'.repeat(25)}7`;
  changeStore(
    here,
    `INSERT INTO passkey (passkey_id, administrator_id, name, credential_id, algorithm, public_key, sign_count, created_at)
     VALUES ('${world.other.ids.passkey}', '${world.stranger.id}', 'Hers', x'01', -8, x'02', 0, 0)`,
  );
  world.other.tenant = tenant;
  await owner.take('PUT', '/session/tenant', { tenant: owner.tenant });
  world.own = await fill(owner, here);

  world.keys = {};
  for (const scope of scopes) {
    const made = await owner.take('POST', '/api-keys', { name: scope, scopes: [scope] });
    world.keys[scope] = made.value;
  }
  const half = new Administrator(here.portalUrl);
  await half.take('POST', '/session', { email: owner.email, password: owner.password });
  world.half = half;
}, limit);
after(() => suite.close());

/** Asks one operation with the ids in `ids`, with these headers and no others. */
function probe({ id, method, path }, headers, ids = nobody) {
  const { body, headers: own = {} } = probes[id];
  const address = path.replaceAll(/\{(\w+)\}/g, (_whole, name) => ids[name]);
  return call(world.here.portalUrl, method, address, { body, headers: { ...own, ...headers } });
}

const asBrowser = (administrator) => ({ ...ownPage, Cookie: administrator.cookie });
const asProgram = (key) => ({ Authorization: `Bearer ${key}` });
const codes = {
  204: '204',
  400: '400 invalid_argument',
  404: '404 not_found',
  409: '409 conflict',
  412: '412 precondition_failed',
  428: '428 precondition_required',
};
const allowed = ({ id }) => codes[probes[id].allowed] ?? String(probes[id].allowed);

/** Compares what every operation answers with what `expect` says; all differences are told at once. */
async function compare(headersOf, expect, { ids = nobody, only = () => true } = {}) {
  const seen = {};
  const wanted = {};
  for (const operation of all.filter(only)) {
    seen[operation.id] = told(await probe(operation, headersOf(operation), ids));
    wanted[operation.id] = expect(operation);
  }
  assert.ok(Object.keys(wanted).length > 0);
  assert.deepEqual(seen, wanted);
}

const isPublic = ({ permission }) => permission === 'public';
const isPersonal = ({ permission }) => permission === 'signed_in' || permission === 'active';
const isOrdinary = (operation) => !isPublic(operation) && !isPersonal(operation);
const notSigningOut = ({ id }) => id !== 'signOut';
const inOther = ({ path }) => path.includes('{');

const forRole = (role) => (operation) => {
  if (operation.id === 'reauthenticate') return '403 forbidden';
  if (!isOrdinary(operation)) return allowed(operation);
  const [roles] = holders[operation.permission];
  return roles.split(' ').includes(role) ? allowed(operation) : '403 forbidden';
};
const forScope = (scope) => (operation) => {
  if (isPublic(operation)) return allowed(operation);
  if (isPersonal(operation)) return '401 unauthenticated';
  const [, keys] = holders[operation.permission];
  return keys.split(' ').includes(scope) ? allowed(operation) : '403 forbidden';
};

describe('who may do what in the portal', limit, () => {
  test('every operation of the contract is in this matrix, and nothing else', () => {
    assert.deepEqual(Object.keys(probes).sort(), all.map(({ id }) => id).sort());
    const named = new Set(all.filter(isOrdinary).map(({ permission }) => permission));
    assert.deepEqual([...named].sort(), Object.keys(holders).sort());
  });

  test('without a session, with a made-up one and with a made-up key nothing but signing in answers', async () => {
    const closed = (operation) => (isPublic(operation) ? allowed(operation) : '401 unauthenticated');
    await compare(() => ownPage, closed);
    await compare(() => ({ ...ownPage, Cookie: '__Host-adm=made-up' }), closed);
    await compare(() => ({ ...ownPage, Authorization: 'Bearer ck_made-up' }), closed);
  });

  test('a session of which the second factor is missing reaches nothing but itself', async () => {
    const open = { proveSecondFactor: '401 unauthenticated', beginPasskeyProof: '409 conflict' };
    await compare(
      () => asBrowser(world.half),
      (operation) =>
        isPublic(operation) ? allowed(operation) : (open[operation.id] ?? '401 second_factor_required'),
      { only: notSigningOut },
    );
  });

  for (const role of ['owner', 'admin', 'helpdesk', 'auditor'])
    test(`the role ${role} may do what the table says and nothing more`, () =>
      compare(() => asBrowser(world.roles[role]), forRole(role), { only: notSigningOut }));

  for (const scope of scopes)
    test(`a key with ${scope} may do what the table says and nothing more`, () =>
      compare(
        (operation) => ({ ...(isOrdinary(operation) ? {} : ownPage), ...asProgram(world.keys[scope]) }),
        forScope(scope),
      ));

  test('the pages are told the same permissions that the calls obey', async () => {
    for (const [role, administrator] of Object.entries(world.roles)) {
      const { permissions, passkeys } = await administrator.take('GET', '/session');
      assert.equal(passkeys, 'unavailable', 'an IP address can have none');
      const expected = Object.keys(holders).filter((name) => holders[name][0].split(' ').includes(role));
      assert.deepEqual(permissions.sort(), expected.sort(), role);
    }
  });
});

describe('organisations are kept apart', limit, () => {
  test('its own objects are there for every role and key that may read them', async () => {
    const { ids } = world.own;
    const read = ({ method, path }) => method === 'GET' && path.includes('{');
    const present = (expect) => (operation) => expect(operation).replace('404 not_found', '200');
    for (const role of Object.keys(world.roles))
      await compare(() => asBrowser(world.roles[role]), present(forRole(role)), { ids, only: read });
    for (const scope of scopes)
      await compare(() => asProgram(world.keys[scope]), present(forScope(scope)), { ids, only: read });
  });

  test("another organisation's objects are as good as not there, for every role and every key", async () => {
    const absent = (expect) => (operation) =>
      expect(operation).startsWith('4') ? expect(operation) : '404 not_found';
    const more = { ids: world.other.ids, only: inOther };
    for (const role of Object.keys(world.roles))
      await compare(() => asBrowser(world.roles[role]), absent(forRole(role)), more);
    for (const scope of scopes)
      await compare(() => ({ ...ownPage, ...asProgram(world.keys[scope]) }), absent(forScope(scope)), more);
    const mixed = { ...world.other.ids, integration: world.own.ids.integration };
    const simulations = { ids: mixed, only: ({ id }) => id === 'getSimulation' };
    await compare(
      () => asBrowser(world.roles.owner),
      () => '404 not_found',
      simulations,
    );
  });

  test('and after all that they are there unchanged', async () => {
    const { integration, user, key, administrator } = world.other.ids;
    const found = await world.stranger.take('GET', `/integrations/${integration}`);
    assert.equal(found.version, 1);
    assert.equal(found.secrets.length, 1);
    const { user: seen, notes } = await world.stranger.take('GET', `/users/${user}`);
    assert.deepEqual([seen.status, notes], ['not_enrolled', '']);
    const { items: keys } = await world.stranger.take('GET', '/api-keys');
    assert.deepEqual(
      keys.map(({ id }) => id),
      [key],
    );
    const { items: members } = await world.stranger.take('GET', '/administrators');
    assert.equal(members.find(({ id }) => id === administrator).role, 'owner');
    assert.equal((await world.stranger.take('GET', '/account/sessions')).items.length, 1);
    const { items: passkeys } = await world.stranger.take('GET', '/account/passkeys');
    assert.deepEqual(
      passkeys.map(({ name }) => name),
      ['Hers'],
    );
  });

  test('no list, figure, export or filter lets anything of another organisation through', async () => {
    const { owner } = world.roles;
    const { ids } = world.other;
    const reads = all.filter(
      ({ method, path, id }) => method === 'GET' && !path.includes('{') && id !== 'getSession',
    );
    const filters = [
      '',
      `?user=${ids.user}`,
      `?integration=${ids.integration}`,
      `?target=${ids.integration}`,
    ];
    for (const { path } of reads)
      for (const filter of filters) {
        const answer = await owner.ask('GET', path + filter);
        assert.ok([200, 400].includes(answer.status), `${path}${filter}: ${answer.status}`);
        for (const [kind, id] of Object.entries(ids)) {
          if (kind === 'administrator' || kind === 'session') continue;
          assert.ok(!answer.text.includes(id), `${path}${filter} shows ${kind} ${id}`);
        }
      }
    const { results } = await owner.take('POST', '/users/bulk', { act: 'suspend', users: [ids.user] });
    assert.deepEqual(results, [{ user: ids.user, ok: false, code: 'not_found' }]);
  });

  test('a cursor of another organisation opens nothing there', async () => {
    const { user } = world.other.ids;
    const cursor = Buffer.from(JSON.stringify(['', user])).toString('base64url');
    const { text } = await world.roles.owner.ask('GET', `/users?cursor=${cursor}`);
    assert.ok(!text.includes(user));
  });

  test("another organisation's test login is not repeated here", async () => {
    const { integration } = world.own.ids;
    const repeats = world.other.ids.simulation;
    const answer = await world.roles.owner.ask('POST', `/integrations/${integration}/simulations`, {
      repeats,
    });
    assert.equal(told(answer), '404 not_found');
  });

  test('nobody switches to an organisation that is not his', async () => {
    const answer = await world.roles.admin.ask('PUT', '/session/tenant', { tenant: world.other.tenant });
    assert.equal(told(answer), '404 not_found');
  });

  test('a key acts in its own organisation only, whatever session comes along with it', async () => {
    const headers = { ...asBrowser(world.roles.owner), ...asProgram(world.other.apiKey) };
    const answer = await call(world.here.portalUrl, 'GET', '/integrations', { headers });
    assert.deepEqual(
      answer.json().items.map(({ id }) => id),
      [world.other.ids.integration],
    );
  });
});

describe('changes come from the pages of the portal only', limit, () => {
  const changes = ({ method, id }) => method !== 'GET' && id !== 'signOut';
  const forged = {
    'without the header of the pages': { 'X-Countersign-Portal': undefined },
    'with another value of it': { 'X-Countersign-Portal': '0' },
    'from another site': { 'Sec-Fetch-Site': 'cross-site' },
    'from a sibling host': { 'Sec-Fetch-Site': 'same-site' },
    'typed into the address bar': { 'Sec-Fetch-Site': 'none' },
    'from an old browser or a program': { 'Sec-Fetch-Site': undefined },
    'of a foreign origin': { Origin: 'https://attacker.example' },
    'of an opaque origin': { Origin: 'null' },
  };
  for (const [name, change] of Object.entries(forged))
    test(`a change ${name} is refused, whoever is signed in`, async () => {
      const headers = { ...asBrowser(world.roles.owner), ...change };
      for (const key of Object.keys(headers)) if (headers[key] === undefined) delete headers[key];
      await compare(
        () => headers,
        () => '403 forbidden',
        { only: changes },
      );
    });

  test('a name that was made to lead here is not the portal, though Host and Origin agree', async () => {
    const { port } = new URL(world.here.portalUrl);
    const host = `attacker.example:${port}`;
    const headers = { ...ownPage, Host: host, Origin: `http://${host}` };
    assert.equal(
      told(await probe({ id: 'createOwner', method: 'POST', path: '/setup' }, headers)),
      '403 forbidden',
    );
    const own = { ...ownPage, Origin: world.here.portalUrl };
    assert.equal(
      told(await probe({ id: 'createOwner', method: 'POST', path: '/setup' }, own)),
      '400 invalid_argument',
    );
  });

  test('a body that a plain form can send is no body', async () => {
    const headers = { ...asBrowser(world.roles.owner), 'Content-Type': 'text/plain' };
    const answer = await call(world.here.portalUrl, 'POST', '/tenants', {
      body: '{"name":"Forged"}',
      headers,
    });
    assert.equal(told(answer), '415 unsupported_media');
  });
});

describe('dangerous acts ask for the password again', limit, () => {
  test('five minutes after it was given, exactly the operations marked in the contract ask', async () => {
    const { owner } = world.roles;
    changeStore(
      world.here,
      `UPDATE admin_session SET authenticated_at = authenticated_at - 301000000 WHERE administrator_id = '${owner.id}'`,
    );
    const alsoAsks = ({ id }) => id === 'beginTotp'; // a new second factor in place of the old one
    await compare(
      () => asBrowser(owner),
      (operation) =>
        operation.fresh || alsoAsks(operation)
          ? '403 reauthentication_required'
          : forRole('owner')(operation),
      { only: notSigningOut },
    );
  });

  test('signing out ends the session, and its cookie opens nothing any more', async () => {
    for (const role of ['helpdesk', 'admin']) {
      const headers = asBrowser(world.roles[role]);
      const signOut = all.find(({ id }) => id === 'signOut');
      assert.equal((await probe(signOut, headers)).status, 204);
      assert.equal(told(await probe(signOut, headers)), '401 unauthenticated');
    }
  });
});

describe('every answer of the API', limit, () => {
  test('stays out of every cache and frames nothing', async () => {
    for (const operation of all.filter(({ method }) => method === 'GET')) {
      const { headers } = await probe(operation, asBrowser(world.roles.auditor));
      assert.equal(headers['cache-control'], 'no-store', operation.id);
      assert.match(headers['content-security-policy'], /frame-ancestors 'none'/, operation.id);
      assert.equal(headers['x-content-type-options'], 'nosniff', operation.id);
      assert.equal(headers['access-control-allow-origin'], undefined, operation.id);
    }
  });
});
