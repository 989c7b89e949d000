// The command line: what each command answers, to people and to programs, and what it refuses.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  ask,
  Browser,
  commandLine,
  integrationOf,
  issuer,
  place,
  refused,
  runProgram,
  sign,
  startClaims,
  started,
  startUrl,
} from './support.mjs';

const limit = { timeout: 120_000 };
const opened = (answer) => answer.status === 303 && answer.headers.location.startsWith('/v/');

describe('command line', limit, () => {
  test('version answers a line or a document', () => {
    assert.match(runProgram(['version']).out, /^countersign \d+\.\d+\.\d+\n$/);
    assert.match(JSON.parse(runProgram(['--json', 'version']).out).version, /^\d+\.\d+\.\d+$/);
  });

  test('an unknown command, no command and a value that is no number end with status 2', async (t) => {
    const cli = commandLine(await place(t));
    assert.equal(cli('bogus').status, 2);
    assert.equal(cli().status, 2);
    assert.equal(cli('tenant').status, 2);
    assert.equal(cli('integration', 'create', '--tenant', 'x', '--attempts', 'many').status, 2);
    assert.equal(cli('subject', 'list', '--tenant', 'x', '--limit', '0').status, 2);
  });

  test('help ends with status 0 and names every command', () => {
    const { status, out } = runProgram(['--help']);
    assert.equal(status, 0);
    for (const word of 'serve migrate doctor keys tenant admin integration subject audit'.split(' '))
      assert.match(out, new RegExp(`\\b${word}\\b`));
  });

  test('a second migrate applies nothing and the files are closed to others', async (t) => {
    const here = await place(t);
    const cli = commandLine(here);
    assert.equal(JSON.parse(cli('--json', 'migrate').out).applied, 0);
    assert.match(cli('migrate').out, /^database +\S+countersign\.db\napplied +0\n$/);
    await here.cli('tenant', 'create', '--name', 'A');
    for (const name of ['countersign.db', 'master.key'])
      assert.equal(statSync(join(here.folder, name)).mode & 0o077, 0, name);
  });

  test('a database without schema is refused with the way out', async (t) => {
    const here = await place(t);
    rmSync(join(here.folder, 'countersign.db'));
    refused(commandLine(here)('tenant', 'list'), /migrate/);
  });

  test('a missing configuration, an unknown key, a wrong type and a value out of range are named', async (t) => {
    refused(
      runProgram(['--config', '/nowhere/countersign.toml', 'tenant', 'list']),
      /\/nowhere\/countersign\.toml/,
    );
    const here = await place(t);
    const file = join(here.folder, 'other.toml');
    const cases = {
      '[server]\nport_number = 1\n': /server\.port_number: unknown key/,
      '[server]\nport = "1"\n': /server\.port: must be an integer/,
      '[server]\nport = 70000\n': /server\.port: must be 0 to 65535, is 70000/,
      '[server]\ntls_key_file = "k.pem"\n': /server\.tls_key_file: certificate and key are given together/,
      '[log]\nlevel = "loud"\n': /log\.level: must be debug, info, warning or error/,
      'port = 1\n': /port: must be a section/,
      '[server\n': /other\.toml line 1/,
    };
    for (const [text, message] of Object.entries(cases)) {
      writeFileSync(file, text);
      refused(runProgram(['--config', file, 'tenant', 'list']), message);
    }
  });

  test('the environment wins over the file and is checked alike', async (t) => {
    const here = await place(t);
    const wrong = runProgram(['--config', here.config, 'tenant', 'list'], { COUNTERSIGN_SERVER_PORT: 'x' });
    refused(wrong, /server\.port: must be an integer/);
    const elsewhere = join(here.folder, 'second.db');
    const made = runProgram(['--config', here.config, '--json', 'migrate'], {
      COUNTERSIGN_DATABASE_PATH: elsewhere,
    });
    assert.equal(JSON.parse(made.out).database, elsewhere);
    assert.ok(existsSync(elsewhere));
  });
});

