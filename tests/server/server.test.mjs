// The running server at its address: health, metrics, files and headers.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { freePort } from '../../demo/countersign-server.mjs';
import { ask, Browser, formOf, integrationOf, place, root, Shared, started } from './support.mjs';

const limit = { timeout: 180_000 };

/** The suite's server and integration. */
const world = {};
const suite = new Shared();
before(async () => {
  world.here = await place(suite);
  world.integration = await integrationOf(world.here);
  await started(world.here);
}, limit);
after(() => suite.close());

const get = (path, headers = {}) => ask(world.here.url + path, { headers });

/** Everything the server says to the bytes of a request that no client library would send. */
function raw(text) {
  return new Promise((done, failed) => {
    const socket = connect(world.here.port, '127.0.0.1', () => socket.end(text));
    let seen = '';
    socket.on('data', (bytes) => {
      seen += bytes;
    });
    socket.on('error', failed);
    socket.on('close', () => done(seen));
  });
}

describe('health and metrics', limit, () => {
  test('healthz says ok and readyz names its checks, all ok', async () => {
    assert.deepEqual((await get('/healthz')).json(), { status: 'ok' });
    const ready = await get('/readyz');
    assert.equal(ready.status, 200);
    assert.deepEqual(ready.json(), {
      status: 'ready',
      checks: { accepting: 'ok', database: 'ok', models: 'ok' },
    });
  });

  test('metrics are well-formed, count routes by their pattern and name no person, tenant or address', async () => {
    await Browser.open(world.here, world.integration, { claims: { sub: 'auth0|metrics-person' } });
    await get('/nowhere/secret-path');
    const answer = await get('/metrics');
    assert.match(answer.headers['content-type'], /^text\/plain; version=0\.0\.4/);
    const lines = answer.text.trimEnd().split('\n');
    const types = new Map();
    const labels = new Set();
    for (const line of lines) {
      const type = line.match(/^# TYPE (\S+) (counter|gauge|histogram)$/);
      if (type) types.set(type[1], type[2]);
      if (line.startsWith('#')) continue;
      const [, name, inside] = line.match(/^([a-z_]+)(?:\{(.*)\})? [0-9.e+-]+$/) ?? assert.fail(line);
      assert.ok(types.has(name) || types.get(name.replace(/_(bucket|sum|count)$/, '')) === 'histogram', line);
      for (const [, label] of (inside ?? '').matchAll(/([a-z]+)="(?:[^"\\]|\\.)*"/g)) labels.add(label);
    }
    assert.ok(
      [...labels].every((label) =>
        ['lane', 'le', 'method', 'reason', 'route', 'server', 'status', 'job', 'outcome'].includes(label),
      ),
      [...labels].join(' '),
    );
    assert.match(answer.text, /^countersign_lane_rejects_total\{lane="request",reason="full"\} 0$/m);
    assert.match(
      answer.text,
      /^countersign_http_requests_total\{method="GET",route="\/a\/\{integration\}\/start",server="public",status="3xx"\} [1-9]/m,
    );
    assert.match(
      answer.text,
      /^countersign_http_requests_total\{method="any",route="none",server="public",status="4xx"\} [1-9]/m,
    );
    assert.doesNotMatch(answer.text, /ten_|int_|ver_|auth0\||secret-path|127\.0\.0\.1/);
  });

  test('a listener of their own takes health and metrics off the public one', async (t) => {
    const port = await freePort();
    const here = await place(t, { ops: { port } });
    await started(here);
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      assert.equal((await ask(here.url + path)).status, 404, path);
      assert.equal((await ask(`http://127.0.0.1:${port}${path}`)).status, 200, path);
    }
    assert.equal((await ask(`http://127.0.0.1:${port}/v/x`)).status, 404);
  });
});

