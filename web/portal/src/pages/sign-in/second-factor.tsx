import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, sentenceOf } from '../../api/problem';
import { useSignOut } from '../../app/account-menu';
import { useSessionAccess } from '../../app/session';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { Door } from './door';

/** After the password: a code of the authenticator, or one of the recovery codes. */
export function Page() {
  const { enter } = useSessionAccess();
  const form = useSubmit();
  const signOut = useSignOut();
  const [byRecovery, setByRecovery] = useState(false);
  const [code, setCode] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    const body = byRecovery ? { recovery_code: code.trim() } : { totp: code.replace(/\s/g, '') };
    void form.send(() => api.post('/session/second-factor', { body }), enter);
  };
  const change = () => {
    setByRecovery(!byRecovery);
    setCode('');
    form.clear();
  };
  const wrong = byRecovery
    ? 'This recovery code is not valid or was used before.'
    : 'The code is not right. Wait for the next one and try again.';
  return (
    <Door
      title={byRecovery ? 'Recovery code' : 'Enter the code'}
      lead={
        byRecovery
          ? 'Each of your recovery codes works once.'
          : 'Open your authenticator and type the six digits it shows for Countersign.'
      }
    >
      {form.problem !== null && (
        <Notice tone="danger" live>
          {form.problem.status === 401 || form.problem.status === 403 ? wrong : sentenceOf(form.problem)}
        </Notice>
      )}
      <form class="form" noValidate onSubmit={submit}>
        <TextField
          key={String(byRecovery)}
          label={byRecovery ? 'Recovery code' : 'Six-digit code'}
          class="code-input"
          name={byRecovery ? 'recovery-code' : 'totp'}
          inputMode={byRecovery ? 'text' : 'numeric'}
          autoComplete={byRecovery ? 'off' : 'one-time-code'}
          autoFocus
          maxLength={byRecovery ? 64 : 7}
          spellcheck={false}
          value={code}
          onText={setCode}
          error={errorFor(form.problem, byRecovery ? 'recovery_code' : 'totp')}
        />
        <Button type="submit" variant="primary" busy={form.busy}>
          Sign in
        </Button>
      </form>
      <div class="door-links">
        <button type="button" class="text-button" onClick={change}>
          {byRecovery ? 'Use the authenticator' : 'Use a recovery code'}
        </button>
        <button type="button" class="text-button" onClick={() => void signOut()}>
          Cancel
        </button>
      </div>
    </Door>
  );
}
