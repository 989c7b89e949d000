import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Result } from '../api/client';
import { type Problem, sentenceOf } from '../api/problem';
import { Button, IconButton } from './button';
import { TextField } from './field';
import { Modal } from './modal';
import { Notice } from './notice';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** Buttons at the end; the last one is the main one. */
  readonly actions?: ComponentChildren;
  readonly size?: 's' | 'm' | 'l';
  /** From the side, full height: for a detail beside its list. */
  readonly drawer?: boolean;
  /** Set: only the actions close it; Escape and a click beside it do nothing. */
  readonly locked?: boolean;
  /** With it the content is a form and Enter submits it. */
  readonly onSubmit?: () => void;
}

/** A native modal dialog: mounted means open. The browser keeps the focus inside and gives it back. */
export function Dialog(props: DialogProps) {
  const title = useId();
  const close = () => {
    if (props.locked !== true) props.onClose();
  };
  const content = (
    <>
      <div class="dialog-body">{props.children}</div>
      {props.actions !== undefined && <div class="dialog-actions">{props.actions}</div>}
    </>
  );
  return (
    <Modal
      class={props.drawer === true ? 'drawer' : `dialog dialog-${props.size ?? 'm'}`}
      labelledBy={title}
      onDismiss={close}
    >
      <div class="dialog-head">
        <h2 id={title} class="dialog-title">
          {props.title}
        </h2>
        {props.locked !== true && <IconButton icon="close" label="Close" size="s" onClick={close} />}
      </div>
      {props.onSubmit === undefined ? (
        content
      ) : (
        <form
          class="dialog-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            props.onSubmit?.();
          }}
        >
          {content}
        </form>
      )}
    </Modal>
  );
}

/** A detail from the right side over the page it belongs to. */
export function Drawer(props: Omit<DialogProps, 'drawer' | 'size'>) {
  return <Dialog {...props} drawer />;
}

export interface ConfirmProps {
  readonly title: string;
  /** Says what happens and what cannot be undone. */
  readonly children: ComponentChildren;
  /** A verb and its object: "Delete integration". */
  readonly confirmLabel: string;
  readonly danger?: boolean;
  /** The person must type this, the name of the thing, before the button works. */
  readonly typeToConfirm?: string;
  readonly onClose: () => void;
  /** Success closes the dialog; a problem is shown inside it. */
  readonly onConfirm: () => Promise<Result<unknown>>;
}

/** Asks before an act, names the thing, and stays open with the cause when the act fails. */
export function ConfirmDialog(props: ConfirmProps) {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const blocked = props.typeToConfirm !== undefined && typed.trim() !== props.typeToConfirm.trim();
  const confirm = async () => {
    if (blocked || busy) return;
    setBusy(true);
    setProblem(null);
    const result = await props.onConfirm();
    setBusy(false);
    if (result.ok) props.onClose();
    else setProblem(result.problem);
  };
  return (
    <Dialog
      title={props.title}
      size="s"
      onClose={props.onClose}
      onSubmit={() => void confirm()}
      actions={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button
            type="submit"
            variant={props.danger === true ? 'danger' : 'primary'}
            busy={busy}
            disabled={blocked}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <div class="prose">{props.children}</div>
      {props.typeToConfirm !== undefined && (
        <TextField
          label={`Type “${props.typeToConfirm}” to confirm`}
          value={typed}
          onText={setTyped}
          autoComplete="off"
          spellcheck={false}
        />
      )}
      {problem !== null && (
        <Notice tone="danger" live>
          {sentenceOf(problem)}
        </Notice>
      )}
    </Dialog>
  );
}
