// The built server as an operator and a browser's network stack see it: its program, its files, its sockets.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare, serve } from '../../demo/countersign-server.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const program = process.env.COUNTERSIGN_PROGRAM ?? join(root, 'build/release/bin/countersign');
export const issuer = 'tenant.eu.auth0.com';

/** What a file's tests share and close together; a test's own context does the same for one test. */
export class Shared {
  #closing = [];

  after(step) {
    this.#closing.push(step);
  }

  async close() {
    for (const step of this.#closing) await step();
  }
}

/** A prepared server in a temporary folder; with its owner (a test's context or `Shared`) both end. */
export async function place(owner, settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-server-'));
  const running = [];
  owner.after(async () => {
    for (const server of running) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { ...(await prepare(folder, { settings })), running };
}

/** Starts a prepared server; it ends with the owner of the place at the latest. */
export async function started(prepared) {
  const server = await serve(prepared);
  prepared.running.push(server);
  return server;
}

/** A self-signed certificate for 127.0.0.1 and its key, as PEM files in `folder`; a second one takes the place of the first. */
export function certificate(folder, name) {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const request = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
  ];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = spawnSync('openssl', [...request, ...subject, '-keyout', key, '-out', cert], {
    encoding: 'utf8',
  });
  assert.equal(made.status, 0, made.stderr);
  return { cert, key };
}

/** Runs the program once: exit status, standard output, standard error. */
export function runProgram(words, env = {}) {
  const ended = spawnSync(program, words, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 60_000,
  });
  return { status: ended.status, out: ended.stdout, err: ended.stderr };
}

/** A command that ended with a reason on standard error and nothing on standard output. */
export function refused(ended, text, status = 1) {
  assert.equal(ended.status, status, ended.err);
  assert.equal(ended.out, '');
  assert.match(ended.err, text);
}

/** The command line of a prepared server, as a person types it. */
export const commandLine =
  (prepared) =>
  (...words) =>
    runProgram(['--config', prepared.config, ...words]);

/** A tenant with one integration that returns to `issuer`. */
export async function integrationOf(prepared, ...more) {
  const { tenant_id: tenantId } = await prepared.cli(
    'tenant',
    'create',
    '--name',
    `Tenant ${randomBytes(4).toString('hex')}`,
  );
  const created = await prepared.cli(
    'integration',
    'create',
    '--tenant',
    tenantId,
    '--name',
    'Test',
    '--return-domain',
    issuer,
    ...more,
  );
  return { tenantId, id: created.integration_id, secret: created.session_secret };
}

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWS compact token, HS256 unless the header says otherwise. */
export function sign(claims, secret, header = { alg: 'HS256', typ: 'JWT' }) {
  const body = `${part(header)}.${part(claims)}`;
  const signature =
    header.alg === 'none' ? '' : createHmac('sha256', secret).update(body).digest('base64url');
  return `${body}.${signature}`;
}

export const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
export const signatureHolds = (token, secret) => {
  const [head, body, signature] = token.split('.');
  return createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url') === signature;
};

/** The claims that the Action sends; `change` overrides, an undefined value leaves a claim out. */
export function startClaims(integration, change = {}) {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: issuer,
    sub: 'auth0|anna',
    iat: now,
    exp: now + 120,
    ip: '203.0.113.7',
    purpose: 'countersign-start',
    integration_id: integration.id,
    transaction_id: `txn-${randomBytes(6).toString('hex')}`,
    client_id: 'client-1',
    client_name: 'Harbour Bank',
    nonce: randomBytes(16).toString('hex'),
    mode: 'always',
    locale: 'en',
    ...change,
  };
}

export function startUrl(prepared, integration, token, state = 'state-1') {
  const query = new URLSearchParams({ session_token: token, state });
  return `${prepared.url}/a/${integration.id}/start?${query}`;
}

