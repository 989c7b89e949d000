import { useRef } from 'preact/hooks';
import { newIdempotencyKey } from '../api/client';

/** One key per content of a form: the same content sent again is the same intent, another content is another one. */
export function useIdempotencyKey(): (content: unknown) => string {
  const last = useRef<{ readonly text: string; readonly key: string } | null>(null);
  return (content) => {
    const text = JSON.stringify(content);
    if (last.current?.text !== text) last.current = { text, key: newIdempotencyKey() };
    return last.current.key;
  };
}
