import type { components, paths } from './schema';

/** The schemas of the contract by name: `Schema<'Session'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

export type Session = Schema<'Session'>;
export type Role = Schema<'Role'>;

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The paths that have this method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: { responses: unknown } } ? P : never;
}[keyof paths];

export type Operation<M extends Method, P extends keyof paths> = paths[P] extends { [K in M]: infer O }
  ? O
  : never;

type JsonOf<R> = R extends { content: { 'application/json': infer Body } } ? Body : undefined;
type Succeeded = 200 | 201 | 202 | 204;

/** The JSON of whatever success the operation answers with; undefined when it has no body. */
export type AnswerOf<O> = O extends { responses: infer R }
  ? { [S in keyof R & Succeeded]: JsonOf<R[S]> }[keyof R & Succeeded]
  : never;

type Given<O, Part extends 'query' | 'path'> = O extends { parameters: { [K in Part]: infer V } } ? V : never;
type Wanted<O, Part extends 'query' | 'path'> = O extends { parameters: { [K in Part]?: infer V } }
  ? Exclude<V, undefined>
  : never;

type PathPart<O> = [Given<O, 'path'>] extends [never] ? unknown : { readonly path: Given<O, 'path'> };
type QueryPart<O> = [Wanted<O, 'query'>] extends [never] ? unknown : { readonly query?: Wanted<O, 'query'> };
type BodyPart<O> = O extends { requestBody: { content: { 'application/json': infer Body } } }
  ? { readonly body: Body }
  : O extends { requestBody?: infer Maybe }
    ? NonNullable<Maybe> extends { content: { 'application/json': infer Body } }
      ? [NonNullable<Maybe>] extends [never]
        ? unknown
        : { readonly body?: Body }
      : unknown
    : unknown;
type MatchPart<O> = O extends { parameters: { header: { 'If-Match': string } } }
  ? { readonly ifMatch: string }
  : unknown;

export interface CallExtras {
  readonly signal?: AbortSignal;
  /** Repeats of one intent carry one key: the server then acts once. */
  readonly idempotencyKey?: string;
}

export type OptionsOf<O> = PathPart<O> & QueryPart<O> & BodyPart<O> & MatchPart<O> & CallExtras;
