import { useState } from 'preact/hooks';

export interface Draft<T> {
  readonly values: T;
  readonly dirty: boolean;
  readonly set: <K extends keyof T>(key: K) => (value: T[K]) => void;
  readonly discard: () => void;
}

/** A form's own copy of what is stored, until it is saved or discarded. Whoever shows another version remounts the form. */
export function useDraft<T extends object>(stored: T): Draft<T> {
  const [values, setValues] = useState(stored);
  return {
    values,
    dirty: JSON.stringify(values) !== JSON.stringify(stored),
    set: (key) => (value) => setValues((before) => ({ ...before, [key]: value })),
    discard: () => setValues(stored),
  };
}
