// The life of a server: its log, overload, certificates and its end.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { get as getSecure } from 'node:https';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { connect as connectSecure } from 'node:tls';
import { upgrade } from './socket.mjs';
import {
  ask,
  Browser,
  certificate,
  formOf,
  integrationOf,
  logLines,
  place,
  sign,
  startClaims,
  started,
  startUrl,
} from './support.mjs';

const limit = { timeout: 180_000 };
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks every 50 ms, fifty times at most; what it came to. */
async function until(holds, ask) {
  let answer = await ask();
  for (let round = 0; round < 50 && !holds(answer); ++round) {
    await pause(50);
    answer = await ask();
  }
  return answer;
}

describe('the log', limit, () => {
  test('is JSON with request ids, and holds no token, state, cookie, query or person', async (t) => {
    const here = await place(t);
    const integration = await integrationOf(here);
    const server = await started(here);
    const browser = await Browser.open(here, integration, {
      claims: { sub: 'auth0|log-person' },
      state: 'log-state',
    });
    await browser.session();
    await browser.consent();
    const offer = (await browser.challenge()).json();
    await browser.call('POST', `frames?ticket=${offer.ticket}`, Buffer.from('x'));
    await browser.cancel();
    const form = formOf((await browser.giveBack()).text);
    const missing = (await ask(`${here.url}/nowhere?secret-query=1`)).json();
    await server.stop();

    const events = logLines(here).map((line) => JSON.parse(line));
    const requests = events.filter(({ event }) => event === 'http.request');
    assert.ok(requests.length >= 8);
    assert.equal(new Set(requests.map(({ request_id: id }) => id)).size, requests.length);
    for (const line of requests) assert.match(line.request_id, /^[0-9a-f]{20}$/);
    assert.ok(
      events.some((line) => line.event === 'http.problem' && line.reference === missing.reference),
      'the reference a user quotes is found',
    );
    assert.ok(requests.some(({ route, status }) => route === '/a/{integration}/start' && status === 303));

    const text = logLines(here).join('\n');
    const secrets = [
      browser.token,
      browser.cookie.split('=')[1],
      form.fields.session_token,
      integration.secret,
      offer.ticket,
      offer.mac_key,
      offer.nonce,
      browser.sent.nonce,
      'log-state',
      'secret-query',
      'log-person',
      'session_token',
      '/nowhere',
    ];
    for (const secret of secrets) assert.ok(!text.includes(secret), secret);
  });

  test('tells why a start ended on a page, as an error only when the server is at fault', async (t) => {
    const here = await place(t);
    const integration = await integrationOf(here);
    const first = await started(here);
    const start = async (secret) => {
      const answer = await ask(startUrl(here, integration, sign(startClaims(integration), secret)));
      return answer.headers.location;
    };
    assert.equal(await start('x'.repeat(43)), '/e/link_invalid');
    // Another server on the same database wraps everything with a new master key that this one has not read yet.
    await here.cli('keys', 'rotate');
    const config = join(here.folder, 'other.toml');
    writeFileSync(config, readFileSync(here.config, 'utf8').replaceAll(/^port = \d+$/gm, 'port = 0'));
    await (await started({ ...here, config, logFile: join(here.folder, 'other.log') })).stop();
    assert.equal(await start(integration.secret), '/e/unavailable');
    process.kill(first.pid, 'SIGHUP');
    const page = await until(
      (at) => at !== '/e/unavailable',
      () => start(integration.secret),
    );
    assert.match(page, /^\/v\//, 'until it is reloaded');

    const refused = logLines(here)
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === 'start.refused');
    assert.deepEqual(
      refused.map(({ level, code }) => [level, code]),
      [
        ['info', 'unauthenticated'],
        ['error', 'unavailable'],
      ],
    );
    for (const { detail, request_id: id } of refused) {
      assert.match(id, /^[0-9a-f]{20}$/);
      assert.notEqual(detail, '');
    }
  });
});

