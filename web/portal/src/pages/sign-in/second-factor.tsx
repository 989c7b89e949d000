import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, sentenceOf } from '../../api/problem';
import { useSignOut } from '../../app/account-menu';
import { passkeyAnswer, useHasPasskey } from '../../app/passkey';
import { useSessionAccess } from '../../app/session';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { Door } from './door';

type Way = 'totp' | 'recovery_code' | 'passkey';

const kWrong: Readonly<Record<Way, string>> = {
  totp: 'The code is not right. Wait for the next one and try again.',
  recovery_code: 'This recovery code is not valid or was used before.',
  passkey: 'The passkey was not accepted. Try again, or use a code.',
};

/** After the password: a code of the authenticator, a passkey, or one of the recovery codes. */
export function Page() {
  const { enter } = useSessionAccess();
  const form = useSubmit();
  const signOut = useSignOut();
  const [byRecovery, setByRecovery] = useState(false);
  const [tried, setTried] = useState<Way>('totp');
  const [code, setCode] = useState('');
  const hasPasskey = useHasPasskey();
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(byRecovery ? 'recovery_code' : 'totp');
    const body = byRecovery ? { recovery_code: code.trim() } : { totp: code.replace(/\s/g, '') };
    void form.send(() => api.post('/session/second-factor', { body }), enter);
  };
  const submitPasskey = () => {
    setTried('passkey');
    void form.send(async () => {
      const answer = await passkeyAnswer();
      return answer.ok ? api.post('/session/second-factor', { body: { passkey: answer.value } }) : answer;
    }, enter);
  };
  const change = () => {
    setByRecovery(!byRecovery);
    setCode('');
    form.clear();
  };
  const refused = form.problem?.status === 401 || form.problem?.status === 403;
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
          {refused ? kWrong[tried] : sentenceOf(form.problem)}
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
        <Button type="submit" variant="primary" busy={form.busy && tried !== 'passkey'}>
          Sign in
        </Button>
        {hasPasskey && (
          <Button icon="key" class="btn-wide" busy={form.busy && tried === 'passkey'} onClick={submitPasskey}>
            Use a passkey
          </Button>
        )}
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
