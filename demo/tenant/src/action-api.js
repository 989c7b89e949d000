/** The `api` object of a post-login Action, limited to the calls whose behaviour Auth0 documents and this demo needs. */
import { claimSetter } from './custom-claims.js';
import { signSessionToken, verifySessionToken } from './session-token.js';

/** @import { ActionEvent, Effects } from './types.d.ts' */

const CANNOT_REDIRECT = new Set([
  'oauth2-resource-owner',
  'oauth2-refresh-token',
  'oauth2-password',
  'oauth2-webauthn',
]);
const METADATA_KEY = /^[A-Za-z0-9_-]{1,255}$/;

/** @returns {Effects} what the Actions of one login have asked for so far */
export function noEffects() {
  return { idToken: {}, accessToken: {}, refreshMetadata: {}, appMetadata: {}, methods: [] };
}

/**
 * @param {ActionEvent} event
 * @param {Effects} effects
 * @param {{ phase: 'execute' | 'continue', refreshTokenMetadata: boolean }} options
 */
export function createApi(event, effects, { phase, refreshTokenMetadata }) {
  /** @type {{ denied: string | null, url: string | null }} */
  const decision = { denied: null, url: null };
  const api = {
    access: {
      /** The first reason counts, and the script goes on: only the Action's own `return` stops it. */
      deny(/** @type {string} */ reason) {
        decision.denied ??= String(reason);
        return api;
      },
    },
    idToken: claimSetter(effects.idToken),
    accessToken: claimSetter(effects.accessToken),
    user: {
      setAppMetadata(/** @type {string} */ key, /** @type {unknown} */ value) {
        effects.appMetadata[key] = value;
      },
    },
    transaction: {
      setMetadata(/** @type {string} */ key, /** @type {string | number | boolean | null} */ value) {
        if (value === null) delete event.transaction.metadata[key];
        else event.transaction.metadata[key] = value;
      },
    },
    authentication: { recordMethod: (/** @type {string} */ url) => recordMethod(effects, phase, url) },
    redirect: redirectApi(event, decision),
    ...(refreshTokenMetadata ? { refreshToken: refreshTokenApi(effects) } : {}),
  };
  return { api, decision };
}

/** @type {(effects: Effects, phase: 'execute' | 'continue', url: string) => void} */
function recordMethod(effects, phase, url) {
  if (phase !== 'continue') throw new Error('recordMethod is only available in onContinuePostLogin.');
  if (!/^https?:/.test(url) || !URL.canParse(url)) throw new Error('The method must be a URL.');
  effects.methods.push({ name: url, url, timestamp: new Date().toISOString() });
}

/** @param {Effects} effects */
function refreshTokenApi(effects) {
  return {
    setMetadata(/** @type {string} */ key, /** @type {string | null} */ value) {
      if (!METADATA_KEY.test(key)) throw new Error('Invalid refresh token metadata key.');
      if (value === null) delete effects.refreshMetadata[key];
      else if (typeof value === 'string' && value.length <= 255) effects.refreshMetadata[key] = value;
      else throw new Error('Invalid refresh token metadata value.');
    },
  };
}

/** @type {(event: ActionEvent, decision: { url: string | null }) => object} */
function redirectApi(event, decision) {
  const { request, transaction, user } = event;
  return {
    canRedirect: () => request.query.prompt !== 'none' && !CANNOT_REDIRECT.has(transaction.protocol),
    /** The payload is spread last, so it may overwrite the standard claims: Auth0 does the same. */
    encodeToken({ secret = '', expiresInSeconds = 900, payload = {} }) {
      const iat = Math.floor(Date.now() / 1000);
      const standard = {
        iat,
        iss: request.hostname,
        sub: user.user_id,
        exp: iat + expiresInSeconds,
        ip: request.ip,
      };
      return signSessionToken({ ...standard, ...payload }, secret);
    },
    sendUserTo(/** @type {string} */ address, { query = {} } = {}) {
      const url = new URL(address);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
      decision.url = url.href;
    },
    validateToken({ secret = '', tokenParameterName = 'session_token' }) {
      const parameters = { ...request.query, ...request.body };
      const token = parameters[tokenParameterName];
      if (!token) {
        throw new Error(
          `There is no parameter called '${tokenParameterName}' available in either the POST body or query string.`,
        );
      }
      const state = parameters.state ?? '';
      return verifySessionToken(token, { secret, issuer: request.hostname, subject: user.user_id, state });
    },
  };
}
