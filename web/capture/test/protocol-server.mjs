// A stand-in for the server, for the page's own tests: serves dist with the real headers and speaks docs/protocol/capture.md.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createScript, parseFrames } from './capture-script.mjs';
import { acceptWebSocket } from './websocket.mjs';

const dist = resolve(dirname(fileURLToPath(import.meta.url)), '../dist');
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.ftm': 'application/octet-stream',
};
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
  "connect-src 'self'; worker-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const base = '/api/capture/v1';

export const notice = {
  required: true,
  version: '2026-11-01',
  sha256: 'c0ffee',
  title: 'How Demo Bank uses your face',
  paragraphs: [
    'Demo Bank asks for your face to make sure that it is really you who signs in. For this, pictures from your camera are turned into a template: a list of numbers that describes your face.',
    'The template is stored encrypted and is used for nothing but your sign-in to Demo Bank. The pictures themselves are deleted as soon as the check is done.',
    'Your consent is voluntary. You can withdraw it at any time, and your template is then deleted. Without it you can sign in another way.',
  ],
};

export function sessionView(changes = {}) {
  return {
    verification_id: 'ver_test',
    purpose: 'enrolment',
    status: 'open',
    code: null,
    application: 'Demo Bank',
    account: 'alice@example.test',
    locale: 'en',
    consent: notice,
    policy: { liveness: 'both', min_face_fraction: 0.28, max_face_fraction: 0.8 },
    attempts: { used: 0, max: 3 },
    expires_at: '2026-11-24T09:10:00.000Z',
    ...changes,
  };
}

