import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

interface Trigger {
  readonly 'aria-expanded': boolean;
  readonly 'aria-controls': string;
  readonly onClick: () => void;
}

/** A box under the button that opened it. Escape, a click elsewhere and leaving it by Tab close it. */
export function Popover(props: {
  readonly trigger: (attributes: Trigger) => ComponentChildren;
  readonly label: string;
  readonly align?: 'start' | 'end';
  readonly up?: boolean;
  readonly children: (close: () => void) => ComponentChildren;
}) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = (refocus: boolean) => {
    setOpen(false);
    if (refocus) box.current?.querySelector<HTMLElement>('[aria-expanded]')?.focus();
  };
  useEffect(() => {
    if (!open) return;
    box.current
      ?.querySelector<HTMLElement>('.popover input, .popover select, .popover button, .popover a')
      ?.focus();
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the controls inside are watched, the box itself is none
    <div
      class="popover-box"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        event.preventDefault();
        close(true);
      }}
    >
      {props.trigger({ 'aria-expanded': open, 'aria-controls': id, onClick: () => setOpen(!open) })}
      {open && (
        <section
          id={id}
          class={`popover popover-${props.align ?? 'start'}${props.up === true ? ' popover-up' : ''}`}
          aria-label={props.label}
        >
          {props.children(() => close(true))}
        </section>
      )}
    </div>
  );
}

export interface MenuItem {
  readonly label: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

/** A list of acts behind one button; the arrow keys move between them. */
export function Menu(props: {
  readonly label: string;
  readonly trigger: (attributes: Trigger) => ComponentChildren;
  readonly items: readonly MenuItem[];
}) {
  const move = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const items: (Element | null)[] = [...event.currentTarget.querySelectorAll('button:not(:disabled)')];
    const at = items.indexOf(document.activeElement);
    const target = items[(at + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length];
    if (target instanceof HTMLElement) target.focus();
  };
  return (
    <Popover label={props.label} trigger={props.trigger} align="end">
      {(close) => (
        <ul class="menu" onKeyDown={move}>
          {props.items.map((item) => (
            <li key={item.label}>
              <button
                type="button"
                class={item.danger === true ? 'menu-item menu-danger' : 'menu-item'}
                disabled={item.disabled}
                onClick={() => {
                  close();
                  item.onSelect();
                }}
              >
                {item.label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}
