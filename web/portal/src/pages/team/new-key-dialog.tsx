import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, sentenceOf } from '../../api/problem';
import { useIdempotencyKey } from '../../app/use-idempotency-key';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { CodeBlock, CopyField } from '../../components/copy';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { SelectField } from '../../components/select';
import { Checkbox } from '../../components/switch';
import { type Scope, scopes } from './scopes';

const kLifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: 'never', label: 'Does not expire' },
] as const;

type Lifetime = (typeof kLifetimes)[number]['value'];

export function NewKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const form = useSubmit();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<Scope>>(new Set());
  const [lifetime, setLifetime] = useState<Lifetime>('90');
  const [value, setValue] = useState<string | null>(null);
  const keyFor = useIdempotencyKey();
  if (value !== null) return <KeyShown name={name} value={value} onClose={onClose} />;
  const toggle = (scope: Scope) => (on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(scope);
    else next.delete(scope);
    setChosen(next);
  };
  const create = () => {
    const body = {
      name: name.trim(),
      scopes: [...chosen],
      expires_in_days: lifetime === 'never' ? null : Number(lifetime),
    };
    void form.send(
      () => api.post('/api-keys', { body, idempotencyKey: keyFor(body) }),
      (made) => setValue(made.value),
    );
  };
  return (
    <Dialog
      title="New API key"
      onClose={onClose}
      onSubmit={create}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            busy={form.busy}
            disabled={name.trim() === '' || chosen.size === 0}
          >
            Create key
          </Button>
        </>
      }
    >
      {form.problem !== null && (
        <Notice tone="danger" live>
          {sentenceOf(form.problem)}
        </Notice>
      )}
      <TextField
        label="Name"
        help="What the key is for, so that somebody else dares to revoke it."
        autoFocus
        maxLength={100}
        value={name}
        onText={setName}
        error={errorFor(form.problem, 'name')}
      />
      <fieldset class="choices">
        <legend>Scopes</legend>
        {scopes.map(({ scope, text }) => (
          <Checkbox
            key={scope}
            name={scope}
            label={
              <>
                <code>{scope}</code> <span class="muted">{text}</span>
              </>
            }
            checked={chosen.has(scope)}
            onChecked={toggle(scope)}
          />
        ))}
      </fieldset>
      <SelectField label="Lifetime" options={kLifetimes} value={lifetime} onValue={setLifetime} />
    </Dialog>
  );
}

/** The one time that the value is on a screen. */
function KeyShown({
  name,
  value,
  onClose,
}: {
  readonly name: string;
  readonly value: string;
  readonly onClose: () => void;
}) {
  const [stored, setStored] = useState(false);
  const example = `curl --header "Authorization: Bearer $COUNTERSIGN_API_KEY" \\\n  ${location.origin}/api/admin/v1/integrations`;
  return (
    <Dialog
      title={`Store ${name}`}
      locked
      onClose={onClose}
      actions={
        <Button variant="primary" disabled={!stored} onClick={onClose}>
          Done
        </Button>
      }
    >
      <Notice tone="warning">This is the only time the key is shown. The server keeps no copy of it.</Notice>
      <CopyField label="API key" value={value} secret />
      <CodeBlock label="Example of a call" code={example} />
      <Checkbox label="I stored the key" checked={stored} onChecked={setStored} name="stored" />
    </Dialog>
  );
}
