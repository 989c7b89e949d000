/** The `event` object of a post-login Action, built from what oidc-provider knows about the request. */
import { randomUUID } from 'node:crypto';

/** @import { ActionEvent, ActionRequest, AuthenticationMethod } from './types.d.ts' */
/** @import { Directory } from './directory.js' */

/** @type {(value: unknown) => string[]} */
const words = (value) => (typeof value === 'string' ? value.split(' ').filter((word) => word !== '') : []);

/** @type {(responseType: string) => string} */
function protocolOf(responseType) {
  const types = words(responseType);
  if (!types.includes('code')) return 'oidc-implicit-profile';
  return types.length === 1 ? 'oidc-basic-profile' : 'oidc-hybrid-profile';
}

/** Members with one text value: a repeated parameter has no meaning here. @type {(values: object) => Record<string, string>} */
export function textMembers(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string'));
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {{ query: Record<string, string>, body?: Record<string, string> }} parameters
 * @returns {ActionRequest}
 */
export function describeRequest(request, { query, body = {} }) {
  return {
    hostname: request.headers.host ?? '',
    ip: request.socket.remoteAddress ?? '',
    method: request.method ?? 'GET',
    query,
    body,
    user_agent: request.headers['user-agent'],
    language: request.headers['accept-language']?.split(/[,;]/)[0],
  };
}

/**
 * @param {Directory} directory
 * @param {{ userId: string, clientId: string, request: ActionRequest, params: Record<string, any>, protocol?: string,
 *           methods: AuthenticationMethod[], sessionId?: string, refreshMetadata?: Record<string, string> }} login
 * @returns {ActionEvent}
 */
export function buildEvent(directory, login) {
  const { userId, clientId, request, params, methods, sessionId, refreshMetadata } = login;
  const user = directory.user(userId);
  const client = directory.client(clientId);
  if (user === undefined || client === undefined) throw new Error('unknown user or client');
  const acrValues = words(params.acr_values);
  return {
    user: {
      user_id: user.user_id,
      email: user.email,
      name: user.name,
      app_metadata: structuredClone(user.app_metadata ?? {}),
    },
    client: { client_id: clientId, name: client.name ?? clientId, metadata: { ...client.metadata } },
    request,
    transaction: {
      id: randomUUID(),
      protocol: login.protocol ?? protocolOf(params.response_type),
      prompt: words(params.prompt),
      ...(acrValues.length > 0 ? { acr_values: acrValues } : {}),
      requested_scopes: words(params.scope),
      ui_locales: words(params.ui_locales),
      metadata: {},
    },
    authentication: { methods },
    ...(sessionId ? { session: { id: sessionId } } : {}),
    ...(refreshMetadata ? { refresh_token: { client_id: clientId, metadata: refreshMetadata } } : {}),
  };
}
