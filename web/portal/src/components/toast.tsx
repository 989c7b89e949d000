import { useEffect, useState } from 'preact/hooks';
import { Button, IconButton } from './button';
import { Icon } from './icon';

export interface Toast {
  readonly text: string;
  readonly tone?: 'success' | 'danger';
  /** Offers "Undo" while the toast is there. */
  readonly undo?: () => void;
}

interface Shown extends Toast {
  readonly id: number;
}

const kLifetimeMs = 6000;
let shown: readonly Shown[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

const remove = (id: number) => change(shown.filter((toast) => toast.id !== id));

/** Says at the lower edge that something happened. Never the only place of something that must be read. */
export function toast(wanted: Toast): void {
  change([...shown.slice(-2), { ...wanted, id: nextId++ }]);
}

function ToastItem({ toast: item }: { readonly toast: Shown }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => remove(item.id), kLifetimeMs);
    return () => clearTimeout(timer);
  }, [held, item.id]);
  return (
    <li
      class={`toast toast-${item.tone ?? 'success'}`}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <Icon name={item.tone === 'danger' ? 'alert' : 'check'} />
      <span class="toast-text">{item.text}</span>
      {item.undo !== undefined && (
        <Button
          size="s"
          variant="quiet"
          icon="undo"
          onClick={() => {
            remove(item.id);
            item.undo?.();
          }}
        >
          Undo
        </Button>
      )}
      <IconButton size="s" icon="close" label="Dismiss" onClick={() => remove(item.id)} />
    </li>
  );
}

/** The place of the toasts: once per page, always there, so that screen readers announce what is put into it. */
export function Toasts() {
  const [, redraw] = useState(0);
  useEffect(() => {
    const update = () => redraw((count) => count + 1);
    listeners.add(update);
    return () => {
      listeners.delete(update);
    };
  }, []);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.length > 0 && (
        <ul>
          {shown.map((item) => (
            <ToastItem key={item.id} toast={item} />
          ))}
        </ul>
      )}
    </div>
  );
}
