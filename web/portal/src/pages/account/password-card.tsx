import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, sentenceOf } from '../../api/problem';
import type { Schema } from '../../api/types';
import { Card } from '../../app/page';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { Notice } from '../../components/notice';
import { toast } from '../../components/toast';
import { NewPasswordField } from '../sign-in/password';

export function PasswordCard({ account }: { readonly account: Schema<'Account'> }) {
  const form = useSubmit();
  const [password, setPassword] = useState('');
  const save = (event: Event) => {
    event.preventDefault();
    void form.send(
      () => api.put('/account/password', { body: { password } }),
      () => {
        setPassword('');
        toast({ text: 'Your password is changed. Your other sessions have ended.' });
      },
    );
  };
  return (
    <Card title="Password" text="A change ends every other session of yours.">
      <form class="form" noValidate onSubmit={save}>
        {form.problem !== null && (
          <Notice tone="danger" live>
            {sentenceOf(form.problem)}
          </Notice>
        )}
        <NewPasswordField
          label="New password"
          value={password}
          onText={setPassword}
          error={errorFor(form.problem, 'password')}
          personal={[account.name, account.email]}
        />
        <div class="form-actions">
          <Button type="submit" variant="primary" busy={form.busy} disabled={password === ''}>
            Change password
          </Button>
        </div>
      </form>
    </Card>
  );
}
