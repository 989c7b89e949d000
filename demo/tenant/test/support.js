/** One tenant, one stand-in server, and the steps of a login as functions. */
import { createHash, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { startTenant } from '../src/start-tenant.js';
import { Browser } from './browser.js';
import { INTEGRATION, startStandIn } from './capture-stand-in.js';

export const ACTION = fileURLToPath(
  new URL('../../../integrations/auth0-action/integration/integration.action.js', import.meta.url),
);
export const PAPE = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';
export const CALLBACK = 'http://127.0.0.1:1/callback';
export const API = 'https://bank.example/api';

export const USERS = [
  {
    user_id: 'auth0|alice',
    username: 'alice',
    password: 'correct-horse',
    email: 'alice@bank.example',
    name: 'Alice',
  },
  {
    user_id: 'auth0|bob',
    username: 'bob',
    password: 'battery-staple',
    email: 'bob@bank.example',
    name: 'Bob',
  },
];

const client = (id, metadata) => ({
  client_id: id,
  client_secret: 'app-secret',
  name: 'Bank',
  redirect_uris: [CALLBACK],
  post_logout_redirect_uris: ['http://127.0.0.1:1/'],
  grant_types: ['authorization_code', 'refresh_token', 'password'],
  metadata,
});

/** @param {{ settings?: object, action?: object, tenant?: object }} options */
export async function startWorld({ settings = {}, action = {}, tenant: options = {} } = {}) {
  const capture = await startStandIn();
  const tenant = await startTenant({
    users: USERS,
    clients: [client('app', {}), client('app-always', { countersign_mode: 'always' })],
    apis: { [API]: ['transfer:funds'] },
    action: {
      file: ACTION,
      secrets: {
        BASE_URL: capture.baseUrl,
        INTEGRATION_ID: INTEGRATION,
        SESSION_SECRET: capture.secret,
        REQUEST_MODE: 'on-demand',
        ...settings,
      },
      ...action,
    },
    ...options,
  });
  return {
    capture,
    tenant,
    claim: `${capture.baseUrl}/amr`,
    issuer: tenant.issuer,
    async close() {
      await tenant.close();
      await capture.close();
    },
  };
}

/** A person at a browser, with one application. */
export function startLogin(world, { browser = new Browser(), clientId = 'app', ...extra } = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const parameters = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid profile email',
    state: 'app-state',
    nonce: 'app-nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...extra,
  };
  const authorize = `${world.issuer}authorize?${new URLSearchParams(parameters)}`;
  const elsewhere = (url) => url.href.startsWith(CALLBACK);
  const outcome = ({ url, response }) => {
    if (url.href.startsWith(CALLBACK)) return { kind: 'callback', ...Object.fromEntries(url.searchParams) };
    if (url.origin === world.capture.baseUrl)
      return { kind: 'capture', state: url.searchParams.get('state') };
    return { kind: 'page', url, status: response.status, response };
  };
  return {
    browser,
    clientId,
    verifier,
    authorize: async () => outcome(await browser.follow(authorize, { stop: elsewhere })),
    /** Fills the login page that `authorize` led to. */
    submit: async (page, username = 'alice', password = 'correct-horse') =>
      outcome(
        await browser.follow(page.url.href, {
          method: 'POST',
          form: { username, password },
          stop: elsewhere,
        }),
      ),
    comeBack: async (form, { browser: other = browser } = {}) =>
      outcome(await other.follow(`${world.issuer}continue`, { method: 'POST', form, stop: elsewhere })),
  };
}

/** Password first, then whatever comes. */
export async function logIn(world, options = {}) {
  const login = startLogin(world, options);
  const { username, password } = options;
  return { login, outcome: await login.submit(await login.authorize(), username, password) };
}

const basic = (clientId) => `Basic ${Buffer.from(`${clientId}:app-secret`).toString('base64')}`;

export async function requestTokens(world, form, clientId = 'app') {
  const response = await fetch(`${world.issuer}oauth/token`, {
    method: 'POST',
    headers: { authorization: basic(clientId) },
    body: new URLSearchParams(form),
  });
  return { status: response.status, ...(await response.json()) };
}

/** @returns the token answer with the claims of the verified ID token */
export async function redeem(world, { login, outcome }) {
  const tokens = await requestTokens(
    world,
    {
      grant_type: 'authorization_code',
      code: outcome.code,
      redirect_uri: CALLBACK,
      code_verifier: login.verifier,
    },
    login.clientId,
  );
  return { ...tokens, claims: await verified(world, tokens.id_token, login.clientId) };
}

export async function verified(world, token, audience = 'app') {
  const keys = createRemoteJWKSet(new URL(`${world.issuer}.well-known/jwks.json`));
  return (await jwtVerify(token, keys, { issuer: world.issuer, audience })).payload;
}
