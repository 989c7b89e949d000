import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/**
 * The native modal dialog under every overlay: mounted means open. The browser keeps the focus inside. It cannot give it
 * back, because the element is gone by the time it is closed; so this does.
 */
export function Modal(props: {
  readonly class: string;
  readonly label?: string;
  readonly labelledBy?: string;
  /** Escape, or a click beside it. */
  readonly onDismiss: () => void;
  readonly children: ComponentChildren;
}) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const dialog = element.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, the dialog element handles it
    <dialog
      ref={element}
      class={props.class}
      aria-label={props.label}
      aria-labelledby={props.labelledBy}
      onCancel={(event) => {
        event.preventDefault();
        props.onDismiss();
      }}
      onClick={(event) => {
        if (event.target === element.current) props.onDismiss();
      }}
    >
      {props.children}
    </dialog>
  );
}
