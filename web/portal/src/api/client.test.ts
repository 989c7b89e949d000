import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addressOf, api, setChallenges } from './client';
import { errorFor } from './problem';

const calls: { readonly url: string; readonly init: RequestInit & { readonly headers: Headers } }[] = [];
let answers: Response[] = [];

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
const problem = (status: number, code: string, more: object = {}) =>
  new Response(
    JSON.stringify({ type: 'about:blank', title: 'No', status, code, reference: 'ref_1', ...more }),
    {
      status,
      headers: { 'Content-Type': 'application/problem+json' },
    },
  );

beforeEach(() => {
  calls.length = 0;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit & { headers: Headers }) => {
    calls.push({ url, init });
    const next = answers.shift();
    if (next === undefined) throw new TypeError('no network');
    return next;
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  setChallenges({ signedOut: () => {}, reauthenticate: async () => false });
});

test('a change carries the header of the portal, its version and its intent; a read carries none of them', async () => {
  answers = [json(200, { items: [] }), json(200, {}, { ETag: '"4"' }), json(201, {})];

  await api.get('/administrators');
  const saved = await api.patch('/settings', {
    body: { retention: { transaction_days: 30 } },
    ifMatch: '"3"',
  });
  await api.post('/tenants', { body: { name: 'Harbour' }, idempotencyKey: 'one-intent' });

  const headers = calls.map(({ init }) => init.headers);
  expect(headers.map((of) => of.get('X-Countersign-Portal'))).toEqual([null, '1', '1']);
  expect(headers.map((of) => of.get('If-Match'))).toEqual([null, '"3"', null]);
  expect(headers.map((of) => of.get('Idempotency-Key'))).toEqual([null, null, 'one-intent']);
  expect(saved).toMatchObject({ ok: true, etag: '"4"' });
});

test('identifiers cannot leave their place in the path', () => {
  expect(addressOf('/users/{user}', { path: { user: '../settings?a=1#b' } })).toBe(
    '/api/admin/v1/users/..%2Fsettings%3Fa%3D1%23b',
  );
  expect(addressOf('/users', { query: { q: 'a&b', status: undefined, cursor: '' } })).toBe(
    '/api/admin/v1/users?q=a%26b',
  );
});

test('the end of the session is noticed, a wrong password at sign-in is not the end of a session', async () => {
  const signedOut = vi.fn();
  setChallenges({ signedOut, reauthenticate: async () => false });
  answers = [problem(401, 'unauthenticated'), problem(401, 'unauthenticated')];

  await api.post('/session', { body: { email: 'a@b.example', password: 'wrong' } });
  expect(signedOut).not.toHaveBeenCalled();
  await api.get('/account');
  expect(signedOut).toHaveBeenCalledOnce();
});

test('a dangerous call is repeated once after the proof, and not at all without it', async () => {
  const reauthenticate = vi.fn().mockResolvedValueOnce(true).mockResolvedValueOnce(false);
  setChallenges({ signedOut: () => {}, reauthenticate });
  answers = [problem(403, 'reauthentication_required'), new Response(null, { status: 204 })];
  expect(await api.delete('/api-keys/{key}', { path: { key: 'key_1' } })).toMatchObject({ ok: true });
  expect(calls).toHaveLength(2);

  answers = [problem(403, 'reauthentication_required')];
  const refused = await api.delete('/api-keys/{key}', { path: { key: 'key_1' } });
  expect(refused).toMatchObject({ ok: false, problem: { code: 'reauthentication_required' } });
  expect(calls).toHaveLength(3);
});

test('what is not an answer becomes a problem: no network, a broken body, an answer of something in between', async () => {
  answers = [];
  expect(await api.get('/account')).toMatchObject({ ok: false, problem: { code: 'offline', status: 0 } });
  answers = [new Response('{', { status: 200, headers: { 'Content-Type': 'application/json' } })];
  expect(await api.get('/account')).toMatchObject({ ok: false, problem: { code: 'offline' } });
  answers = [new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } })];
  expect(await api.get('/account')).toMatchObject({
    ok: false,
    problem: { code: 'unreadable', status: 502 },
  });
});

test('the errors of a problem belong to their fields, whatever else stands in it', async () => {
  const errors = [{ field: 'name', message: 'is too long' }, { field: 7 }, null];
  answers = [problem(422, 'invalid_argument', { errors, detail: 42 })];
  const result = await api.patch('/account', { body: { name: 'x' } });
  if (result.ok) throw new Error('it was refused');
  expect(errorFor(result.problem, 'name')).toBe('is too long');
  expect(errorFor(result.problem, 'email')).toBeUndefined();
  expect(result.problem.detail).toBeUndefined();
});