/** `settings` may be changed while the server runs: session, outcome, problems by path, kind, webSocket, interruptAt. */
export async function startProtocolServer() {
  const settings = {};
  const seen = {};
  const reset = () => {
    Object.assign(settings, {
      session: sessionView(),
      kind: 'colour_sequence',
      webSocket: true,
      interruptAt: null,
      holdAt: null,
      checkMs: 300,
      problems: {},
      missing: null,
      logo: null,
      outcome: { status: 'passed', code: 'passed', attempts_left: 2 },
    });
    Object.assign(seen, {
      consents: [],
      cancels: [],
      challenges: [],
      preferences: [],
      returns: 0,
      logos: 0,
      records: [],
      foreign: [],
    });
  };
  reset();
  const tickets = new Map();
  const polled = new Map();

  function newScript(ticket, send) {
    const script = createScript({
      ...tickets.get(ticket),
      kind: settings.kind,
      steps: 6,
      outcome: settings.outcome,
      interruptAt: settings.interruptAt,
      holdAt: settings.holdAt,
      checkMs: settings.checkMs,
      send,
    });
    tickets.delete(ticket);
    seen.records.push(script.record);
    return script;
  }

  function openChallenge(body) {
    const [ticket, nonce, macKey] = [randomBytes(32).toString('base64url'), randomBytes(16), randomBytes(32)];
    tickets.set(ticket, { nonce, macKey });
    seen.challenges.push(body.client);
    seen.preferences.push(body.prefer);
    return {
      challenge_id: 'chl_test',
      ticket,
      nonce: nonce.toString('base64url'),
      mac_key: macKey.toString('base64url'),
      kind: settings.kind,
      steps: 6,
      commitment: '00',
      expires_in_ms: 20000,
      limits: { max_frames: 60, max_frame_bytes: 200000, max_total_bytes: 1500000, max_side: 1280 },
    };
  }

  function poll(url, type, body) {
    const ticket = url.searchParams.get('ticket');
    if (!polled.has(ticket)) {
      const entry = { messages: [] };
      entry.script = newScript(ticket, (message) => entry.messages.push(message));
      entry.script.start();
      polled.set(ticket, entry);
    }
    const { script, messages } = polled.get(ticket);
    if (type === 'application/json') script.message(JSON.parse(body.toString()));
    else parseFrames(body).forEach(script.frame);
    return { messages: messages.splice(0) };
  }

  function answerApi(url, request, body) {
    const path = url.pathname.slice(base.length);
    const json =
      request.headers['content-type'] === 'application/json' && body.length > 0
        ? JSON.parse(body.toString())
        : null;
    if (request.headers['x-countersign-verification'] !== settings.session.verification_id)
      seen.foreign.push(path);
    switch (path) {
      case '/session':
        return settings.session;
      case '/consent':
        seen.consents.push(json);
        return { receipt: 'con_test' };
      case '/challenge':
        return openChallenge(json);
      case '/cancel':
        seen.cancels.push(json.reason);
        return null;
      case '/frames':
        return poll(url, request.headers['content-type'], body);
      default:
        return undefined;
    }
  }

  function sendFile(response, name) {
    const path = join(dist, name);
    if (!existsSync(path) || settings.missing?.test(name)) return response.writeHead(404).end();
    const immutable = name.startsWith('/assets/');
    response.writeHead(200, {
      'Content-Type': types[extname(name)] ?? 'application/octet-stream',
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Permissions-Policy': 'camera=(self), microphone=(), geolocation=(), display-capture=()',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cache-Control': immutable ? 'public, max-age=31536000, immutable' : 'no-store',
    });
    response.end(readFileSync(path));
  }

  async function handle(request, response) {
    const url = new URL(request.url, 'http://localhost');
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    if (/^\/[ve]\/[^/]+$/.test(url.pathname)) return sendFile(response, '/index.html');
    if (/^\/v\/[^/]+\/return$/.test(url.pathname) && request.method === 'POST') {
      seen.returns += 1;
      return response
        .writeHead(200, { 'Content-Type': 'text/html' })
        .end('<title>returned</title><p id="returned">returned</p>');
    }
    if (!url.pathname.startsWith(base)) return sendFile(response, url.pathname);
    const problem = settings.problems[url.pathname.slice(base.length)];
    if (problem !== undefined) {
      if (problem.once) delete settings.problems[url.pathname.slice(base.length)];
      response.writeHead(problem.status, { 'Content-Type': 'application/problem+json', ...problem.headers });
      return response.end(JSON.stringify({ code: problem.code, title: 'x', reference: 'req_7F3K' }));
    }
    if (url.pathname.startsWith(`${base}/logos/`)) {
      seen.logos += 1;
      response.writeHead(200, {
        'Content-Type': 'image/png',
        'Cache-Control': 'public, max-age=31536000, immutable',
      });
      return response.end(settings.logo);
    }
    const answer = answerApi(url, request, Buffer.concat(chunks));
    if (answer === undefined) return response.writeHead(404).end();
    if (answer === null) return response.writeHead(204).end();
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  }

  const sockets = new Set();
  const server = createServer((request, response) => {
    handle(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  server.on('upgrade', (request, socket) => {
    const url = new URL(request.url, 'http://localhost');
    const valid =
      request.headers['sec-websocket-protocol'] === 'fcap.1' && tickets.has(url.searchParams.get('ticket'));
    if (
      !settings.webSocket ||
      !valid ||
      url.searchParams.get('verification') !== settings.session.verification_id
    )
      return socket.destroy();
    const line = acceptWebSocket(request, socket, 'fcap.1', {
      message: (data) =>
        typeof data === 'string' ? script.message(JSON.parse(data)) : parseFrames(data).forEach(script.frame),
      closed: () => {
        sockets.delete(line);
        script.stop();
      },
    });
    sockets.add(line);
    const script = newScript(url.searchParams.get('ticket'), (message) => {
      line.send(JSON.stringify(message));
      if (message.type === 'result') line.close();
    });
    script.start();
  });
  await new Promise((resolved) => server.listen(0, '127.0.0.1', resolved));
  return {
    origin: `http://localhost:${server.address().port}`,
    settings,
    seen,
    reset,
    dropSockets: () => {
      for (const line of sockets) line.destroy();
    },
    close: () =>
      new Promise((resolved) => {
        server.closeAllConnections();
        server.close(resolved);
      }),
  };
}
