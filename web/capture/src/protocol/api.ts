import type { Challenge, Consent, Problem, Session } from '../state/model';
import { parseChallenge, parseMessage, parseSession, type ServerMessage } from './parse';
import { asObject, parseJson, textOf } from './read';

export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };
export type Fetch = (input: string, init: RequestInit) => Promise<Response>;
export type ClientMessage =
  | { readonly type: 'painted'; readonly index: number }
  | { readonly type: 'cancel' };

/** What the page says about itself; the server takes it as a hint for its risk record, never as a fact. */
export interface ClientFacts {
  readonly userAgentHint: string;
  readonly cameraLabel: string;
  readonly transport: 'websocket' | 'http';
}

export interface CaptureApi {
  session(): Promise<Reply<Session>>;
  consent(consent: Consent, locale: string, accepted: boolean): Promise<Reply<string>>;
  challenge(client: ClientFacts, prefersMovement: boolean): Promise<Reply<Challenge>>;
  cancel(reason: 'cancelled' | 'other_method'): Promise<Reply<null>>;
  /** The body is up to four frames, one client message, or nothing (a poll). */
  exchange(
    ticket: string,
    body: Uint8Array<ArrayBuffer> | ClientMessage | null,
  ): Promise<Reply<readonly ServerMessage[]>>;
}

export const kRequestTimeoutMs = 20_000;
const kBase = '/api/capture/v1';
const kDefaultRetryS = 5;

/** One verification's requests. Every failure comes back as a problem with a code; nothing throws. */
export function createApi(fetch: Fetch, verificationId: string): CaptureApi {
  async function request(path: string, init: RequestInit): Promise<Reply<unknown>> {
    const headers = new Headers(init.headers);
    headers.set('X-Countersign-Verification', verificationId);
    headers.set('Accept', 'application/json');
    try {
      const signal = AbortSignal.timeout(kRequestTimeoutMs);
      const response = await fetch(kBase + path, {
        ...init,
        headers,
        signal,
        credentials: 'same-origin',
        cache: 'no-store',
      });
      const body = parseJson(await response.text());
      return response.ok ? { ok: true, value: body } : { ok: false, problem: problemOf(response, body) };
    } catch (error) {
      const slow = error instanceof DOMException && error.name === 'TimeoutError';
      return refused(slow ? 'network_slow' : 'network_lost');
    }
  }

  const post = (path: string, body: unknown) =>
    request(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  return {
    async session() {
      return parsed(await request('/session', { method: 'GET' }), parseSession);
    },
    async consent(consent, locale, accepted) {
      const reply = await post('/consent', {
        version: consent.version,
        sha256: consent.sha256,
        locale,
        accepted,
      });
      return parsed(reply, (json) => textOf(asObject(json), 'receipt') ?? (accepted ? null : ''));
    },
    async challenge({ userAgentHint, cameraLabel, transport }, prefersMovement) {
      const client = { user_agent_hint: userAgentHint, camera_label: cameraLabel, transport };
      const body = prefersMovement ? { client, prefer: 'movement' } : { client };
      return parsed(await post('/challenge', body), parseChallenge);
    },
    async cancel(reason) {
      const reply = await post('/cancel', { reason });
      // A verification that has ended in the meantime needs no cancelling: its own result goes back.
      if (reply.ok || ['conflict', 'gone', 'expired', 'already_used'].includes(reply.problem.code)) {
        return { ok: true, value: null };
      }
      return reply;
    },
    async exchange(ticket, body) {
      const path = `/frames?ticket=${encodeURIComponent(ticket)}`;
      const reply =
        body === null || body instanceof Uint8Array
          ? await request(path, binary(body))
          : await post(path, body);
      return parsed(reply, messagesOf);
    },
  };
}

function binary(body: Uint8Array<ArrayBuffer> | null): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: body ?? '' };
}

function refused(code: string): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { code, reference: null, retryAfterS: null } };
}

function parsed<T>(reply: Reply<unknown>, parse: (json: unknown) => T | null): Reply<T> {
  if (!reply.ok) return reply;
  const value = parse(reply.value);
  return value === null ? refused('protocol_error') : { ok: true, value };
}

function messagesOf(json: unknown): readonly ServerMessage[] | null {
  const messages = asObject(json)?.messages;
  if (!Array.isArray(messages)) return null;
  return messages.map(parseMessage).filter((message) => message !== null);
}

/** `attempts_used_up` is a 429 without a promise; every other 429 and 503 is a server that asks for patience. */
function problemOf(response: Response, body: unknown): Problem {
  const object = asObject(body);
  const code = textOf(object, 'code') ?? (response.status >= 500 ? 'unavailable' : 'protocol_error');
  const busy = response.status === 503 || (response.status === 429 && code !== 'attempts_used_up');
  return { code, reference: textOf(object, 'reference'), retryAfterS: busy ? retryAfter(response) : null };
}

function retryAfter(response: Response): number {
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return Number.isNaN(seconds) ? kDefaultRetryS : Math.min(60, Math.max(1, seconds));
}
