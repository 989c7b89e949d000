/** The tenant's own addresses: the login page, the way out to an Action's page, and /continue, the way back. */
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { describeRequest, textMembers } from './action-event.js';
import { ExpiringMap } from './expiring-map.js';
import { errorPage, loginPage } from './pages.js';

/** @import { Request, Response, NextFunction } from 'express' */
/** @import { Directory } from './directory.js' */

const STATE_SECONDS = 600;
const CSS = fileURLToPath(new URL('../assets/tenant.css', import.meta.url));
const FONT = createRequire(import.meta.url).resolve(
  '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
);

/**
 * Chromium applies form-action to the redirects after a form too: from the login page they lead on to the Action's
 * page and to the application.
 * @param {string[]} targets origins
 */
export function securityHeaders(targets) {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    `form-action ${["'self'", ...targets].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
  return (
    /** @type {Request} */ _request,
    /** @type {Response} */ response,
    /** @type {NextFunction} */ next,
  ) => {
    response.set({
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    });
    next();
  };
}

/** Express 4 does not see a rejected promise by itself. @type {(handler: (request: Request, response: Response) => Promise<void>) => import('express').RequestHandler} */
const safely = (handler) => (request, response, next) => {
  handler(request, response).catch(next);
};

/**
 * @param {{ provider: import('oidc-provider').Provider, directory: Directory }} parts
 */
export function tenantRoutes({ provider, directory }) {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: '32kb' });
  const states = new ExpiringMap();

  router.get('/u/tenant.css', (_request, response) => response.sendFile(CSS));
  router.get('/u/inter.woff2', (_request, response) => response.sendFile(FONT));
  // See provider-settings.js, extraParams. The application's own value never counts.
  router.get('/authorize', (request, _response, next) => {
    const url = new URL(request.url, 'http://tenant.invalid');
    url.searchParams.delete('offline');
    const scopes = (url.searchParams.get('scope') ?? '').split(' ');
    if (scopes.includes('offline_access')) url.searchParams.set('offline', '1');
    request.url = `${url.pathname}${url.search}`;
    next();
  });

  router.get(
    '/u/login/:uid',
    safely(async (request, response) => {
      const { params, uid } = await provider.interactionDetails(request, response);
      const application = directory.client(String(params.client_id))?.name ?? String(params.client_id);
      response.set('Cache-Control', 'no-store').send(loginPage({ application, action: `/u/login/${uid}` }));
    }),
  );

  router.post(
    '/u/login/:uid',
    form,
    safely(async (request, response) => {
      const { params, uid } = await provider.interactionDetails(request, response);
      const { username = '', password = '' } = textMembers(request.body);
      const user = directory.authenticate(username, password);
      if (user === null) {
        const application = directory.client(String(params.client_id))?.name ?? String(params.client_id);
        const page = loginPage({ application, action: `/u/login/${uid}`, login: username, failed: true });
        response.status(401).set('Cache-Control', 'no-store').send(page);
        return;
      }
      const result = { login: { accountId: user.user_id } };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    }),
  );

  router.get(
    '/u/redirect/:uid',
    safely(async (request, response) => {
      const { uid, prompt } = await provider.interactionDetails(request, response);
      const { url, transactionId } = prompt.details;
      if (prompt.name !== 'post_login' || typeof url !== 'string') throw new Error('no redirect is pending');
      const state = randomBytes(48).toString('base64url');
      const binding = randomBytes(16).toString('base64url');
      states.set(state, { uid, transactionId, binding }, STATE_SECONDS);
      response.cookie(`continue_${uid}`, binding, {
        path: '/continue',
        httpOnly: true,
        sameSite: 'lax',
        maxAge: STATE_SECONDS * 1000,
      });
      const target = new URL(url);
      target.searchParams.append('state', state);
      response.set('Cache-Control', 'no-store').redirect(302, target.href);
    }),
  );

  router.all(
    '/continue',
    form,
    safely(async (request, response) => {
      const query = textMembers(request.query);
      const body = textMembers(request.body ?? {});
      const state = body.state ?? query.state ?? '';
      const record = states.get(state);
      // The cookie comes first: a stranger with the address must not use up the state of the rightful browser.
      if (record === undefined || cookie(request, `continue_${record.uid}`) !== record.binding) {
        refuse(response);
        return;
      }
      states.delete(state);
      const interaction = await provider.Interaction.find(record.uid);
      if (interaction === undefined) {
        refuse(response);
        return;
      }
      interaction.result = {
        ...interaction.lastSubmission,
        post_login: {
          transactionId: record.transactionId,
          request: describeRequest(request, { query, body: request.method === 'POST' ? body : {} }),
        },
      };
      await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
      response.set('Cache-Control', 'no-store').redirect(302, interaction.returnTo);
    }),
  );

  return router;
}

/** @param {Response} response */
function refuse(response) {
  response.status(400).send(errorPage('invalid_request: this login was already continued or has expired.'));
}

/** @type {(request: Request, name: string) => string | undefined} */
function cookie(request, name) {
  const pairs = (request.headers.cookie ?? '').split(/;\s*/).map((pair) => pair.split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
