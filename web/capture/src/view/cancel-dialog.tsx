import { useEffect, useRef } from 'preact/hooks';
import { screenText } from '../state/screen-text';
import { Action } from './actions';
import type { ViewProps } from './props';

/** A native modal dialog: the page behind it is inert, Escape means "keep going". */
export function CancelDialog(props: ViewProps) {
  const { model, texts, dispatch } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const { title, text } = screenText(model, texts);
  const busy = model.screen.kind === 'cancel_confirm' && model.screen.busy;
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="dialog-heading"
      onCancel={(event) => {
        event.preventDefault();
        dispatch({ kind: 'keep_going' });
      }}
    >
      <h2 id="dialog-heading">{title}</h2>
      <p class="lead">{text}</p>
      <div class="actions">
        <Action action="keep-going" look="primary" event={{ kind: 'keep_going' }} dispatch={dispatch}>
          {texts.t('action.keepGoing')}
        </Action>
        <Action
          action="confirm-cancel"
          look="danger"
          event={{ kind: 'confirm_cancel' }}
          busy={busy}
          dispatch={dispatch}
        >
          {texts.t('action.confirmCancel')}
        </Action>
      </div>
    </dialog>
  );
}
