// What the portal's API promises about changes: each leaves a trace with a name, none overwrites another's, none is done
// twice, and what was deleted is gone. With the downloads that it hands out.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Administrator, call, person, told } from './administrators.mjs';
import { Browser, issuer, place, Shared, started } from './support.mjs';

const limit = { timeout: 120_000 };
const world = {};
const suite = new Shared();

before(async () => {
  world.here = await place(suite);
  await started(world.here);
  world.owner = await Administrator.first(world.here.portalUrl, { ...person('owner'), name: 'Ada Berg' });
  const { integration, session_secret: secret } = await world.owner.take('POST', '/integrations', {
    return_domains: [issuer],
  });
  world.integration = { id: integration.id, secret };
}, limit);
after(() => suite.close());

/** The user that a login with this External identifier makes. */
async function userNamed(sub) {
  await Browser.open(world.here, world.integration, { claims: { sub } });
  const { items } = await world.owner.take('GET', `/users?q=${encodeURIComponent(sub)}`);
  return items.find(({ external_id: id }) => id === sub).id;
}

/** Gives the user an enrolled sample and one as a strong match adds it, which takes a camera; returns the latter's id. */
function adaptedSampleOf(user) {
  const tenant = `(SELECT tenant_id FROM subject WHERE subject_id = '${user}')`;
  const [credential, sample] = ['cred', 'smp'].map((kind) => `${kind}_01J0000000000000000000000`);
  const statement = `
    INSERT INTO credential (tenant_id, credential_id, subject_id, verification_id, model, state, created_at)
      VALUES (${tenant}, '${credential}0', '${user}', 'ver_01J00000000000000000000000', 'net/1', 'active', 1);
    INSERT INTO credential_sample (tenant_id, sample_id, credential_id, position, sealed, adapted_at)
      VALUES (${tenant}, '${sample}0', '${credential}0', 0, x'00', NULL),
             (${tenant}, '${sample}1', '${credential}0', 1, x'00', 1900000000000000);`;
  const made = spawnSync('sqlite3', [join(world.here.folder, 'countersign.db'), statement], {
    encoding: 'utf8',
  });
  assert.equal(made.status, 0, made.stderr);
  return `${sample}1`;
}

/** The kinds of the audit events that `act` adds, oldest first; each must be the owner's, by name. */
async function traceOf(act) {
  const { owner } = world;
  const before = (await owner.take('GET', '/audit?limit=1')).items[0].sequence;
  await act(owner);
  const { items } = await owner.take('GET', '/audit?limit=20');
  // An open login of somebody who is deleted ends, too; that is the login's event.
  const added = items
    .filter(({ sequence, kind }) => sequence > before && !kind.startsWith('verification.'))
    .reverse();
  for (const { kind, actor, actor_name: name } of added)
    assert.deepEqual([kind, actor, name], [kind, owner.id, owner.name]);
  return added.map(({ kind }) => kind).join(' ');
}

