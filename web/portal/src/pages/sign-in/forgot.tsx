import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, sentenceOf } from '../../api/problem';
import { Link } from '../../app/router';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { Door } from './door';

/** Asks for a link by mail. The answer never says whether the address is known. */
export function Page() {
  const form = useSubmit();
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    void form.send(
      () => api.post('/password-resets', { body: { email: email.trim() } }),
      () => setSent(true),
    );
  };
  if (sent)
    return (
      <Door
        title="Look into your mail"
        lead={`If ${email.trim()} belongs to an administrator, a link is on its way. It works once.`}
      >
        <Link href="/login">Back to sign-in</Link>
      </Door>
    );
  return (
    <Door
      title="Forgotten password"
      lead="We send a link with which you set a new one. Your second factor stays."
    >
      {form.problem !== null && (
        <Notice tone="danger" live>
          {sentenceOf(form.problem)}
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
        <Button type="submit" variant="primary" busy={form.busy}>
          Send the link
        </Button>
      </form>
      <div class="door-links">
        <Link href="/login">Back to sign-in</Link>
      </div>
    </Door>
  );
}
