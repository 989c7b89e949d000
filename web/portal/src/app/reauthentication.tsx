import { useEffect, useState } from 'preact/hooks';
import { api, type Result, setChallenges } from '../api/client';
import { errorFor, sentenceOf } from '../api/problem';
import type { Session } from '../api/types';
import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { TextField } from '../components/field';
import { Notice } from '../components/notice';
import { passkeyAnswer, useHasPasskey } from './passkey';
import { useSessionAccess } from './session';
import { useSubmit } from './use-submit';

type Answer = (proved: boolean) => void;

/** Joins the API client with the page: asks for a fresh proof when the server wants one, and notices the end of the session. */
export function Reauthentication() {
  const { forget } = useSessionAccess();
  const [waiting, setWaiting] = useState<readonly Answer[]>([]);
  useEffect(() => {
    setChallenges({
      signedOut: forget,
      reauthenticate: () => new Promise((done) => setWaiting((before) => [...before, done])),
    });
  }, [forget]);
  if (waiting.length === 0) return null;
  const settle = (proved: boolean) => {
    for (const answer of waiting) answer(proved);
    setWaiting([]);
  };
  return <ProofDialog onSettled={settle} />;
}

function ProofDialog({ onSettled }: { readonly onSettled: Answer }) {
  const { enter } = useSessionAccess();
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const form = useSubmit();
  const hasPasskey = useHasPasskey();
  const prove = (call: () => Promise<Result<Session>>) =>
    void form.send(call, (session) => {
      enter(session);
      onSettled(true);
    });
  const proveByCode = () =>
    prove(() => api.post('/session/reauthentication', { body: { password, totp: totp.replace(/\s/g, '') } }));
  const proveByPasskey = () =>
    prove(async () => {
      const answer = await passkeyAnswer();
      if (!answer.ok) return answer;
      return api.post('/session/reauthentication', { body: { password, passkey: answer.value } });
    });
  return (
    <Dialog
      title="Confirm that it is you"
      size="s"
      onClose={() => onSettled(false)}
      onSubmit={proveByCode}
      actions={
        <>
          <Button onClick={() => onSettled(false)}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy}>
            Confirm
          </Button>
        </>
      }
    >
      <p class="prose">
        This act needs your password and {hasPasskey ? 'a passkey or a code' : 'a code'} again. The
        confirmation holds for five minutes.
      </p>
      {form.problem !== null && (
        <Notice tone="danger" live>
          {sentenceOf(form.problem)}
        </Notice>
      )}
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        autoFocus
        value={password}
        onText={setPassword}
        error={errorFor(form.problem, 'password')}
      />
      <TextField
        label="Code from your authenticator"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        value={totp}
        onText={setTotp}
        error={errorFor(form.problem, 'totp')}
      />
      {hasPasskey && (
        <Button icon="key" disabled={password === ''} onClick={proveByPasskey}>
          Use a passkey instead of the code
        </Button>
      )}
    </Dialog>
  );
}