describe('tenants and integrations on the command line', limit, () => {
  test('a tenant is created once and listed', async (t) => {
    const here = await place(t);
    const cli = commandLine(here);
    const tenant = await here.cli('tenant', 'create', '--name', 'Harbour');
    assert.match(tenant.tenant_id, /^ten_[0-9A-Z]{26}$/);
    assert.deepEqual((await here.cli('tenant', 'list')).tenants, [tenant]);
    assert.match(cli('tenant', 'list').out, new RegExp(`^${tenant.tenant_id}  \\S+  Harbour\n$`));
    refused(cli('tenant', 'create', '--name', 'Harbour'), /^countersign: conflict: /);
    assert.equal(JSON.parse(cli('--json', 'tenant', 'create', '--name', 'Harbour').err).error, 'conflict');
    refused(cli('tenant', 'create', '--name', ''), /invalid_argument: a tenant's name has 1 to 200 bytes/);
    refused(cli('tenant', 'create', '--name', 'x'.repeat(201)), /1 to 200 bytes/);
  });

  test('the secret is printed when it is made and never again', async (t) => {
    const here = await place(t);
    const cli = commandLine(here);
    const { tenantId, secret, id } = await integrationOf(here);
    assert.match(secret, /^[A-Za-z0-9_-]{43}$/);
    const later = [
      cli('integration', 'list', '--tenant', tenantId),
      cli('--json', 'integration', 'list', '--tenant', tenantId),
      cli('--json', 'integration', 'update', '--tenant', tenantId, '--integration', id, '--name', 'New'),
    ];
    for (const { status, out } of later) {
      assert.equal(status, 0);
      assert.doesNotMatch(out, /secret/);
      assert.ok(!out.includes(secret));
    }
    const made = cli('integration', 'create', '--tenant', tenantId, '--return-domain', issuer);
    assert.match(made.out, /session_secret +[A-Za-z0-9_-]{43}\n/);
    assert.match(made.out, /cannot be shown again/);
    assert.ok(!readFileSync(join(here.folder, 'countersign.db')).includes(secret));
  });

  test('settings out of bounds are refused by name and create nothing', async (t) => {
    const here = await place(t);
    const cli = commandLine(here);
    const { tenantId } = await integrationOf(here);
    const create = (...words) => cli('integration', 'create', '--tenant', tenantId, ...words);
    const domain = ['--return-domain', issuer];
    for (const wrong of [
      'https://a.example.com',
      'a.example.com/x',
      'a.example.com:444',
      '*.example.com',
      'example',
      '192.0.2.1',
      'xn--e1afmkfd.example.com',
    ]) {
      refused(create('--return-domain', wrong), /bare host name/);
    }
    refused(create('--return-domain', '127.0.0.1:4000'), /insecure-loopback switch/);
    refused(create(), /return_domains: between 1 and 20/);
    refused(create(...domain, '--liveness', 'none'), /not a liveness policy/);
    refused(create(...domain, '--attempts', '0'), /max_attempts: between 1 and 10/);
    refused(create(...domain, '--attempts', '11'), /max_attempts: between 1 and 10/);
    refused(create(...domain, '--session-minutes', '31'), /between 1 and 30 minutes/);
    refused(create(...domain, '--target-fmr', '0.1'), /target_fmr: between 1e-6 and 1e-3/);
    refused(create(...domain, '--target-fmr', 'nan'), /target_fmr/);
    refused(create(...domain, '--claim-namespace', 'http://x.example'), /claim_namespace: an https URL/);
    refused(cli('integration', 'create', '--tenant', 'nobody', ...domain), /not_found/);
    assert.equal((await here.cli('integration', 'list', '--tenant', tenantId)).integrations.length, 1);
  });

  test('an update changes what is named, keeps the rest and counts the version', async (t) => {
    const here = await place(t);
    const { tenantId, id } = await integrationOf(here, '--attempts', '5', '--liveness', 'active');
    const updated = await here.cli(
      'integration',
      'update',
      '--tenant',
      tenantId,
      '--integration',
      id,
      '--enabled',
      'false',
    );
    assert.deepEqual(
      [updated.enabled, updated.max_attempts, updated.liveness, updated.version],
      [false, 5, 'active', 2],
    );
    const loopback = await here.cli(
      'integration',
      'update',
      '--tenant',
      tenantId,
      '--integration',
      id,
      '--return-domain',
      '127.0.0.1:4000',
      '--allow-insecure-loopback',
      'true',
    );
    assert.deepEqual(loopback.return_domains, ['127.0.0.1:4000']);
    const cli = commandLine(here);
    refused(
      cli('integration', 'update', '--tenant', tenantId, '--integration', 'int_x'),
      /identifier of the form int_/,
    );
    const { tenantId: other } = await integrationOf(here);
    refused(
      cli('integration', 'update', '--tenant', other, '--integration', id, '--enabled', 'true'),
      /not_found/,
    );
  });

  test('after a rotation both secrets start a login within the overlap, without overlap only the new one', async (t) => {
    const here = await place(t);
    const integration = await integrationOf(here);
    const rotate = (minutes) =>
      here.cli(
        'integration',
        'rotate-secret',
        '--tenant',
        integration.tenantId,
        '--integration',
        integration.id,
        '--overlap-minutes',
        minutes,
      );
    await started(here);
    const start = (secret) => ask(startUrl(here, integration, sign(startClaims(integration), secret)));

    const { session_secret: second } = await rotate('10');
    assert.notEqual(second, integration.secret);
    assert.ok(opened(await start(integration.secret)));
    assert.ok(opened(await start(second)));

    const { session_secret: third } = await rotate('0');
    assert.equal((await start(second)).headers.location, '/e/link_invalid');
    assert.ok(opened(await start(third)));
  });

  test('a result is signed with the secret that started the login, so the Action reads it during a rotation', async (t) => {
    const here = await place(t);
    const integration = await integrationOf(here);
    await started(here);
    const browser = await Browser.open(here, integration);
    await here.cli(
      'integration',
      'rotate-secret',
      '--tenant',
      integration.tenantId,
      '--integration',
      integration.id,
      '--overlap-minutes',
      '10',
    );
    await browser.cancel();
    const html = (await browser.giveBack()).text;
    const token = html.match(/name="session_token" value="([^"]+)"/)[1];
    const [head, body, signature] = token.split('.');
    assert.equal(
      sign(
        JSON.parse(Buffer.from(body, 'base64url')),
        integration.secret,
        JSON.parse(Buffer.from(head, 'base64url')),
      ).split('.')[2],
      signature,
    );
  });
});

