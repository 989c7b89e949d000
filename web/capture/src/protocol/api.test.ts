import { describe, expect, it, vi } from 'vitest';
import { createApi, type Fetch } from './api';

const kConsent = { required: true, version: '1', sha256: 'aa', title: 't', paragraphs: [] };
const kSession = {
  verification_id: 'ver_1',
  purpose: 'verification',
  status: 'open',
  code: null,
  application: 'Demo',
  account: 'a',
  locale: 'de',
  consent: { required: false, version: '1', sha256: 'aa', title: 't', paragraphs: ['p', 7] },
  policy: { liveness: 'passive', min_face_fraction: 0.3, max_face_fraction: 0.7 },
  attempts: { used: 1, max: 3 },
  expires_at: 'x',
};

function api(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const fetch = vi.fn<Fetch>(async () => new Response(status === 204 ? null : text, { status, headers }));
  return { api: createApi(fetch, 'ver_1'), fetch };
}

describe('every request', () => {
  it('names the verification and stays on this origin', async () => {
    const { api: client, fetch } = api(200, kSession);
    await client.session();

    const [address, init] = fetch.mock.calls[0] ?? [];
    expect(address).toBe('/api/capture/v1/session');
    expect(new Headers(init?.headers).get('X-Countersign-Verification')).toBe('ver_1');
    expect(init?.credentials).toBe('same-origin');
  });
});

describe('the session', () => {
  it('is read field by field', async () => {
    const reply = await api(200, kSession).api.session();

    expect(reply).toMatchObject({
      ok: true,
      value: {
        locale: 'de',
        consent: { required: false, paragraphs: ['p'] },
        policy: { minFaceFraction: 0.3 },
      },
    });
  });

  it('takes missing details as the careful choice', async () => {
    const bare = { verification_id: 'ver_1', purpose: 'enrolment', status: 'open' };
    const reply = await api(200, bare).api.session();

    expect(reply).toMatchObject({ value: { consent: { required: true }, policy: { liveness: 'both' } } });
  });

  it.each([[{}], ['not json'], [[]], [{ ...kSession, status: 'maybe' }], [{ ...kSession, purpose: 'x' }]])(
    'is a protocol error when the answer is %o',
    async (body) => {
      expect(await api(200, body).api.session()).toMatchObject({
        ok: false,
        problem: { code: 'protocol_error' },
      });
    },
  );
});

describe('a refused request', () => {
  it('keeps the code and the reference for support', async () => {
    const reply = await api(403, { code: 'forbidden', reference: 'req_1' }).api.session();
    expect(reply).toEqual({
      ok: false,
      problem: { code: 'forbidden', reference: 'req_1', retryAfterS: null },
    });
  });

  it('says how long a busy server wants to be left alone', async () => {
    const busy = await api(503, { code: 'queue_full' }, { 'Retry-After': '7' }).api.session();
    expect(busy).toMatchObject({ problem: { retryAfterS: 7 } });
    const silent = await api(503, 'oops').api.session();
    expect(silent).toMatchObject({ problem: { code: 'unavailable', retryAfterS: 5 } });
    const absurd = await api(429, { code: 'rate_limited' }, { 'Retry-After': '99999' }).api.session();
    expect(absurd).toMatchObject({ problem: { retryAfterS: 60 } });
  });

  it('does not promise another try when the attempts are used up', async () => {
    const facts = { userAgentHint: '', cameraLabel: '', transport: 'websocket' } as const;
    const reply = await api(429, { code: 'attempts_used_up' }).api.challenge(facts, false);
    expect(reply).toMatchObject({ problem: { code: 'attempts_used_up', retryAfterS: null } });
  });

  it('tells a lost network from a slow one', async () => {
    const lost = createApi(async () => {
      throw new TypeError('failed');
    }, 'ver_1');
    expect(await lost.session()).toMatchObject({ problem: { code: 'network_lost' } });
    const slow = createApi(async () => {
      throw new DOMException('late', 'TimeoutError');
    }, 'ver_1');
    expect(await slow.session()).toMatchObject({ problem: { code: 'network_slow' } });
  });
});

describe('consent and cancel', () => {
  it('send what was decided', async () => {
    const { api: client, fetch } = api(200, { receipt: 'con_1' });
    expect(await client.consent(kConsent, 'de', true)).toEqual({ ok: true, value: 'con_1' });
    expect(JSON.parse(String(fetch.mock.calls[0]?.[1].body))).toEqual({
      version: '1',
      sha256: 'aa',
      locale: 'de',
      accepted: true,
    });
  });

  it('need a receipt for a yes, none for a no', async () => {
    expect(await api(200, {}).api.consent(kConsent, 'en', true)).toMatchObject({ ok: false });
    expect(await api(200, {}).api.consent(kConsent, 'en', false)).toMatchObject({ ok: true });
  });

  it('treat a verification that has already ended as cancelled, but not a foreign one', async () => {
    expect(await api(409, { code: 'conflict' }).api.cancel('cancelled')).toMatchObject({ ok: true });
    expect(await api(204, '').api.cancel('other_method')).toMatchObject({ ok: true });
    expect(await api(403, { code: 'forbidden' }).api.cancel('cancelled')).toMatchObject({ ok: false });
  });
});

describe('the exchange without WebSocket', () => {
  it('sends frames as bytes and messages as JSON, and drops unknown answers', async () => {
    const { api: client, fetch } = api(200, { messages: [{ type: 'ack', seq: 0 }, { type: 'novel' }] });
    expect(await client.exchange('a b', Uint8Array.of(1))).toEqual({
      ok: true,
      value: [{ type: 'ack', seq: 0 }],
    });
    await client.exchange('a b', { type: 'painted', index: 2 });

    const types = fetch.mock.calls.map(([, init]) => new Headers(init.headers).get('Content-Type'));
    expect(types).toEqual(['application/octet-stream', 'application/json']);
    expect(fetch.mock.calls[0]?.[0]).toBe('/api/capture/v1/frames?ticket=a%20b');
  });

  it('is a protocol error without a list', async () => {
    expect(await api(200, { messages: 'no' }).api.exchange('t', null)).toMatchObject({ ok: false });
  });
});
