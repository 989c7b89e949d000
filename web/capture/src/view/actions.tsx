import type { ComponentChildren } from 'preact';
import type { CaptureEvent, UserEvent } from '../state/events';

interface ActionProps {
  readonly action: string;
  readonly look?: 'primary' | 'secondary' | 'danger' | 'quiet';
  readonly event: UserEvent;
  readonly busy?: boolean;
  readonly dispatch: (event: CaptureEvent) => void;
  readonly children: ComponentChildren;
}

/** A button that says one thing to the reducer. While busy it stays focusable and does nothing. */
export function Action({ action, look = 'secondary', event, busy = false, dispatch, children }: ActionProps) {
  return (
    <button
      type="button"
      class={`button button-${look}`}
      data-action={action}
      aria-busy={busy}
      aria-disabled={busy}
      onClick={() => {
        if (!busy) dispatch(event);
      }}
    >
      {children}
    </button>
  );
}