describe('subjects, keys and audit on the command line', limit, () => {
  test('subjects are listed, shown and deleted; unknown ones are errors', async (t) => {
    const here = await place(t);
    const cli = commandLine(here);
    const integration = await integrationOf(here);
    await started(here);
    for (const name of ['auth0|anna', 'auth0|ben'])
      await Browser.open(here, integration, { claims: { sub: name } });
    const words = ['--tenant', integration.tenantId];
    const { subjects } = await here.cli('subject', 'list', ...words);
    assert.deepEqual(
      subjects.map((item) => [item.external_id, item.enrolled]),
      [
        ['auth0|anna', false],
        ['auth0|ben', false],
      ],
    );
    const page = await here.cli(
      'subject',
      'list',
      ...words,
      '--limit',
      '1',
      '--after',
      subjects[0].subject_id,
    );
    assert.deepEqual(
      page.subjects.map((item) => item.external_id),
      ['auth0|ben'],
    );

    const shown = await here.cli('subject', 'show', ...words, '--subject', 'auth0|anna');
    assert.deepEqual([shown.subject_id, shown.credentials], [subjects[0].subject_id, []]);
    assert.equal(
      (await here.cli('subject', 'delete', ...words, '--subject', shown.subject_id)).deleted,
      true,
    );
    for (const verb of ['show', 'delete', 'unlock']) {
      refused(cli('subject', verb, ...words, '--subject', 'auth0|anna'), /^countersign: (not_found|gone): /);
      refused(cli('subject', verb, ...words, '--subject', 'auth0|nobody'), /^countersign: not_found: /);
    }
    assert.equal((await here.cli('subject', 'list', ...words)).subjects.length, 1);
    const other = await integrationOf(here);
    refused(cli('subject', 'show', '--tenant', other.tenantId, '--subject', 'auth0|ben'), /not_found/);
  });

  test('adapted samples are taken back, one or all, and enrolled ones never', async (t) => {
    const here = await place(t);
    const cli = commandLine(here);
    await here.cli('demo', 'seed', '--tenant', 'Harbour', '--users', '6', '--seed', '8');
    const { subjects } = await here.cli('subject', 'list', '--tenant', 'Harbour');
    const { subject_id: someone } = subjects.find(({ enrolled }) => enrolled);
    const words = ['--tenant', 'Harbour', '--subject', someone];
    const credential = async () =>
      (await here.cli('subject', 'show', ...words)).credentials.find(({ state }) => state === 'active');
    const { credential_id: id, samples } = await credential();
    // As a strong match would have marked them; making one takes a camera.
    const marked = spawnSync('sqlite3', [
      join(here.folder, 'countersign.db'),
      `UPDATE credential_sample SET adapted_at = 1900000000000000 WHERE credential_id = '${id}' AND position > 0`,
    ]);
    assert.equal(marked.status, 0);
    const adapted = (await credential()).adapted_samples;
    assert.equal(adapted.length, samples - 1);

    const forget = (...more) => here.cli('subject', 'forget-adapted', ...words, ...more);
    assert.equal((await forget('--sample', adapted[0].sample_id)).forgotten, 1);
    assert.equal((await forget()).forgotten, samples - 2);
    refused(cli('subject', 'forget-adapted', ...words), /^countersign: not_found: /);
    const left = await credential();
    assert.deepEqual([left.samples, left.adapted_samples], [1, []]);
  });

  test('people are asked to enrol anew, one or all of a model', async (t) => {
    const here = await place(t);
    const cli = commandLine(here);
    await here.cli('demo', 'seed', '--tenant', 'Harbour', '--users', '6', '--seed', '8');
    const words = ['--tenant', 'Harbour'];
    const people = async () =>
      (await here.cli('subject', 'list', ...words)).subjects.filter(({ enrolled }) => enrolled);
    const before = await people();
    assert.ok(before.length > 1);
    const doctor = await here.cli('doctor');
    const { ok, detail } = doctor.checks.find(({ check }) => check === 'templates');
    assert.deepEqual([ok, detail], [true, `users by model: ${before.length} of seeded-noise/1`]);

    const one = before[0].external_id;
    assert.equal(
      (await here.cli('subject', 're-enrol', ...words, '--subject', one)).re_enrolment_requested,
      1,
    );
    refused(cli('subject', 're-enrol', ...words, '--subject', one), /^countersign: not_enrolled: /);
    assert.equal((await people()).length, before.length - 1);

    const all = (model) => here.cli('subject', 're-enrol', ...words, '--model', model);
    assert.equal((await all('other/1')).re_enrolment_requested, 0);
    assert.equal((await all('seeded-noise/1')).re_enrolment_requested, before.length - 1);
    assert.deepEqual(await people(), []);
    assert.equal(cli('subject', 're-enrol', ...words).status, 2, 'nobody is named');
    assert.equal(cli('subject', 're-enrol', ...words, '--subject', one, '--model', 'x').status, 2);
  });

  test('after a rotation of the master key the data opens and the former key file does not', async (t) => {
    const here = await place(t);
    const cli = commandLine(here);
    const integration = await integrationOf(here);
    const file = join(here.folder, 'master.key');
    const former = readFileSync(file);
    const rotated = await here.cli('keys', 'rotate');
    assert.match(rotated.master_key_id, /^[0-9a-f]{16}$/);
    assert.equal(rotated.former_keys, 1);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    refused(cli('keys', 'retire'), /1 tenants and 0 second factors still hang on a former key/);
    const server = await started(here);
    assert.equal((await here.cli('keys', 'retire')).master_key_id, rotated.master_key_id);
    assert.notDeepEqual(readFileSync(file), former);
    assert.ok(
      opened(await ask(startUrl(here, integration, sign(startClaims(integration), integration.secret)))),
    );
    await server.stop();

    writeFileSync(file, former, { mode: 0o600 });
    refused(cli('serve'), /does not open the key of tenant/);
  });

  test('keys from the environment replace the file and are not rotated by the command', async (t) => {
    const here = await place(t);
    const key = Buffer.alloc(32, 7).toString('base64url');
    const env = { COUNTERSIGN_MASTER_KEY: key };
    assert.equal(runProgram(['--config', here.config, 'tenant', 'create', '--name', 'A'], env).status, 0);
    assert.ok(!existsSync(join(here.folder, 'master.key')));
    refused(runProgram(['--config', here.config, 'keys', 'rotate'], env), /put the new key in front/);
    refused(runProgram(['--config', here.config, 'keys', 'retire'], env), /take the former ones out there/);
    const both = { COUNTERSIGN_MASTER_KEY: `${Buffer.alloc(32, 8).toString('base64url')},${key}` };
    assert.equal(runProgram(['--config', here.config, 'tenant', 'list'], both).status, 0);
    refused(
      runProgram(['--config', here.config, 'tenant', 'list'], { COUNTERSIGN_MASTER_KEY: 'short' }),
      /invalid_argument/,
    );
  });

  test('a lost key file stops every command instead of being replaced', async (t) => {
    const here = await place(t);
    const cli = commandLine(here);
    await integrationOf(here);
    const file = join(here.folder, 'master.key');
    rmSync(file);
    for (const words of [['serve'], ['tenant', 'list'], ['keys', 'rotate']])
      refused(cli(...words), /key file \S+ does not exist/);
    assert.ok(!existsSync(file));
  });

  test('the audit chain holds until a row is changed, and the first broken row is named', async (t) => {
    const here = await place(t);
    const cli = commandLine(here);
    const { tenantId, id } = await integrationOf(here);
    await here.cli('integration', 'update', '--tenant', tenantId, '--integration', id, '--attempts', '4');
    const { events, intact } = await here.cli('audit', 'verify', '--tenant', tenantId);
    assert.deepEqual([events, intact], [3, true]);
    assert.match(cli('audit', 'verify', '--tenant', tenantId).out, /intact +true\n/);

    const tamper = spawnSync(
      'sqlite3',
      [join(here.folder, 'countersign.db'), "UPDATE audit_event SET actor = 'nobody' WHERE sequence = 2"],
      { encoding: 'utf8' },
    );
    assert.equal(tamper.status, 0, tamper.stderr);
    refused(cli('audit', 'verify', '--tenant', tenantId), /is broken at event 2/);
    refused(cli('audit', 'verify', '--tenant', 'nobody'), /not_found/);
  });

  test('a removed last row breaks the audit chain too', async (t) => {
    const here = await place(t);
    const { tenantId } = await integrationOf(here);
    spawnSync('sqlite3', [join(here.folder, 'countersign.db'), 'DELETE FROM audit_event WHERE sequence = 2']);
    refused(commandLine(here)('audit', 'verify', '--tenant', tenantId), /broken at event/);
  });
});
