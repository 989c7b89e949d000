/** Harbour Bank: a sample application that asks for a face when it matters. Everything lives in memory. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { openBank } from './bank.js';
import { bankRoutes } from './bank-routes.js';
import { layout } from './pages/layout.js';
import { notFoundPage } from './pages/problem.js';
import { profileAuth, readProfiles } from './profiles.js';

/** @import { App, AppOptions } from './types.d.ts' */

/** One host name everywhere: for a browser `localhost` and `127.0.0.1` are two sites. */
const HOST = '127.0.0.1';
const ASSETS = fileURLToPath(new URL('../assets/', import.meta.url));
const FONT = createRequire(import.meta.url).resolve(
  '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
);

const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
};

/**
 * @param {AppOptions} options
 * @returns {Promise<App>}
 */
export async function startApp(options) {
  const server = createServer();
  server.listen(options.port ?? 0, HOST);
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://${HOST}:${port}`;
  try {
    server.on('request', createApp(options, url));
  } catch (error) {
    server.close();
    throw error;
  }
  return {
    url,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** @type {(options: AppOptions, url: string) => any} */
function createApp(options, url) {
  const profiles = readProfiles(options);
  const [first] = /** @type {[import('./types.d.ts').Profile]} */ (/** @type {unknown} */ (profiles));
  const place = { url, issuer: options.issuer, cookieSecret: randomBytes(32).toString('base64url') };
  const bank = openBank();

  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set(HEADERS);
    next();
  });
  app.use('/assets', express.static(ASSETS, { index: false, maxAge: '1h' }));
  app.get('/assets/inter.woff2', (_request, response) => response.sendFile(FONT));
  app.get('/', (_request, response) => response.redirect(302, `${first.path}/`));
  app.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  for (const profile of profiles) {
    const { router, loginProblem } = bankRoutes(profile, { profiles, bank, options, url });
    app.use(profile.path, profileAuth(profile, place), router, loginProblem);
  }
  app.use((_request, response) => {
    const view = { title: 'Not found', body: notFoundPage(first), profile: first, profiles };
    response.status(404).send(layout(view));
  });
  return app;
}
