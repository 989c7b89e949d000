import { useState } from 'preact/hooks';
import { api, type Result } from '../../api/client';
import { errorFor, sentenceOf } from '../../api/problem';
import type { Schema, Session } from '../../api/types';
import { browserName } from '../../app/browser-name';
import { addPasskey } from '../../app/passkey';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';

type Passkey = Schema<'Passkey'>;

export function AddPasskeyDialog(props: {
  readonly person: Session['administrator'];
  readonly onClose: () => void;
  readonly onAdded: (name: string) => void;
}) {
  return (
    <NameDialog
      title="Add a passkey"
      text="Give it a name by which you know the device. Your browser then asks for its lock, or for a security key."
      action="Continue"
      initial={browserName(navigator.userAgent)}
      onClose={props.onClose}
      onDone={({ name }) => props.onAdded(name)}
      send={(name) => addPasskey(name, props.person)}
    />
  );
}

export function RenamePasskeyDialog(props: {
  readonly passkey: Passkey;
  readonly onClose: () => void;
  readonly onRenamed: () => void;
}) {
  const path = { passkey: props.passkey.id };
  return (
    <NameDialog
      title={`Rename ${props.passkey.name}`}
      action="Save name"
      initial={props.passkey.name}
      onClose={props.onClose}
      onDone={props.onRenamed}
      send={(name) => api.patch('/account/passkeys/{passkey}', { path, body: { name } })}
    />
  );
}

function NameDialog(props: {
  readonly title: string;
  readonly text?: string;
  readonly action: string;
  readonly initial: string;
  readonly send: (name: string) => Promise<Result<Passkey>>;
  readonly onClose: () => void;
  readonly onDone: (passkey: Passkey) => void;
}) {
  const form = useSubmit();
  const [name, setName] = useState(props.initial);
  const submit = () => void form.send(() => props.send(name.trim()), props.onDone);
  return (
    <Dialog
      title={props.title}
      size="s"
      onClose={props.onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy} disabled={name.trim() === ''}>
            {props.action}
          </Button>
        </>
      }
    >
      {props.text !== undefined && <p class="prose">{props.text}</p>}
      {form.problem !== null && (
        <Notice tone="danger" live>
          {errorFor(form.problem, 'passkey') ?? sentenceOf(form.problem)}
        </Notice>
      )}
      <TextField
        label="Name"
        autoFocus
        autoComplete="off"
        maxLength={100}
        value={name}
        onText={setName}
        error={errorFor(form.problem, 'name')}
      />
    </Dialog>
  );
}
