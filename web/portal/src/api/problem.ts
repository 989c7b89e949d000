/** A refused or failed call in the form the pages show: problem+json of the server, or what happened before it answered. */
export interface Problem {
  readonly status: number;
  /** Stable, for decisions: the server's code, or `offline` when no answer came, or `unreadable`. */
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  /** What an administrator quotes to find the request in the log; empty when no server answered. */
  readonly reference: string;
  readonly errors: readonly FieldProblem[];
  readonly retryAfterSeconds?: number;
}

export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

export const offlineProblem: Problem = {
  status: 0,
  code: 'offline',
  title: 'The server cannot be reached',
  reference: '',
  errors: [],
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function fieldProblem(value: unknown): readonly FieldProblem[] {
  if (!isRecord(value)) return [];
  const field = text(value.field);
  const message = text(value.message);
  return field === undefined || message === undefined ? [] : [{ field, message }];
}

/** Reads a problem document; whatever is missing or of another type gets a value that is safe to show. */
export function readProblem(status: number, body: unknown, retryAfter: string | null): Problem {
  const document = isRecord(body) ? body : {};
  const detail = text(document.detail);
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter);
  return {
    status,
    code: text(document.code) ?? (status === 403 ? 'forbidden' : 'unreadable'),
    title: text(document.title) ?? `The server answered with ${status}`,
    reference: text(document.reference) ?? '',
    errors: Array.isArray(document.errors) ? document.errors.flatMap(fieldProblem) : [],
    ...(detail === undefined ? {} : { detail }),
    ...(Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {}),
  };
}

/** The message for one form field, for `Field`'s `error`. */
export function errorFor(problem: Problem | null, field: string): string | undefined {
  return problem?.errors.find((entry) => entry.field === field)?.message;
}

/** One sentence for a toast or a notice. */
export function sentenceOf(problem: Problem): string {
  if (problem.retryAfterSeconds !== undefined && problem.status === 429)
    return `Too many attempts. Try again in ${Math.ceil(problem.retryAfterSeconds)} seconds.`;
  return problem.detail ?? problem.title;
}
