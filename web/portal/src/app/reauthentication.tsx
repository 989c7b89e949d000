import { useEffect, useState } from 'preact/hooks';
import { api, setChallenges } from '../api/client';
import { errorFor, type Problem, sentenceOf } from '../api/problem';
import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { TextField } from '../components/field';
import { Notice } from '../components/notice';
import { useSessionAccess } from './session';

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
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const prove = async () => {
    setBusy(true);
    setProblem(null);
    const result = await api.post('/session/reauthentication', {
      body: { password, totp: totp.replace(/\s/g, '') },
    });
    setBusy(false);
    if (!result.ok) return setProblem(result.problem);
    enter(result.value);
    onSettled(true);
  };
  return (
    <Dialog
      title="Confirm that it is you"
      size="s"
      onClose={() => onSettled(false)}
      onSubmit={() => void prove()}
      actions={
        <>
          <Button onClick={() => onSettled(false)}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Confirm
          </Button>
        </>
      }
    >
      <p class="prose">
        This act needs your password and a code again. The confirmation holds for five minutes.
      </p>
      {problem !== null && (
        <Notice tone="danger" live>
          {sentenceOf(problem)}
        </Notice>
      )}
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        autoFocus
        value={password}
        onText={setPassword}
        error={errorFor(problem, 'password')}
      />
      <TextField
        label="Code from your authenticator"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        value={totp}
        onText={setTotp}
        error={errorFor(problem, 'totp')}
      />
    </Dialog>
  );
}