describe('every act of an administrator leaves a trace', limit, () => {
  test('with his name and under its kind', async () => {
    const { owner, integration } = world;
    const user = await userNamed('auth0|traced');
    const at = `/integrations/${integration.id}`;
    const version = async (path) => ({ 'If-Match': (await owner.ask('GET', path)).headers.etag });
    const change = async (path, body) => owner.take('PATCH', path, body, await version(path));
    const acts = {
      'administrator.renamed': () => owner.take('PATCH', '/account', { name: owner.name }),
      'administrator.recovery_codes_renewed': async () => {
        owner.recoveryCodes = (await owner.take('POST', '/account/recovery-codes')).codes;
      },
      'tenant.renamed': () => owner.take('PATCH', '/tenant', { name: 'Harbour Bank AG' }),
      'invitation.created': async () => {
        const made = await owner.take('POST', '/invitations', { email: 'x@harbour.example', role: 'admin' });
        world.invitation = made.invitation.id;
      },
      'invitation.revoked': () => owner.take('DELETE', `/invitations/${world.invitation}`),
      'api_key.created': async () => {
        const { key } = await owner.take('POST', '/api-keys', {
          name: 'Nightly',
          scopes: ['users:read'],
          expires_in_days: null,
        });
        assert.deepEqual([key.created_by, key.expires_at], [owner.name, null]);
        world.key = key.id;
      },
      'api_key.revoked': () => owner.take('DELETE', `/api-keys/${world.key}`),
      'integration.created': async () => {
        const made = await owner.take('POST', '/integrations', { return_domains: [issuer] });
        world.second = made.integration.id;
      },
      'integration.deleted': async () => {
        const path = `/integrations/${world.second}`;
        await owner.take('DELETE', path, undefined, await version(path));
      },
      'integration.updated': () => change(at, { name: 'Renamed' }),
      'integration.secret_rotated': () => owner.take('POST', `${at}/secret`, { overlap_hours: 1 }),
      'integration.simulated': () => owner.take('POST', `${at}/simulations`),
      'subject.notes_changed': () => change(`/users/${user}`, { notes: 'Called on Monday.' }),
      'subject.suspended': () => owner.take('PUT', `/users/${user}/suspension`),
      'subject.unlocked': () => owner.take('DELETE', `/users/${user}/suspension`),
      'credential.adaptation_removed': async () => {
        const sample = adaptedSampleOf(user);
        const { credentials } = await owner.take('DELETE', `/users/${user}/samples/${sample}`);
        assert.deepEqual([credentials[0].samples, credentials[0].adapted_samples], [1, []]);
        const again = await owner.ask('DELETE', `/users/${user}/samples/${sample}`);
        assert.equal(told(again), '404 not_found');
        const enrolled = await owner.ask('DELETE', `/users/${user}/samples/${sample.replace(/.$/, '0')}`);
        assert.equal(told(enrolled), '404 not_found', 'an enrolled one does not go by itself');
      },
      'subject.exported': () => owner.take('GET', `/users/${user}/export`),
      'subject.list_exported': () => owner.ask('GET', '/users/export'),
      'subject.deleted': () => owner.take('DELETE', `/users/${user}`),
      'transaction.list_exported': () => owner.ask('GET', '/transactions/export'),
      'audit.exported': () => owner.ask('GET', '/audit/export'),
      'audit.checked': () => owner.take('POST', '/audit/check'),
      'settings.updated': () => change('/settings', { retention: { transaction_days: 60 } }),
      'settings.mail_changed': () =>
        owner.take('PUT', '/settings/mail', {
          host: '127.0.0.1',
          port: 9,
          security: 'none',
          sender: 'portal@harbour.example',
        }),
      'settings.mail_tested': () => owner.take('POST', '/settings/mail/test'),
      'consent_text.published': () =>
        owner.take('POST', '/consent-texts', {
          version: '2026-1',
          texts: [{ locale: 'en', title: 'Consent', paragraphs: ['We measure your face.'] }],
        }),
    };
    const seen = {};
    for (const [kind, act] of Object.entries(acts)) seen[kind] = await traceOf(act);
    assert.deepEqual(seen, Object.fromEntries(Object.keys(acts).map((kind) => [kind, kind])));
    assert.equal((await owner.take('POST', '/audit/check')).intact, true);
  });
});

test('templates are adapted only where both liveness checks are asked for', limit, async () => {
  const { owner, integration } = world;
  const at = `/integrations/${integration.id}`;
  const patch = async (body) =>
    owner.ask('PATCH', at, body, { 'If-Match': (await owner.ask('GET', at)).headers.etag });
  assert.equal((await owner.take('GET', at)).settings.adapt_templates, false, 'off unless somebody wants it');
  const refused = await patch({ adapt_templates: true, liveness_policy: 'passive' });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /adapt_templates/);
  assert.equal((await patch({ adapt_templates: true })).status, 200);
  assert.equal(
    (await patch({ liveness_policy: 'active' })).status,
    400,
    'nor is a check taken away beneath it',
  );
  assert.equal((await patch({ adapt_templates: false, liveness_policy: 'active' })).status, 200);
});

