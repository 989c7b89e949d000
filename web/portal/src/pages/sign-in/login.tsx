import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, sentenceOf } from '../../api/problem';
import { useResource } from '../../api/use-resource';
import { Link, navigate } from '../../app/router';
import { useSessionAccess } from '../../app/session';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { Door } from './door';

export function Page() {
  const { enter } = useSessionAccess();
  const form = useSubmit();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  useFirstRun();
  const submit = (event: Event) => {
    event.preventDefault();
    void form.send(() => api.post('/session', { body: { email: email.trim(), password } }), enter);
  };
  return (
    <Door title="Sign in" lead="Administration of your face checks">
      {form.problem !== null && (
        <Notice tone="danger" live>
          {form.problem.status === 401
            ? 'E-mail address or password is not right.'
            : sentenceOf(form.problem)}
        </Notice>
      )}
      <form class="form" noValidate onSubmit={submit}>
        <TextField
          label="E-mail address"
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          value={email}
          onText={setEmail}
          error={errorFor(form.problem, 'email')}
        />
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onText={setPassword}
          error={errorFor(form.problem, 'password')}
        />
        <Button type="submit" variant="primary" busy={form.busy}>
          Continue
        </Button>
      </form>
      <div class="door-links">
        <Link href="/forgot">Forgotten password</Link>
      </div>
    </Door>
  );
}

/** Where nobody can sign in yet, the first owner is made. */
function useFirstRun(): void {
  const { resource } = useResource('setup', (signal) => api.get('/setup', { signal }));
  const first = resource.kind === 'ready' && !resource.value.owner_exists;
  useEffect(() => {
    if (first) navigate('/setup', { replace: true });
  }, [first]);
}
