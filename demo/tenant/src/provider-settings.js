/** oidc-provider with Auth0's addresses and habits. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { errors } from 'oidc-provider';
import { createMemoryAdapter } from './memory-adapter.js';
import { errorPage, signedOutPage, signOutPage } from './pages.js';
import { createPolicy } from './post-login-prompt.js';

/** @import { Directory } from './directory.js' */
/** @import { LoginFlow } from './login-flow.js' */
/** @import { TenantClient } from './types.d.ts' */

export const PAPE_MULTI_FACTOR = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

function signingKeys() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'demo-1' }] };
}

/** @param {TenantClient} client */
function registration({ metadata: _metadata, name, ...client }) {
  return {
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: client.client_secret ? 'client_secret_basic' : 'none',
    id_token_signed_response_alg: 'RS256',
    ...client,
    client_name: name ?? client.client_id,
  };
}

/** A fresh grant for each login: Auth0 asks no consent of first-party applications. @param {any} ctx */
async function newGrant(ctx) {
  const { oidc } = ctx;
  const grant = new oidc.provider.Grant({
    accountId: oidc.session.accountId,
    clientId: oidc.client.clientId,
  });
  grant.addOIDCScope(oidc.params.scope ?? 'openid');
  for (const [resource, server] of Object.entries(oidc.resourceServers ?? {})) {
    const granted = [...oidc.requestParamScopes].filter((scope) =>
      /** @type {any} */ (server).scopes.has(scope),
    );
    if (granted.length > 0) grant.addResourceScope(resource, granted.join(' '));
  }
  await grant.save();
  return grant;
}

/** @param {Record<string, string[]>} apis */
function resourceIndicators(apis) {
  return {
    enabled: true,
    defaultResource: (/** @type {any} */ ctx) => ctx.oidc.params?.audience,
    useGrantedResource: () => true,
    getResourceServerInfo(/** @type {any} */ _ctx, /** @type {string} */ audience) {
      const scopes = apis[audience];
      if (scopes === undefined) throw new errors.InvalidTarget();
      return {
        audience,
        scope: scopes.join(' '),
        accessTokenFormat: /** @type {const} */ ('jwt'),
        accessTokenTTL: 600,
        jwt: { sign: { alg: /** @type {const} */ ('RS256') } },
      };
    },
  };
}

/** @param {any} ctx @param {LoginFlow} flow */
async function accessTokenClaims(ctx, flow) {
  const { oidc } = ctx;
  const grantId = oidc.entities.Grant?.jti;
  if (oidc.params.grant_type === 'refresh_token') {
    const { refreshMetadata } = flow.forTokens(grantId);
    const outcome = await flow.runAtTokenEndpoint(ctx, {
      userId: oidc.entities.Account.accountId,
      protocol: 'oauth2-refresh-token',
      refreshMetadata,
    });
    if (outcome.kind === 'denied') throw new errors.AccessDenied(outcome.reason);
    if (outcome.kind === 'redirect') throw new errors.AccessDenied('A redirect is not possible here.');
    flow.keepForTokens(grantId, {
      ...outcome.effects,
      refreshMetadata: { ...refreshMetadata, ...outcome.effects.refreshMetadata },
    });
  }
  return flow.forTokens(grantId).accessToken;
}

/**
 * @param {{ directory: Directory, flow: LoginFlow, apis: Record<string, string[]> }} parts
 * @returns {import('oidc-provider').Configuration}
 */
export function providerSettings({ directory, flow, apis }) {
  return {
    adapter: createMemoryAdapter(),
    clients: /** @type {any} */ (directory.clients.map(registration)),
    jwks: /** @type {any} */ (signingKeys()),
    routes: {
      authorization: '/authorize',
      token: '/oauth/token',
      userinfo: '/userinfo',
      jwks: '/.well-known/jwks.json',
      end_session: '/oidc/logout',
      revocation: '/oauth/revoke',
    },
    interactions: {
      policy: createPolicy(flow),
      url: (_ctx, interaction) =>
        `/u/${interaction.prompt.name === 'login' ? 'login' : 'redirect'}/${interaction.uid}`,
    },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      revocation: { enabled: true },
      resourceIndicators: resourceIndicators(apis),
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = signOutPage(form);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = signedOutPage();
        },
      },
    },
    acrValues: [PAPE_MULTI_FACTOR],
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: { openid: ['sub'], profile: ['name', 'nickname'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    // `offline` is written by the router from the scope the application sent: the library removes offline_access
    // unless the user is asked for consent, Auth0 does not.
    extraParams: ['audience', 'organization', 'connection', 'offline'],
    findAccount: (_ctx, userId) => {
      const user = directory.user(userId);
      if (user === undefined) return undefined;
      const { name, username: nickname, email } = user;
      return {
        accountId: userId,
        claims: () => ({ sub: userId, name, nickname, email, email_verified: true }),
      };
    },
    loadExistingGrant: newGrant,
    issueRefreshToken: (ctx, client) =>
      client.grantTypeAllowed('refresh_token') &&
      flow.wantsRefreshToken(/** @type {any} */ (ctx.oidc.entities).Grant?.jti),
    expiresWithSession: () => false,
    extraTokenClaims: (ctx) => accessTokenClaims(ctx, flow),
    pkce: { required: (_ctx, client) => client.tokenEndpointAuthMethod === 'none' },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      short: { signed: true },
      long: { signed: true },
    },
    ttl: {
      Interaction: 600,
      AuthorizationCode: 60,
      IdToken: 600,
      AccessToken: 600,
      Session: 3600,
      Grant: 3600,
      RefreshToken: 3600,
    },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = errorPage(`${out.error}${out.error_description ? `: ${out.error_description}` : ''}`);
    },
  };
}
