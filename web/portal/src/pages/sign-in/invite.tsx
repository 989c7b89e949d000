import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, sentenceOf } from '../../api/problem';
import type { Schema } from '../../api/types';
import { useResource } from '../../api/use-resource';
import { Link, navigate } from '../../app/router';
import { useSessionAccess } from '../../app/session';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { Failure, Skeleton } from '../../components/states';
import { Door } from './door';
import { useLinkToken } from './link-token';
import { NewPasswordField } from './password';

/** An invitation from the mail: who invites to what, then a new account or the password of the existing one. */
export function Page() {
  const token = useLinkToken();
  const { resource, reload } = useResource('invitation', (signal) =>
    api.post('/invitations/lookup', { body: { token }, signal }),
  );
  if (resource.kind === 'loading')
    return (
      <Door title="Your invitation">
        <Skeleton lines={4} />
      </Door>
    );
  if (resource.kind === 'ready') return <Acceptance token={token} invitation={resource.value} />;
  if (resource.problem.status < 400 || resource.problem.status >= 500 || resource.problem.status === 429)
    return (
      <Door title="Your invitation">
        <Failure problem={resource.problem} onRetry={reload} />
      </Door>
    );
  return (
    <Door
      title="This invitation no longer works"
      lead="It was accepted, withdrawn, is too old, or a part of the link is missing. Ask for a new one."
    >
      <Link href="/login">Go to sign-in</Link>
    </Door>
  );
}

function Acceptance({
  token,
  invitation,
}: {
  readonly token: string;
  readonly invitation: Schema<'InvitationPreview'>;
}) {
  const { enter } = useSessionAccess();
  const form = useSubmit();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    const body = invitation.has_account ? { token, password } : { token, password, name: name.trim() };
    void form.send(
      () => api.post('/invitations/accept', { body }),
      (session) => {
        enter(session);
        navigate('/', { replace: true });
      },
    );
  };
  return (
    <Door
      title={`Join ${invitation.organisation}`}
      lead={`${invitation.invited_by} invites you as ${invitation.role}. Your address is ${invitation.email}.`}
      wide
    >
      {form.problem !== null && (
        <Notice tone="danger" live>
          {form.problem.status === 401 ? 'The password is not right.' : sentenceOf(form.problem)}
        </Notice>
      )}
      <form class="form" noValidate onSubmit={submit}>
        {/* Password managers store the account under this name. */}
        <input
          class="visually-hidden"
          type="email"
          autoComplete="username"
          value={invitation.email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        {invitation.has_account ? (
          <TextField
            label="Your password"
            help="You have an account already; the organisation is added to it."
            type="password"
            autoComplete="current-password"
            autoFocus
            value={password}
            onText={setPassword}
            error={errorFor(form.problem, 'password')}
          />
        ) : (
          <>
            <TextField
              label="Your name"
              name="name"
              autoComplete="name"
              autoFocus
              maxLength={100}
              value={name}
              onText={setName}
              error={errorFor(form.problem, 'name')}
            />
            <NewPasswordField
              value={password}
              onText={setPassword}
              error={errorFor(form.problem, 'password')}
              personal={[name, invitation.email, invitation.organisation]}
            />
          </>
        )}
        <Button type="submit" variant="primary" busy={form.busy}>
          {invitation.has_account ? 'Join' : 'Create account'}
        </Button>
      </form>
    </Door>
  );
}
