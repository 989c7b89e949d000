import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, sentenceOf } from '../../api/problem';
import { useResource } from '../../api/use-resource';
import { Link } from '../../app/router';
import { useSessionAccess } from '../../app/session';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { Failure, Skeleton } from '../../components/states';
import { Door } from './door';
import { NewPasswordField } from './password';
import { Steps } from './steps';

/** The first owner and their organisation. Open until there is one, then closed for good. */
export function Page() {
  const { resource, reload } = useResource('setup', (signal) => api.get('/setup', { signal }));
  if (resource.kind === 'loading')
    return (
      <Door title="Set up Countersign">
        <Skeleton lines={5} />
      </Door>
    );
  if (resource.kind === 'failed')
    return (
      <Door title="Set up Countersign">
        <Failure problem={resource.problem} onRetry={reload} />
      </Door>
    );
  return resource.value.owner_exists ? <AlreadyDone /> : <OwnerForm />;
}

function AlreadyDone() {
  return (
    <Door
      title="Already set up"
      lead="This installation has an owner. Ask them for an invitation, or sign in."
    >
      <p>
        <Link href="/login">Go to sign-in</Link>
      </p>
    </Door>
  );
}

function OwnerForm() {
  const { enter } = useSessionAccess();
  const form = useSubmit();
  const [values, setValues] = useState({ name: '', email: '', organisation: '', password: '' });
  const set = (key: keyof typeof values) => (text: string) => setValues({ ...values, [key]: text });
  const submit = (event: Event) => {
    event.preventDefault();
    void form.send(() => api.post('/setup', { body: { ...values, email: values.email.trim() } }), enter);
  };
  return (
    <Door title="Set up Countersign" lead="You become the owner of this installation." wide>
      <Steps current={0} labels={['Your account', 'Authenticator', 'Recovery codes']} />
      {form.problem !== null && (
        <Notice tone="danger" live>
          {sentenceOf(form.problem)}
        </Notice>
      )}
      <form class="form" noValidate onSubmit={submit}>
        <TextField
          label="Organisation"
          help="People see this name on the face check, until you give it its own branding."
          name="organisation"
          autoComplete="organization"
          autoFocus
          maxLength={100}
          value={values.organisation}
          onText={set('organisation')}
          error={errorFor(form.problem, 'organisation')}
        />
        <div class="form-grid">
          <TextField
            label="Your name"
            name="name"
            autoComplete="name"
            maxLength={100}
            value={values.name}
            onText={set('name')}
            error={errorFor(form.problem, 'name')}
          />
          <TextField
            label="E-mail address"
            type="email"
            name="email"
            autoComplete="username"
            maxLength={254}
            value={values.email}
            onText={set('email')}
            error={errorFor(form.problem, 'email')}
          />
        </div>
        <NewPasswordField
          value={values.password}
          onText={set('password')}
          error={errorFor(form.problem, 'password')}
          personal={[values.name, values.email, values.organisation]}
        />
        <Button type="submit" variant="primary" busy={form.busy}>
          Create account
        </Button>
      </form>
    </Door>
  );
}
