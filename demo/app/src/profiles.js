/**
 * The two request modes as two profiles of the same application: each has its own client at the identity provider, its
 * own session and its own addresses. The client library is mounted once per profile, unmodified.
 */
import library from 'express-openid-connect';

/** @import { AppOptions, Profile } from './types.d.ts' */

export const PAPE_MULTI_FACTOR = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

/** @type {Record<'on-demand' | 'always', { title: string, summary: string }>} */
const TEXTS = {
  'on-demand': {
    title: 'On demand',
    summary: 'Log in with your password. Your face is asked for when money moves.',
  },
  always: {
    title: 'Always on',
    summary: 'Every login asks for your face, and so does every transfer.',
  },
};

/** @type {(options: AppOptions) => Profile[]} */
export function readProfiles({ clients }) {
  return [
    { id: 'on-demand', path: '/on-demand', client: clients.onDemand, ...TEXTS['on-demand'] },
    { id: 'always', path: '/always', client: clients.always, ...TEXTS.always },
  ];
}

/**
 * @param {Profile} profile
 * @param {{ url: string, issuer: string, cookieSecret: string }} place
 */
export function profileAuth({ id, path, client }, { url, issuer, cookieSecret }) {
  return library.auth({
    issuerBaseURL: issuer,
    baseURL: `${url}${path}`,
    clientID: client.id,
    clientSecret: client.secret,
    secret: cookieSecret,
    authRequired: false,
    idpLogout: true,
    enableTelemetry: false,
    idTokenSigningAlg: 'RS256',
    authorizationParams: { response_type: 'code', scope: 'openid profile email' },
    routes: { login: false, logout: '/logout', callback: '/callback', postLogoutRedirect: `${url}/` },
    session: { name: `harbour_${id.replace('-', '_')}`, cookie: { path } },
    transactionCookie: { name: `harbour_login_${id.replace('-', '_')}` },
  });
}