describe('changes that meet', limit, () => {
  test('a change without the version that it changes is asked for it, one of an older version is refused', async () => {
    const { owner, integration } = world;
    const user = await userNamed('auth0|versions');
    const cases = [
      ['PATCH', `/integrations/${integration.id}`, { name: 'Mine' }],
      ['PATCH', `/users/${user}`, { notes: 'Mine' }],
      ['PATCH', '/settings', { retention: { transaction_days: 30 } }],
    ];
    for (const [method, path, body] of cases) {
      const { etag } = (await owner.ask('GET', path)).headers;
      assert.match(etag, /^"\d+"$/, path);
      assert.equal(told(await owner.ask(method, path, body)), '428 precondition_required', path);
      const change = () => owner.ask(method, path, body, { 'If-Match': etag });
      const answers = await Promise.all([change(), change(), change()]);
      assert.deepEqual(
        answers.map(told).sort(),
        ['200', '412 precondition_failed', '412 precondition_failed'],
        path,
      );
      const done = answers.find(({ status }) => status === 200);
      assert.notEqual(done.headers.etag, etag, path);
      assert.equal((await owner.ask('GET', path)).headers.etag, done.headers.etag, path);
    }
    const gone = await owner.ask('DELETE', `/integrations/${integration.id}`);
    assert.equal(told(gone), '428 precondition_required');
  });

  test('a creation that is sent twice under one key is done once, and its secret is not told again', async () => {
    const { owner } = world;
    const once = { 'Idempotency-Key': 'create-12345' };
    const body = { return_domains: [issuer], name: 'Only one' };
    const answers = [];
    for (let i = 0; i < 2; i += 1) answers.push(await owner.ask('POST', '/integrations', body, once));
    assert.deepEqual(answers.map(told), ['201', '409 idempotency_replayed']);
    const other = await owner.ask('POST', '/integrations', { ...body, name: 'Another' }, once);
    assert.equal(told(other), '409 conflict');
    const { items } = await owner.take('GET', '/integrations?q=Only%20one');
    assert.equal(items.length, 1);

    const twice = { 'Idempotency-Key': 'tenant-12345' };
    const first = await owner.take('POST', '/tenants', { name: 'Globex' }, twice);
    assert.deepEqual(await owner.take('POST', '/tenants', { name: 'Globex' }, twice), first);
    assert.equal(told(await owner.ask('POST', '/tenants', { name: 'Globex' })), '409 conflict');
    assert.equal(
      told(await owner.ask('POST', '/tenants', { name: 'X' }, { 'Idempotency-Key': 'short' })),
      '400 invalid_argument',
    );
  });
});

describe('downloads', limit, () => {
  test('no cell is a formula, and filters count', async () => {
    const { owner } = world;
    for (const sub of ['=1+1', '@SUM(1)', '+49 30', '-x', 'auth0|"quoted"']) await userNamed(sub);
    const answer = await owner.ask('GET', '/users/export');
    assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8');
    assert.equal(answer.headers['content-disposition'], 'attachment; filename="users.csv"');
    for (const cell of [`"'=1+1"`, `"'@SUM(1)"`, `"'+49 30"`, `"'-x"`, '"auth0|""quoted"""'])
      assert.ok(answer.text.includes(`,${cell},`), cell);
    const filtered = await owner.ask('GET', '/users/export?q=auth0%7C%22quoted');
    assert.equal(filtered.text.trimEnd().split('\r\n').length, 2);
    const { text } = await owner.ask('GET', '/transactions/export?user=%3D1%2B1');
    assert.match(text.split('\r\n')[1], /,"'=1\+1",/);
  });

  test('the audit can be checked elsewhere: every event once, in order, each with the hash of the one before', async () => {
    const { text, headers } = await world.owner.ask('GET', '/audit/export');
    assert.equal(headers['content-type'], 'application/jsonl');
    const events = text.trimEnd().split('\n').map(JSON.parse);
    events.forEach((event, index) => {
      assert.equal(event.sequence, index + 1);
      if (index > 0) assert.equal(event.previous_hash, events[index - 1].hash);
    });
  });
});

describe('deleting a user', limit, () => {
  test('certifies it by name and leaves nothing of him in the write-ahead log', async () => {
    const { owner, here, integration } = world;
    const sub = 'auth0|erased-for-good-4711';
    const browser = await Browser.open(here, integration, { claims: { sub } });
    await browser.cancel();
    const page = await browser.giveBack();
    assert.equal(page.status, 200);
    const { items } = await owner.take('GET', `/users?q=${encodeURIComponent(sub)}`);
    const key = items[0].id;

    const certificate = await owner.take('DELETE', `/users/${key}`);

    assert.deepEqual([certificate.user, certificate.deleted_by], [key, owner.name]);
    const event = await owner.take('GET', `/audit?target=${key}&kind=subject.deleted`);
    assert.deepEqual(
      [event.items[0].id, event.items[0].hash],
      [certificate.audit_event, certificate.audit_hash],
    );
    assert.equal(told(await owner.ask('GET', `/users/${key}`)), '404 not_found');
    const log = readFileSync(join(here.folder, 'countersign.db-wal'));
    assert.ok(!log.includes(sub), 'the write-ahead log was emptied');
  });
});

describe('a key of a program', limit, () => {
  test('is named in the trail, and its answer says who it was', async () => {
    const { owner, here } = world;
    const { value } = await owner.take('POST', '/api-keys', { name: 'Leavers', scopes: ['users:write'] });
    const user = await userNamed('auth0|leaver');
    const headers = { Authorization: `Bearer ${value}` };
    const { deleted_by: by } = (await call(here.portalUrl, 'DELETE', `/users/${user}`, { headers })).json();
    assert.equal(by, 'API key Leavers');
    const { items } = await owner.take('GET', `/audit?target=${user}`);
    assert.equal(items[0].actor_name, 'API key Leavers');
  });
});