describe('files', limit, () => {
  const script = () => {
    const name = readdirSync(join(root, 'web/capture/dist/assets')).find((file) => file.endsWith('.js'));
    return { path: `/assets/${name}`, bytes: readFileSync(join(root, 'web/capture/dist/assets', name)) };
  };

  test('come in the form the client takes, each with a validator of its own', async () => {
    const { path, bytes } = script();
    const plain = await get(path);
    const zipped = await get(path, { 'Accept-Encoding': 'gzip' });
    const brotli = await get(path, { 'Accept-Encoding': 'gzip, br' });
    assert.deepEqual(
      [plain, zipped, brotli].map(({ headers }) => headers['content-encoding']),
      [undefined, 'gzip', 'br'],
    );
    assert.ok(plain.bytes.equals(bytes));
    assert.ok(gunzipSync(zipped.bytes).equals(bytes));
    assert.ok(brotliDecompressSync(brotli.bytes).equals(bytes));
    assert.equal(new Set([plain, zipped, brotli].map(({ headers }) => headers.etag)).size, 3);
    for (const answer of [plain, zipped, brotli]) {
      assert.equal(answer.headers.vary, 'Accept-Encoding');
      assert.match(answer.headers['content-type'], /^text\/javascript/);
      assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable');
    }
    const refused = await get(path, { 'Accept-Encoding': 'br;q=0, gzip;q=0' });
    assert.equal(refused.headers['content-encoding'], undefined);
  });

  test('are not sent again to a client that has them', async () => {
    const { path } = script();
    const { etag } = (await get(path)).headers;
    const again = await get(path, { 'If-None-Match': `"other", ${etag}` });
    assert.deepEqual([again.status, again.bytes.length, again.headers.etag], [304, 0, etag]);
    assert.equal((await get(path, { 'If-None-Match': '"other"' })).status, 200);
  });

  test('the page itself is asked for anew every time', async () => {
    for (const path of ['/v/ver_01HZZZZZZZZZZZZZZZZZZZZZZZ', '/e/link_expired']) {
      const page = await get(path);
      assert.equal(page.headers['cache-control'], 'no-cache');
      assert.match(page.text, /^<!doctype html>/i);
    }
  });

  test('outside of the folder are out of reach', async () => {
    const ways = [
      '/assets/../index.html',
      '/assets/%2e%2e/index.html',
      '/assets/..%2findex.html',
      '/assets/..%2f..%2fpackage.json',
      '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
      '/assets//etc/passwd',
      '/assets/%2fetc%2fpasswd',
      '/assets/..\\index.html',
      '/assets/..%5cindex.html',
      '/assets/index.html%00.js',
      '/assets/',
      '/assets/.',
      '/../../etc/passwd',
    ];
    for (const way of ways) {
      const answer = await raw(`GET ${way} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 (400|404) /, way);
      assert.doesNotMatch(answer, /root:|<!doctype|"workspaces"/i, way);
    }
  });
});

describe('every answer', limit, () => {
  test('carries the security headers, whatever it is', async () => {
    const browser = await Browser.open(world.here, world.integration);
    await browser.cancel();
    const answers = {
      page: await get('/v/x'),
      error_page: await get('/e/unavailable'),
      health: await get('/healthz'),
      missing: await get('/nowhere'),
      problem: await get('/api/capture/v1/session'),
      start: browser.started,
      file: await get('/return.js'),
      wrong_method: await ask(`${world.here.url}/healthz`, { method: 'DELETE' }),
      refused_page: await ask(`${world.here.url}/v/x/return`, { method: 'POST' }),
      form: await browser.giveBack(),
    };
    for (const [name, { headers }] of Object.entries(answers)) {
      assert.equal(headers['x-content-type-options'], 'nosniff', name);
      assert.equal(headers['referrer-policy'], 'no-referrer', name);
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin', name);
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin', name);
      assert.match(headers['permissions-policy'], /camera=\(self\), microphone=\(\)/, name);
      const policy = Object.fromEntries(
        headers['content-security-policy']
          .split('; ')
          .map((part) => [part.split(' ')[0], part.split(' ').slice(1)]),
      );
      assert.deepEqual(
        [policy['default-src'], policy['frame-ancestors'], policy['base-uri']],
        [["'none'"], ["'none'"], ["'none'"]],
        name,
      );
      assert.deepEqual(policy['script-src'], ["'self'", "'wasm-unsafe-eval'"], name);
      assert.deepEqual(policy['form-action'], name === 'form' ? ['https:'] : ["'self'"], name);
      assert.equal(headers['strict-transport-security'], undefined, `${name}: not over plain HTTP`);
      assert.equal(headers.server, undefined, name);
      assert.equal(headers['access-control-allow-origin'], undefined, name);
    }
    assert.equal(formOf(answers.form.text).fields.state, 'state-1');
  });

  test('to HEAD has the length of GET and no body', async () => {
    for (const path of ['/healthz', '/e/link_expired', '/nowhere']) {
      const [whole, head] = [await get(path), await ask(world.here.url + path, { method: 'HEAD' })];
      assert.deepEqual(
        [head.status, head.headers['content-length'], head.bytes.length],
        [whole.status, whole.headers['content-length'], 0],
        path,
      );
    }
  });

  test('to an unknown path is 404, to a wrong method 405 with what is allowed', async () => {
    for (const path of ['/', '/a', '/v', '/e/', '/api/capture/v1', '/api/capture/v2/session'])
      assert.equal((await get(path)).status, 404, path);
    const wrong = await ask(`${world.here.url}/api/auth0/v1/confirm`);
    assert.deepEqual([wrong.status, wrong.headers.allow], [405, 'POST']);
    const put = await ask(`${world.here.url}/healthz`, { method: 'PUT' });
    assert.equal(put.status, 405);
    assert.match(put.headers.allow, /GET/);
  });

  test('of one connection comes in order and keeps it open', async (t) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    t.after(() => agent.destroy());
    const ports = new Set();
    for (let round = 0; round < 5; ++round) {
      await new Promise((done, failed) => {
        request(`${world.here.url}/healthz`, { agent }, (answer) => {
          ports.add(answer.socket.localPort);
          answer.resume().on('end', done);
        })
          .on('error', failed)
          .end();
      });
    }
    assert.equal(ports.size, 1);
    const head = 'Host: x\r\n';
    const piped = await raw(
      `GET /healthz HTTP/1.1\r\n${head}\r\nGET /nowhere HTTP/1.1\r\n${head}\r\nGET /healthz HTTP/1.1\r\n${head}Connection: close\r\n\r\n`,
    );
    assert.deepEqual(
      [...piped.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status),
      ['200', '404', '200'],
    );
  });

  test('to a broken request is 400 and the end of the connection', async () => {
    const broken = [
      'nonsense\r\n\r\n',
      'GET /healthz HTTP/1.1\r\n\r\n',
      'GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
      'GET http://x/healthz HTTP/1.1\r\nHost: x\r\n\r\n',
      'POST /api/auth0/v1/confirm HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ];
    for (const text of broken) assert.match(await raw(text), /^HTTP\/1\.1 400 /, JSON.stringify(text));
    const long = await raw(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    assert.match(long, /^HTTP\/1\.1 431 /);
  });
});
