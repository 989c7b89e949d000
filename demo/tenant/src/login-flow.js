/**
 * Auth0's post-login step: runs the pipeline for a login, a resumed login, a refresh or a password grant, and keeps what
 * the Actions asked for until the tokens are made.
 */
import { noEffects } from './action-api.js';
import { buildEvent, describeRequest, textMembers } from './action-event.js';
import { ExpiringMap } from './expiring-map.js';

/** @import { AuthenticationMethod, Effects, Outcome } from './types.d.ts' */
/** @import { Directory } from './directory.js' */

const SUSPENDED_SECONDS = 600;
const SESSION_SECONDS = 3600;
/** A grant lives as long as the refresh token that may be made from it. */
const GRANT_SECONDS = 3600;

/** @param {{ directory: Directory, pipeline: ReturnType<import('./action-pipeline.js').createPipeline> }} parts */
export function createLoginFlow({ directory, pipeline }) {
  const suspended = new ExpiringMap();
  const sessionMethods = new ExpiringMap();
  const grants = new ExpiringMap();
  const offlineGrants = new ExpiringMap();

  /** @type {(sessionId: string, added: AuthenticationMethod[]) => AuthenticationMethod[]} */
  function addMethods(sessionId, added) {
    const names = new Set(added.map(({ name }) => name));
    /** @type {AuthenticationMethod[]} */
    const known = sessionMethods.get(sessionId) ?? [];
    const methods = [...known.filter(({ name }) => !names.has(name)), ...added];
    sessionMethods.set(sessionId, methods, SESSION_SECONDS);
    return methods;
  }

  /** Metadata writes are done even when the login is denied, as at Auth0. @type {(userId: string, effects: Effects) => void} */
  function writeMetadata(userId, effects) {
    const user = directory.user(userId);
    if (user) user.app_metadata = { ...user.app_metadata, ...effects.appMetadata };
  }

  /** @type {(ctx: any) => Promise<Outcome>} */
  async function runInteractive(ctx) {
    const { oidc } = ctx;
    const sessionId = oidc.session.uid;
    const back = oidc.result?.post_login;
    if (back) return resume(back, sessionId);

    if (oidc.result?.login) addMethods(sessionId, [{ name: 'pwd', timestamp: new Date().toISOString() }]);
    const params = oidc.params.toPlainObject();
    const event = buildEvent(directory, {
      userId: oidc.session.accountId,
      clientId: oidc.client.clientId,
      request: describeRequest(ctx.req, { query: textMembers(params) }),
      params,
      methods: addMethods(sessionId, []),
      sessionId,
    });
    return finish(await pipeline.execute(event), event, sessionId);
  }

  /** @type {(back: { transactionId: string, request: any }, sessionId: string) => Promise<Outcome>} */
  async function resume({ transactionId, request }, sessionId) {
    const suspension = suspended.take(transactionId);
    if (suspension === undefined || suspension.event.session?.id !== sessionId) {
      return { kind: 'denied', reason: 'The login has expired.', effects: noEffects() };
    }
    const event = { ...suspension.event, request };
    return finish(await pipeline.resume({ ...suspension, event }), event, sessionId);
  }

  /** @type {(outcome: Outcome, event: import('./types.d.ts').ActionEvent, sessionId?: string) => Outcome} */
  function finish(outcome, event, sessionId) {
    if (outcome.kind === 'redirect') {
      const { index, effects } = outcome;
      suspended.set(event.transaction.id, { index, event, effects }, SUSPENDED_SECONDS);
      return { ...outcome, transactionId: event.transaction.id };
    }
    writeMetadata(event.user.user_id, outcome.effects);
    if (outcome.kind === 'allowed' && sessionId) addMethods(sessionId, outcome.effects.methods);
    return outcome;
  }

  /** @type {(ctx: any, login: { userId: string, protocol: string, refreshMetadata?: Record<string, string> }) => Promise<Outcome>} */
  async function runAtTokenEndpoint(ctx, { userId, protocol, refreshMetadata }) {
    const event = buildEvent(directory, {
      userId,
      clientId: ctx.oidc.client.clientId,
      request: describeRequest(ctx.req, { query: {} }),
      params: {},
      protocol,
      methods: [],
      refreshMetadata,
    });
    return finish(await pipeline.execute(event), event);
  }

  return {
    runInteractive,
    runAtTokenEndpoint,
    /** What the Actions asked for, kept with the grant. @type {(grantId: string, effects: Effects) => void} */
    keepForTokens: (grantId, effects) => grants.set(grantId, effects, GRANT_SECONDS),
    /** @type {(grantId: string) => Effects} */
    forTokens: (grantId) => grants.get(grantId) ?? noEffects(),
    /** @type {(grantId: string) => void} */
    allowRefreshToken: (grantId) => offlineGrants.set(grantId, true, GRANT_SECONDS),
    /** @type {(grantId: string) => boolean} */
    wantsRefreshToken: (grantId) => offlineGrants.get(grantId) === true,
  };
}

/** @typedef {ReturnType<typeof createLoginFlow>} LoginFlow */
