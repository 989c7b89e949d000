/** Event factory, `api` double and confirm server for the Action's tests. */
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

export const action = createRequire(import.meta.url)('../integration/integration.action.js');

export const SECRET = randomBytes(32).toString('base64url');
export const BASE_URL = 'https://mfa.bank.example';
export const PAPE = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';
export const HOST = 'tenant.example';
export const NONCE = '0123456789abcdef0123456789abcdef';
export const STATE = 'st-4_fX~continue';

export function sign(claims, { secret = SECRET, header = { alg: 'HS256', typ: 'JWT' } } = {}) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

export function payloadOf(token) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
}

export function settings(overrides = {}) {
  return {
    BASE_URL,
    INTEGRATION_ID: 'int_demo',
    SESSION_SECRET: SECRET,
    REQUEST_MODE: 'on-demand',
    ...overrides,
  };
}

export function makeEvent({ secrets = settings(), transaction = {}, client = {}, ...rest } = {}) {
  return {
    user: { user_id: 'auth0|alice', email: 'alice@bank.example', name: 'Alice Person' },
    client: { client_id: 'app1', name: 'Harbour Bank', metadata: {}, ...client },
    request: { hostname: HOST, ip: '203.0.113.7', query: {}, body: {} },
    transaction: { id: 'txn_1', protocol: 'oidc-basic-profile', prompt: [], metadata: {}, ...transaction },
    authentication: { methods: [{ name: 'pwd', timestamp: new Date().toISOString() }] },
    secrets,
    ...rest,
  };
}

export const stepUp = (overrides = {}) =>
  makeEvent({ ...overrides, transaction: { acr_values: [PAPE], ...overrides.transaction } });

export const recorded = (ageSeconds, { key = 'url', base = BASE_URL } = {}) => ({
  methods: [
    { [key]: `${base}/methods/face`, timestamp: new Date(Date.now() - ageSeconds * 1000).toISOString() },
  ],
});

/** Remembers every call. `validateToken` checks what Auth0 checks: signature, time, `iss`, `sub` and `state`. */
export function makeApi(event, { canRedirect = true, refreshToken } = {}) {
  const calls = { denied: [], redirects: [], id: {}, access: {}, recorded: [], metadata: {}, refresh: {} };
  const api = {
    access: { deny: (reason) => calls.denied.push(reason) },
    idToken: { setCustomClaim: (name, value) => (calls.id[name] = value) },
    accessToken: { setCustomClaim: (name, value) => (calls.access[name] = value) },
    authentication: { recordMethod: (url) => calls.recorded.push(url) },
    transaction: { setMetadata: (key, value) => (calls.metadata[key] = value) },
    refreshToken: refreshToken ?? { setMetadata: (key, value) => (calls.refresh[key] = value) },
    redirect: {
      canRedirect: () => canRedirect,
      encodeToken: ({ secret, expiresInSeconds = 900, payload }) => {
        const iat = Math.floor(Date.now() / 1000);
        const base = { iat, exp: iat + expiresInSeconds, sub: event.user.user_id, ip: event.request.ip };
        return sign({ iss: event.request.hostname, ...base, ...payload }, { secret });
      },
      sendUserTo: (url, { query }) => calls.redirects.push({ url, query }),
      validateToken: ({ secret, tokenParameterName }) => validate(event, secret, tokenParameterName),
    },
  };
  return { api, calls };
}

function validate(event, secret, name) {
  const parameters = { ...event.request.query, ...event.request.body };
  const token = parameters[name];
  if (!token) throw new Error(`There is no parameter called '${name}' available.`);
  const claims = payloadOf(token);
  assert.equal(token, sign(claims, { secret }), 'signature');
  assert.ok(claims.exp > Date.now() / 1000, 'expired');
  assert.deepEqual([claims.iss, claims.sub, claims.state], [HOST, event.user.user_id, parameters.state]);
  return claims;
}

export function resultClaims(overrides = {}) {
  const iat = Math.floor(Date.now() / 1000);
  return {
    iss: HOST,
    sub: 'auth0|alice',
    aud: 'int_demo',
    iat,
    exp: iat + 60,
    jti: 'jti-1',
    state: STATE,
    purpose: 'auth0-continue',
    transaction_id: 'txn_1',
    verification_id: 'ver_01JABC',
    nonce: NONCE,
    result: 'passed',
    code: 'passed',
    method: 'verified',
    credential_id: 'cred_01J',
    amr: ['face'],
    ...overrides,
  };
}

export function continueEvent({ token, claims, secrets = settings(), ...rest } = {}) {
  const event = makeEvent({ secrets, transaction: { metadata: { countersign_nonce: NONCE } }, ...rest });
  event.request = {
    hostname: HOST,
    ip: '203.0.113.7',
    query: { state: STATE },
    body: { state: STATE, session_token: token ?? sign(resultClaims(claims)) },
  };
  return event;
}

/** The server's side of the confirmation; `reply` may be changed by a test, `received` holds what came in. */
export async function startConfirmServer() {
  const confirm = {
    received: [],
    reply: (response) =>
      response
        .writeHead(200, { 'Content-Type': 'application/json' })
        .end(JSON.stringify({ confirmed: true, method: 'verified', credential_id: 'cred_01J' })),
  };
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    confirm.received.push({
      path: request.url,
      method: request.method,
      type: request.headers['content-type'],
      body: JSON.parse(Buffer.concat(chunks).toString()),
    });
    confirm.reply(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  confirm.baseUrl = `http://127.0.0.1:${server.address().port}`;
  confirm.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return confirm;
}

export async function execute(event, options) {
  const { api, calls } = makeApi(event, options);
  await action.onExecutePostLogin(event, api);
  return calls;
}

export async function resume(event, options) {
  const { api, calls } = makeApi(event, options);
  await action.onContinuePostLogin(event, api);
  return calls;
}

export function assertUntouched(calls) {
  assert.deepEqual(calls.denied, []);
  assert.deepEqual(calls.redirects, []);
  assert.deepEqual(calls.id, {});
  assert.deepEqual(calls.access, {});
}

export function assertDenied(calls, reason) {
  assert.deepEqual(calls.denied, [reason]);
  assert.deepEqual(calls.redirects, []);
  assert.deepEqual(calls.id, {}, 'a denied login carries no claim');
  assert.deepEqual(calls.access, {});
  assert.deepEqual(calls.recorded, [], 'a denied login records no method');
}
