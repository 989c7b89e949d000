/** The pages of one profile: dashboard, transfer with its step-up, receipt. */
import express from 'express';
import { isFreshEnough, isFromLoginSince } from './assurance.js';
import { readOrder } from './bank.js';
import { dashboardPage } from './pages/dashboard.js';
import { landingPage } from './pages/landing.js';
import { layout } from './pages/layout.js';
import { notFoundPage, problemPage } from './pages/problem.js';
import { receiptPage, reviewPage, transferPage } from './pages/transfer.js';
import { PAPE_MULTI_FACTOR } from './profiles.js';

/** @import { ErrorRequestHandler, NextFunction, Request, Response } from 'express' */
/** @import { Bank, Transfer } from './bank.js' */
/** @import { Markup } from './html.js' */
/** @import { AppOptions, Profile } from './types.d.ts' */

/**
 * Both halves of a token that the library has verified, as they were sent.
 * @type {(token: string) => { header: Record<string, unknown>, claims: Record<string, unknown> }}
 */
function decode(token) {
  const [header, claims] = token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  return { header, claims };
}

/**
 * @param {Profile} profile
 * @param {{ profiles: Profile[], bank: Bank, options: AppOptions, url: string }} parts
 */
export function bankRoutes(profile, { profiles, bank, options, url }) {
  const { claimName, stepUpMaxAgeSeconds = 300 } = options;
  const router = express.Router();

  /** @type {(request: Request, title: string, body: Markup, target?: string) => string} */
  const page = (request, title, body, target) => {
    const name = request.oidc.idTokenClaims?.name;
    return layout({ title, body, profile, profiles, target, name });
  };

  /** @type {(request: Request, transfer: Transfer) => boolean} */
  const mayBook = (request, transfer) => {
    const claims = request.oidc.idTokenClaims;
    return profile.id === 'always'
      ? isFromLoginSince(claims, { claimName, sinceSeconds: transfer.requestedAt })
      : isFreshEnough(claims, { claimName, maxAgeSeconds: stepUpMaxAgeSeconds, nowSeconds: bank.now() });
  };

  router.get('/', (request, response) => {
    const { demoUsers } = options;
    response.send(page(request, 'Welcome', landingPage({ profile, demoUsers })));
  });
  router.get('/login', (_request, response) =>
    response.oidc.login({ returnTo: `${profile.path}/dashboard` }),
  );
  router.get('/silent', (_request, response) =>
    response.oidc.login({
      returnTo: `${profile.path}/dashboard?silent=1`,
      authorizationParams: { prompt: 'none' },
    }),
  );

  router.use(['/dashboard', '/transfer', '/receipt'], (request, response, next) => {
    if (request.oidc.isAuthenticated()) next();
    else if (request.method === 'GET') response.oidc.login({ returnTo: request.originalUrl });
    else response.redirect(303, `${profile.path}/`);
  });

  router.get('/dashboard', (request, response) => {
    const { header, claims } = decode(request.oidc.idToken);
    const account = bank.account(String(claims.sub));
    const silent = request.query.silent === '1';
    const body = dashboardPage({ profile, claims, header, claimName, account, silent });
    response.send(page(request, 'Your account', body, 'dashboard'));
  });

  router.get('/transfer', (request, response) => {
    const balance = bank.account(request.oidc.idTokenClaims.sub).cents;
    response.send(page(request, 'Transfer money', transferPage({ profile, balance }), 'transfer'));
  });

  router.post(
    '/transfer',
    sameOrigin(url),
    express.urlencoded({ extended: false, limit: '8kb' }),
    (request, response) => {
      const owner = request.oidc.idTokenClaims.sub;
      const balance = bank.account(owner).cents;
      const { order, problems } = readOrder(request.body, balance);
      if (Object.keys(problems).length > 0) {
        const body = transferPage({ profile, balance, values: request.body, problems });
        response.status(422).send(page(request, 'Error: transfer money', body, 'transfer'));
        return;
      }
      const transfer = bank.request(owner, order);
      const next = mayBook(request, transfer) && profile.id === 'on-demand' ? 'confirm' : 'review';
      response.redirect(303, `${profile.path}/transfer/${transfer.id}/${next}`);
    },
  );

  router.param('transfer', (request, response, next, id) => {
    const transfer = bank.find(request.oidc.idTokenClaims.sub, id);
    if (transfer === undefined) {
      response.status(404).send(page(request, 'Not found', notFoundPage(profile)));
      return;
    }
    request.transfer = transfer;
    next();
  });

  router.get('/transfer/:transfer/review', (request, response) => {
    const declined = request.query.declined === '1';
    response.send(
      page(request, 'Review transfer', reviewPage({ profile, transfer: request.transfer, declined })),
    );
  });

  // Always on: any login check asks for the face. On demand: the application has to ask for it.
  router.get('/transfer/:transfer/verify', (request, response) => {
    const returnTo = `${profile.path}/transfer/${request.transfer.id}/confirm`;
    const authorizationParams = profile.id === 'on-demand' ? { acr_values: PAPE_MULTI_FACTOR } : {};
    response.oidc.login({ returnTo, authorizationParams });
  });

  router.get('/transfer/:transfer/confirm', (request, response) => {
    const { transfer } = request;
    if (transfer.doneAt === null && !mayBook(request, transfer)) {
      response.redirect(303, `${profile.path}/transfer/${transfer.id}/review?declined=1`);
      return;
    }
    bank.execute(transfer);
    response.redirect(303, `${profile.path}/receipt/${transfer.id}`);
  });

  router.get('/receipt/:transfer', (request, response) => {
    if (request.transfer.doneAt === null) response.redirect(303, `${profile.path}/dashboard`);
    else response.send(page(request, 'Receipt', receiptPage({ profile, transfer: request.transfer })));
  });

  /** @type {(request: Request, body: Markup) => string} */
  const problem = (request, body) => page(request, 'Login not finished', body);
  return { router, loginProblem: loginProblem(problem, profile) };
}

/**
 * The library reports a refused login as an error with the provider's codes.
 * @type {(render: (request: Request, body: Markup) => string, profile: Profile) => ErrorRequestHandler}
 */
function loginProblem(render, profile) {
  return (error, request, response, next) => {
    if (response.headersSent || request.oidc === undefined) {
      next(error);
      return;
    }
    const view = {
      profile,
      error: String(error.error ?? ''),
      description: String(error.error_description ?? ''),
    };
    response.status(error.error ? 403 : 500).send(render(request, problemPage(view)));
  };
}

/**
 * Other ports of this host are the same site for a cookie, not the same origin.
 * @param {string} url
 */
function sameOrigin(url) {
  return (
    /** @type {Request} */ request,
    /** @type {Response} */ response,
    /** @type {NextFunction} */ next,
  ) => {
    if (request.headers.origin === url) next();
    else response.status(403).send('This form came from another place.');
  };
}
