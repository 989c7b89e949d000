import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Result } from './client';
import type { Problem } from './problem';

/** Something that is fetched for a page. While it is fetched again, the value before stays on the screen. */
export type Resource<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T; readonly etag: string | null; readonly refreshing: boolean }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface Loaded<T> {
  readonly resource: Resource<T>;
  readonly reload: () => void;
  /** Puts the answer of a change in place of the value, without another request. */
  readonly replace: (value: T, etag: string | null) => void;
}

/**
 * Fetches when the page opens and whenever `key` changes; the answer of an older key is dropped.
 * `load` should pass the signal on to the call.
 */
export function useResource<T>(key: string, load: (signal: AbortSignal) => Promise<Result<T>>): Loaded<T> {
  const [resource, setResource] = useState<Resource<T>>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    const abort = new AbortController();
    setResource((before) =>
      before.kind === 'ready' ? { ...before, refreshing: true } : { kind: 'loading' },
    );
    void latest.current(abort.signal).then((result) => {
      if (abort.signal.aborted) return;
      if (result.ok)
        setResource({ kind: 'ready', value: result.value, etag: result.etag, refreshing: false });
      else setResource({ kind: 'failed', problem: result.problem });
    });
    return () => abort.abort();
  }, [key, round]);

  const reload = useCallback(() => setRound((before) => before + 1), []);
  const replace = useCallback(
    (value: T, etag: string | null) => setResource({ kind: 'ready', value, etag, refreshing: false }),
    [],
  );
  return { resource, reload, replace };
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

export interface KeySetPages<T, P extends Page<T>> extends Loaded<P> {
  readonly pageNumber: number;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  readonly previous: () => void;
  readonly next: () => void;
}

/** Pages of a list by cursor. A change of `key` (filters, order) starts at the first page. */
export function useKeySet<T, P extends Page<T>>(
  key: string,
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Result<P>>,
): KeySetPages<T, P> {
  const [trail, setTrail] = useState<{ readonly key: string; readonly cursors: readonly string[] }>({
    key,
    cursors: [],
  });
  const cursors = trail.key === key ? trail.cursors : [];
  const cursor = cursors.at(-1);
  const loaded = useResource<P>(`${key}\n${cursor ?? ''}`, (signal) => load(cursor, signal));
  const following = loaded.resource.kind === 'ready' ? loaded.resource.value.next_cursor : null;
  return {
    ...loaded,
    pageNumber: cursors.length + 1,
    hasPrevious: cursors.length > 0,
    hasNext: following !== null,
    previous: () => setTrail({ key, cursors: cursors.slice(0, -1) }),
    next: () => {
      if (following !== null) setTrail({ key, cursors: [...cursors, following] });
    },
  };
}
