import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, type Problem, sentenceOf } from '../../api/problem';
import { Link } from '../../app/router';
import { useSessionAccess } from '../../app/session';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { Notice } from '../../components/notice';
import { Door } from './door';
import { useLinkToken } from './link-token';
import { NewPasswordField } from './password';

const kGone: readonly number[] = [401, 403, 404, 409, 410];

/** Sets a new password by the link from the mail; afterwards one signs in with it. */
export function Page() {
  const token = useLinkToken();
  const { forget } = useSessionAccess();
  const form = useSubmit();
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    void form.send(
      () => api.post('/password-resets/redeem', { body: { token, password } }),
      () => {
        setDone(true);
        forget();
      },
    );
  };
  if (done)
    return (
      <Door title="Password changed" lead="Every session of your account has ended.">
        <Link href="/login">Sign in with the new password</Link>
      </Door>
    );
  if (token === '' || linkIsGone(form.problem))
    return (
      <Door title="This link no longer works" lead="It was used, is too old, or a part of it is missing.">
        <Link href="/forgot">Ask for a new one</Link>
      </Door>
    );
  return (
    <Door title="Set a new password">
      {form.problem !== null && (
        <Notice tone="danger" live>
          {sentenceOf(form.problem)}
        </Notice>
      )}
      <form class="form" noValidate onSubmit={submit}>
        <NewPasswordField
          label="New password"
          value={password}
          onText={setPassword}
          error={errorFor(form.problem, 'password')}
          personal={[]}
        />
        <Button type="submit" variant="primary" busy={form.busy}>
          Set password
        </Button>
      </form>
    </Door>
  );
}

const linkIsGone = (problem: Problem | null) => problem !== null && kGone.includes(problem.status);
