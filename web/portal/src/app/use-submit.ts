import { useState } from 'preact/hooks';
import type { Result } from '../api/client';
import type { Problem } from '../api/problem';

export interface Submission {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Sends once; a second press while the first is under way does nothing. */
  readonly send: <T>(
    call: () => Promise<Result<T>>,
    then: (value: T, etag: string | null) => void,
  ) => Promise<void>;
  readonly clear: () => void;
}

/** The state of a form while it is sent, and the problem it came back with. */
export function useSubmit(): Submission {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    busy,
    problem,
    clear: () => setProblem(null),
    send: async (call, then) => {
      if (busy) return;
      setBusy(true);
      setProblem(null);
      const result = await call();
      setBusy(false);
      if (result.ok) then(result.value, result.etag);
      else setProblem(result.problem);
    },
  };
}
