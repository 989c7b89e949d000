/** Sample bank, demo tenant with the real Action, stand-in for the capture server, and a person at a browser. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { startTenant } from '../../tenant/src/start-tenant.js';
import { Browser } from '../../tenant/test/browser.js';
import { INTEGRATION, startStandIn } from '../../tenant/test/capture-stand-in.js';
import { startApp } from '../src/start-app.js';

const ACTION = fileURLToPath(
  new URL('../../../integrations/auth0-action/integration/integration.action.js', import.meta.url),
);

const USERS = ['alice', 'bob'].map((username) => ({
  user_id: `auth0|${username}`,
  username,
  password: `${username}-password`,
  email: `${username}@harbour.example`,
  name: `${username} <b>`,
}));

const CLIENTS = { onDemand: { id: 'c1', secret: 's1' }, always: { id: 'c2', secret: 's2' } };

export async function startWorld(appOptions = {}) {
  const capture = await startStandIn();
  // Each side must know the other's address: the tenant's port is chosen first, the application tells its own.
  const claimName = `${capture.baseUrl}/amr`;
  const port = await freePort();
  const app = await startApp({
    issuer: `http://127.0.0.1:${port}/`,
    clients: CLIENTS,
    claimName,
    demoUsers: [{ username: 'alice', password: 'alice-password' }],
    ...appOptions,
  });
  const client = ({ id, secret }, path, mode) => ({
    client_id: id,
    client_secret: secret,
    name: 'Harbour Bank',
    redirect_uris: [`${app.url}${path}/callback`],
    post_logout_redirect_uris: [`${app.url}/`],
    metadata: { countersign_mode: mode },
  });
  const tenant = await startTenant({
    port,
    users: USERS,
    clients: [
      client(CLIENTS.onDemand, '/on-demand', 'on-demand'),
      client(CLIENTS.always, '/always', 'always'),
    ],
    action: {
      file: ACTION,
      secrets: {
        BASE_URL: capture.baseUrl,
        INTEGRATION_ID: INTEGRATION,
        SESSION_SECRET: capture.secret,
        REQUEST_MODE: 'on-demand',
      },
    },
  });
  return {
    app,
    capture,
    tenant,
    claimName,
    async close() {
      await app.close();
      await tenant.close();
      await capture.close();
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** What a person sees after following all redirects: path, status, text, and the capture state when one is asked. */
export class Person {
  constructor(world, username = 'alice') {
    this.world = world;
    this.username = username;
    this.browser = new Browser();
  }

  async go(address, options) {
    const target = address.startsWith('http') ? address : `${this.world.app.url}${address}`;
    const { url, response } = await this.browser.follow(target, options);
    const text = await response.text();
    const atCapture = url.origin === this.world.capture.baseUrl;
    return {
      url,
      path: url.pathname,
      status: response.status,
      headers: response.headers,
      text,
      captureState: atCapture ? url.searchParams.get('state') : null,
    };
  }

  post(address, form, options) {
    return this.go(address, { method: 'POST', form, ...options });
  }

  /** Password step of the tenant's login page. */
  async logIn(mode) {
    const page = await this.go(`/${mode}/login`);
    return this.post(page.url.href, { username: this.username, password: `${this.username}-password` });
  }

  showFace(state, overrides = {}) {
    return this.post(`${this.world.tenant.issuer}continue`, this.world.capture.result(state, overrides));
  }

  order(mode, form = {}) {
    return this.post(`/${mode}/transfer`, {
      to: 'Marina Holt',
      amount: '250.00',
      reference: 'Rent',
      ...form,
    });
  }
}

export const tokenOf = (page) =>
  JSON.parse(
    page.text
      .match(/<pre id="id-token">([\s\S]*?)<\/pre>/)[1]
      .replace(/<[^>]+>/g, '')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  );