/** One answer without following redirects, over a connection of its own: no header is added that a test did not give. */
export function ask(url, { method = 'GET', headers = {}, body, agent = false } = {}) {
  return new Promise((done, failed) => {
    const sent = request(url, { method, headers, agent }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('error', failed);
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks);
        done({
          status: answer.statusCode,
          headers: answer.headers,
          bytes,
          text: bytes.toString(),
          json: () => JSON.parse(bytes.toString()),
        });
      });
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

/** What a browser holds after it followed a start link. */
export class Browser {
  constructor(prepared, verification, cookie) {
    Object.assign(this, { prepared, verification, cookie });
  }

  static async open(prepared, integration, { claims = {}, state = 'state-1' } = {}) {
    const sent = startClaims(integration, claims);
    const token = sign(sent, integration.secret);
    const answer = await ask(startUrl(prepared, integration, token, state));
    const verification = answer.headers.location?.match(/^\/v\/(ver_[0-9A-Z]{26})$/)?.[1];
    if (answer.status !== 303 || !verification)
      throw new Error(`start: ${answer.status} ${answer.headers.location}`);
    const browser = new Browser(prepared, verification, answer.headers['set-cookie'][0].split(';')[0]);
    return Object.assign(browser, { sent, token, started: answer });
  }

  headers(more = {}) {
    return { Cookie: this.cookie, 'X-Countersign-Verification': this.verification, ...more };
  }

  /** A request below /api/capture/v1; an object becomes a JSON body. */
  call(method, path, body, headers = {}) {
    const isBytes = Buffer.isBuffer(body);
    const text = body === undefined || isBytes ? body : JSON.stringify(body);
    const type = body === undefined || isBytes ? {} : { 'Content-Type': 'application/json' };
    return ask(`${this.prepared.url}/api/capture/v1/${path}`, {
      method,
      body: text,
      headers: this.headers({ ...type, ...headers }),
    });
  }

  async session() {
    return (await this.call('GET', 'session')).json();
  }

  async consent(change = {}) {
    const { consent } = await this.session();
    const { version, sha256, locale } = consent;
    return this.call('POST', 'consent', { version, sha256, locale, accepted: true, ...change });
  }

  challenge() {
    return this.call('POST', 'challenge', { client: { transport: 'http' } });
  }

  cancel(reason = 'cancelled') {
    return this.call('POST', 'cancel', { reason });
  }

  /** The form post that takes the result. */
  giveBack(headers = {}) {
    return ask(`${this.prepared.url}/v/${this.verification}/return`, {
      method: 'POST',
      body: '',
      headers: { Cookie: this.cookie, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    });
  }
}

const named = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescapeHtml = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_whole, name) => named[name]);

/** Action and fields of the page that posts the result. */
export function formOf(html) {
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  return {
    action: unescapeHtml(html.match(/<form [^>]*action="([^"]*)"/)?.[1] ?? ''),
    fields: Object.fromEntries(fields.map(([, name, value]) => [unescapeHtml(name), unescapeHtml(value)])),
  };
}

/** One picture message with its place in the chain of codes. */
export function frame(
  offer,
  {
    seq = 0,
    phase = 0,
    step = 0,
    picture = Buffer.from('no picture'),
    previous = Buffer.alloc(16),
    key,
  } = {},
) {
  const header = Buffer.alloc(28);
  header.set([1, phase, step, 0]);
  header.writeUInt32LE(seq, 4);
  header.writeDoubleLE(1000 + seq * 200, 8);
  header.writeDoubleLE(1001 + seq * 200, 16);
  header.writeUInt32LE(picture.length, 24);
  const number = Buffer.alloc(4);
  number.writeUInt32LE(seq);
  const content = createHash('sha256').update(header).update(picture).digest();
  const mac = createHmac('sha256', key ?? Buffer.from(offer.mac_key, 'base64url'))
    .update(Buffer.from(offer.nonce, 'base64url'))
    .update(number)
    .update(content)
    .update(previous)
    .digest()
    .subarray(0, 16);
  return Buffer.concat([header, picture, mac]);
}

export const logLines = (prepared) => readFileSync(prepared.logFile, 'utf8').trimEnd().split('\n');

/** A problem document in the promised shape. */
export function problem(answer) {
  const document = answer.json();
  const shape = Object.keys(document).sort().join(' ');
  return { ...document, http: answer.status, type_header: answer.headers['content-type'], shape };
}
