// The built pages with an administration API in memory: quick looks at every state, for tests of the pages alone.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerFor, initialState, problemOf } from './fake-api.mjs';

const dist = resolve(dirname(fileURLToPath(import.meta.url)), '../dist');

/** As the server sends it for the portal. */
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

function bodyOf(request) {
  return new Promise((done) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      done(text === '' ? undefined : JSON.parse(text));
    });
  });
}

function sendFile(path, response) {
  const wanted = join(dist, path);
  const file = extname(path) !== '' && existsSync(wanted) ? wanted : join(dist, 'index.html');
  response.writeHead(extname(path) !== '' && file !== wanted ? 404 : 200, {
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-store',
  });
  response.end(readFileSync(file));
}

/**
 * Listens on 127.0.0.1. `state` may be changed between requests; `overrides` answers "METHOD /path" with a problem, a body,
 * or never (`'hang'`), to show a page while it loads, fails or is forbidden. `more` answers what the fake API does not know. `calls` holds what arrived.
 */
export async function openFakePortal(change = {}) {
  const fake = { state: { ...initialState(), ...change }, overrides: new Map(), calls: [] };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
    if (!pathname.startsWith('/api/admin/v1/')) return sendFile(pathname, response);
    const path = pathname.slice('/api/admin/v1'.length);
    const call = {
      method: request.method,
      path,
      query: searchParams,
      headers: request.headers,
      body: await bodyOf(request),
    };
    fake.calls.push(call);
    const override = fake.overrides.get(`${call.method} ${path}`);
    if (override === 'hang') return;
    const answer =
      override ??
      answerFor(fake.state, call) ??
      fake.state.more?.(call) ??
      problemOf(404, 'not_found', 'There is no such thing');
    const problem = answer.status >= 400;
    response.writeHead(answer.status, {
      'Content-Type': problem ? 'application/problem+json' : (answer.type ?? 'application/json'),
      'Content-Security-Policy': policy,
      ...(answer.etag === undefined ? {} : { ETag: answer.etag }),
      ...answer.headers,
    });
    response.end(
      answer.body === undefined ? undefined : answer.type ? answer.body : JSON.stringify(answer.body),
    );
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    ...fake,
    url: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