describe('overload', limit, () => {
  test('is answered at once with 503 and Retry-After, and passes', async (t) => {
    const here = await place(t, { lanes: { request_threads: 1, request_queue: 2 } });
    await started(here);
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask(`${here.url}/readyz`)));
    const refused = answers.filter(({ status }) => status === 503);
    const served = answers.filter(({ status }) => status === 200);
    assert.equal(refused.length + served.length, 40);
    assert.ok(
      served.length >= 1 && refused.length >= 5,
      `${served.length} served, ${refused.length} refused`,
    );
    for (const answer of refused) {
      assert.equal(answer.headers['retry-after'], '1');
      assert.equal(answer.json().code, 'queue_full');
    }
    assert.equal((await ask(`${here.url}/healthz`)).status, 200, 'the edge answers through it');
    assert.equal((await ask(`${here.url}/readyz`)).status, 200);
    const rejects = (await ask(`${here.url}/metrics`)).text.match(
      /^countersign_lane_rejects_total\{lane="request",reason="full"\} (\d+)$/m,
    );
    assert.equal(Number(rejects[1]), refused.length);
  });
});

describe('the master key', limit, () => {
  test('is rotated under way: every login passes, and the former key is dropped', async (t) => {
    const here = await place(t);
    const integration = await integrationOf(here);
    const file = join(here.folder, 'master.key');
    const server = await started(here);
    const passes = async () =>
      (await ask(startUrl(here, integration, sign(startClaims(integration), integration.secret)))).headers
        .location;

    await here.cli('keys', 'rotate');
    assert.match(await passes(), /^\/v\//, 'the server still holds the key that wraps everything');
    process.kill(server.pid, 'SIGHUP');
    const retired = await until(Boolean, async () => {
      assert.match(await passes(), /^\/v\//);
      return here.cli('keys', 'retire').catch(() => null);
    });
    assert.match(retired.master_key_id, /^[0-9a-f]{16}$/);
    assert.match(await passes(), /^\/v\//);

    // A key file that does not belong to the database is not taken.
    const own = readFileSync(file);
    const foreign = await place(t);
    await integrationOf(foreign);
    writeFileSync(file, readFileSync(join(foreign.folder, 'master.key')));
    process.kill(server.pid, 'SIGHUP');
    const failed = await until(Boolean, () =>
      logLines(here).find((line) => line.includes('keys.reload_failed')),
    );
    assert.match(failed, /does not open the key of tenant/);
    assert.match(await passes(), /^\/v\//);
    writeFileSync(file, own);
  });
});

describe('TLS', limit, () => {
  const secure = (url, ca) =>
    new Promise((done, failed) => {
      getSecure(url, { ca, agent: false }, (answer) => {
        const { subject } = answer.socket.getPeerCertificate();
        const protocol = answer.socket.getProtocol();
        answer
          .resume()
          .on('end', () =>
            done({ status: answer.statusCode, headers: answer.headers, name: subject.CN, protocol }),
          );
      }).on('error', failed);
    });

  test('serves the site with HSTS, refuses plain HTTP and old versions, and takes a new certificate on SIGHUP', async (t) => {
    const files = await place(t);
    const { cert, key } = certificate(files.folder, 'first');
    const here = await place(t, { server: { tls_certificate_file: cert, tls_key_file: key } });
    const server = await started(here);
    const url = `https://127.0.0.1:${here.port}/e/link_expired`;
    const first = await secure(url, readFileSync(cert));
    assert.deepEqual([first.status, first.name, first.protocol], [200, 'first', 'TLSv1.3']);
    assert.match(first.headers['strict-transport-security'], /^max-age=31536000/);
    await assert.rejects(ask(`http://127.0.0.1:${here.port}/healthz`));
    const old = new Promise((done) => {
      const socket = connectSecure(
        {
          port: here.port,
          host: '127.0.0.1',
          ca: readFileSync(cert),
          minVersion: 'TLSv1',
          maxVersion: 'TLSv1.1',
          ciphers: 'DEFAULT@SECLEVEL=0',
        },
        () => {
          socket.destroy();
          done('opened');
        },
      );
      socket.on('error', () => done('refused'));
    });
    assert.equal(await old, 'refused');

    certificate(files.folder, 'second');
    process.kill(server.pid, 'SIGHUP');
    const name = await until(
      (seen) => seen !== 'first',
      () =>
        secure(url, [readFileSync(cert)]).then(
          (answer) => answer.name,
          () => 'first',
        ),
    );
    assert.equal(name, 'second');
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
  });

  test('of a proxy counts only when the proxy is trusted', async (t) => {
    const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '203.0.113.9' };
    const stranger = await place(t);
    await started(stranger);
    assert.equal(
      (await ask(`${stranger.url}/healthz`, { headers })).headers['strict-transport-security'],
      undefined,
    );
    const here = await place(t, { server: { trusted_proxies: ['127.0.0.1'] } });
    await started(here);
    assert.match(
      (await ask(`${here.url}/healthz`, { headers })).headers['strict-transport-security'],
      /^max-age=/,
    );
    assert.equal((await ask(`${here.url}/healthz`)).headers['strict-transport-security'], undefined);
  });
});

describe('the end', limit, () => {
  test('SIGTERM closes idle connections and ends with status 0 at once', async (t) => {
    const here = await place(t);
    const server = await started(here);
    const agent = new Agent({ keepAlive: true });
    t.after(() => agent.destroy());
    await ask(`${here.url}/healthz`, { agent });
    const from = Date.now();
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
    assert.ok(Date.now() - from < 3000);
    assert.equal(JSON.parse(logLines(here).at(-1)).event, 'server.stopped');
    await assert.rejects(ask(`${here.url}/healthz`));
  });

  test('SIGTERM lets a request that is under way finish', async (t) => {
    const here = await place(t);
    const server = await started(here);
    const body = '{"confirm_token":"a.b.c"}';
    const asked = { 'Content-Length': body.length, 'Content-Type': 'application/json' };
    const answer = new Promise((done, failed) => {
      const sent = request(
        `${here.url}/api/auth0/v1/confirm`,
        { method: 'POST', agent: false, headers: asked },
        done,
      );
      sent.on('error', failed);
      sent.write(body.slice(0, 10));
      setTimeout(() => process.kill(server.pid, 'SIGTERM'), 200);
      setTimeout(() => sent.end(body.slice(10)), 700);
    });
    const { statusCode, headers } = await answer;
    assert.deepEqual([statusCode, headers.connection], [401, 'close']);
    assert.deepEqual(await server.ended, { code: 0, signal: null });
  });

  test('SIGTERM waits for an open capture no longer than the grace, then says going away', async (t) => {
    const here = await place(t, { shutdown: { grace_seconds: 2 } });
    const integration = await integrationOf(here);
    const server = await started(here);
    const browser = await Browser.open(here, integration);
    await browser.consent();
    const offer = (await browser.challenge()).json();
    const { socket } = await upgrade(browser, offer.ticket);
    await socket.message(({ type }) => type === 'ready');
    const from = Date.now();
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
    const took = Date.now() - from;
    assert.ok(took < 5000, `${took} ms`);
    assert.equal(await socket.ended, 1001);

    await started(here);
    const session = await browser.session();
    assert.deepEqual(
      [session.status, session.attempts.used],
      ['open', 1],
      'the login goes on after the restart',
    );
    assert.equal((await browser.challenge()).status, 200);
  });

  test('a port that is taken is an error with status 1, not a hang', async (t) => {
    const first = await place(t);
    await started(first);
    const here = await place(t, { server: { port: first.port } });
    await assert.rejects(started(here), /the server ended with 1/);
  });
});
