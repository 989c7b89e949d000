import { offlineProblem, type Problem, readProblem } from './problem';
import type { paths } from './schema';
import type { AnswerOf, CallExtras, Method, Operation, OptionsOf, PathOf } from './types';

/** Either the answer with its version for `ifMatch`, or what went wrong. Calls never throw. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly etag: string | null }
  | { readonly ok: false; readonly problem: Problem };

/** What the application does when the server asks for more than a call can give. */
export interface Challenges {
  /** The session is missing or over. */
  readonly signedOut: () => void;
  /** A dangerous act needs a fresh proof; true when the person gave it, and the call is then repeated once. */
  readonly reauthenticate: () => Promise<boolean>;
}

interface RawOptions extends CallExtras {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
}

const kBase = '/api/admin/v1';
/** Answers of these paths with 401 mean "wrong password", not "signed out". */
const kSignInPaths: readonly string[] = ['/session', '/session/second-factor', '/session/reauthentication'];

let challenges: Challenges = { signedOut: () => {}, reauthenticate: async () => false };

export function setChallenges(wanted: Challenges): void {
  challenges = wanted;
}

/** A key for one intent of the person: keep it while the same form is sent again. */
export const newIdempotencyKey = (): string => crypto.randomUUID();

/** The address of a call, for links that the browser itself follows (CSV downloads). */
export function addressOf(template: string, options: Pick<RawOptions, 'path' | 'query'> = {}): string {
  const filled = template.replace(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(options.path?.[name] ?? ''),
  );
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(options.query ?? {}))
    if (value !== undefined && value !== null && value !== '') query.set(key, String(value));
  const text = query.toString();
  return `${kBase}${filled}${text === '' ? '' : `?${text}`}`;
}

function headersOf(method: Method, options: RawOptions): Headers {
  const headers = new Headers({ Accept: 'application/json, application/problem+json' });
  if (method !== 'get') headers.set('X-Countersign-Portal', '1');
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  if (options.ifMatch !== undefined) headers.set('If-Match', options.ifMatch);
  if (options.idempotencyKey !== undefined) headers.set('Idempotency-Key', options.idempotencyKey);
  return headers;
}

async function bodyOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (text === '') return undefined;
  const type = answer.headers.get('Content-Type') ?? '';
  return /[/+]json/.test(type) ? JSON.parse(text) : text;
}

async function once(method: Method, template: string, options: RawOptions): Promise<Result<unknown>> {
  try {
    const answer = await fetch(addressOf(template, options), {
      method: method.toUpperCase(),
      headers: headersOf(method, options),
      credentials: 'same-origin',
      redirect: 'error',
      cache: 'no-store',
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const body = await bodyOf(answer);
    if (answer.ok) return { ok: true, value: body, etag: answer.headers.get('ETag') };
    return { ok: false, problem: readProblem(answer.status, body, answer.headers.get('Retry-After')) };
  } catch {
    return { ok: false, problem: offlineProblem };
  }
}

/** A call by its parts; the typed functions below are what pages use. */
export async function call(
  method: Method,
  template: string,
  options: RawOptions = {},
): Promise<Result<unknown>> {
  const first = await once(method, template, options);
  if (first.ok) return first;
  if (first.problem.status === 401 && !(method === 'post' && kSignInPaths.includes(template)))
    challenges.signedOut();
  if (first.problem.code !== 'reauthentication_required') return first;
  return (await challenges.reauthenticate()) ? once(method, template, options) : first;
}

const typed =
  <M extends Method>(method: M) =>
  async <P extends PathOf<M> & keyof paths & string>(
    path: P,
    ...[options]: Record<never, never> extends OptionsOf<Operation<M, P>>
      ? [OptionsOf<Operation<M, P>>?]
      : [OptionsOf<Operation<M, P>>]
  ): Promise<Result<AnswerOf<Operation<M, P>>>> =>
    (await call(method, path, options as RawOptions | undefined)) as Result<AnswerOf<Operation<M, P>>>;

/** `api.get('/users/{user}', { path: { user } })`: paths, parameters, bodies and answers are those of the contract. */
export const api = {
  get: typed('get'),
  post: typed('post'),
  put: typed('put'),
  patch: typed('patch'),
  delete: typed('delete'),
};
