import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, sentenceOf } from '../../api/problem';
import type { Schema } from '../../api/types';
import { Card } from '../../app/page';
import { useSessionAccess } from '../../app/session';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { toast } from '../../components/toast';

export function ProfileCard(props: {
  readonly account: Schema<'Account'>;
  readonly onSaved: (account: Schema<'Account'>) => void;
}) {
  const { refresh } = useSessionAccess();
  const form = useSubmit();
  const [name, setName] = useState(props.account.name);
  const save = (event: Event) => {
    event.preventDefault();
    void form.send(
      () => api.patch('/account', { body: { name: name.trim() } }),
      (account) => {
        props.onSaved(account);
        void refresh();
        toast({ text: 'Your name is saved' });
      },
    );
  };
  return (
    <Card title="Profile" text="Colleagues see your name in the audit trail.">
      <form class="form" noValidate onSubmit={save}>
        {form.problem !== null && (
          <Notice tone="danger" live>
            {sentenceOf(form.problem)}
          </Notice>
        )}
        <div class="form-grid">
          <TextField
            label="Name"
            name="name"
            autoComplete="name"
            maxLength={100}
            value={name}
            onText={setName}
            error={errorFor(form.problem, 'name')}
          />
          <TextField
            label="E-mail address"
            value={props.account.email}
            onText={() => {}}
            readOnly
            help="You sign in with it. It cannot be changed."
          />
        </div>
        <div class="form-actions">
          <Button
            type="submit"
            variant="primary"
            busy={form.busy}
            disabled={name.trim() === '' || name.trim() === props.account.name}
          >
            Save name
          </Button>
        </div>
      </form>
    </Card>
  );
}
