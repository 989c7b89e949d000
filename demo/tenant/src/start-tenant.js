/**
 * An identity provider on this machine with the login semantics of Auth0: the protocol comes from the certified
 * oidc-provider, the post-login step runs an unmodified Action file. Everything lives in memory.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { Provider } from 'oidc-provider';
import { createPipeline } from './action-pipeline.js';
import { createDirectory } from './directory.js';
import { createLoginFlow } from './login-flow.js';
import { errorPage } from './pages.js';
import { registerPasswordGrant } from './password-grant.js';
import { providerSettings } from './provider-settings.js';
import { securityHeaders, tenantRoutes } from './routes.js';

/** @import { Tenant, TenantAction, TenantClient, TenantOptions } from './types.d.ts' */

/** One host name everywhere: for a browser `localhost` and `127.0.0.1` are two sites. */
const HOST = '127.0.0.1';
const ACTION_TIME_LIMIT_MS = 20_000;

/**
 * @param {TenantOptions} options
 * @returns {Promise<Tenant>}
 */
export async function startTenant(options) {
  const { port = 0, users, clients, action, laterActions = [], apis = {} } = options;
  const server = createServer();
  server.listen(port, HOST);
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const issuer = `http://${HOST}:${address.port}/`;

  try {
    const directory = createDirectory(users, clients);
    const pipeline = createPipeline([action, ...laterActions], {
      refreshTokenMetadata: options.refreshTokenMetadata ?? true,
      timeLimitMs: options.timeLimitMs ?? ACTION_TIME_LIMIT_MS,
    });
    const flow = createLoginFlow({ directory, pipeline });
    const provider = new Provider(issuer, providerSettings({ directory, flow, apis }));
    registerPasswordGrant(provider, { directory, flow });
    addIdTokenClaims(provider, flow);

    const app = express();
    app.disable('x-powered-by');
    app.use(securityHeaders(formTargets(clients, action)));
    app.use(tenantRoutes({ provider, directory }));
    app.use(provider.callback());
    app.use(showError);
    server.on('request', app);
  } catch (error) {
    server.close();
    throw error;
  }

  return {
    issuer,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * The library has a hook for claims of access tokens only; id tokens get theirs here.
 * @param {Provider} provider
 * @param {import('./login-flow.js').LoginFlow} flow
 */
function addIdTokenClaims(provider, flow) {
  const { IdToken } = /** @type {any} */ (provider);
  const issue = IdToken.prototype.issue;
  IdToken.prototype.issue = function issueWithClaims(/** @type {{ use: string }} */ options) {
    const grantId = this.ctx?.oidc.entities.Grant?.jti;
    if (options.use === 'idtoken' && grantId) {
      for (const [name, value] of Object.entries(flow.forTokens(grantId).idToken)) this.set(name, value);
    }
    return issue.call(this, options);
  };
}

/** @type {(clients: TenantClient[], action: TenantAction) => string[]} */
function formTargets(clients, action) {
  const addresses = clients.flatMap((client) => [
    ...client.redirect_uris,
    ...(client.post_logout_redirect_uris ?? []),
  ]);
  const page = action.secrets?.BASE_URL ?? action.configuration?.BASE_URL;
  if (page && URL.canParse(page)) addresses.push(page);
  return [...new Set(addresses.map((text) => new URL(text).origin))];
}

/** @type {import('express').ErrorRequestHandler} */
function showError(error, _request, response, next) {
  if (response.headersSent) {
    next(error);
    return;
  }
  const expired = error?.error === 'invalid_request';
  response
    .status(400)
    .set('Cache-Control', 'no-store')
    .send(errorPage(expired ? 'invalid_request: this login has expired.' : 'invalid_request'));
}
