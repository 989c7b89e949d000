import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, type Problem, sentenceOf } from '../../api/problem';
import { useResource } from '../../api/use-resource';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { CopyField, useCopy } from '../../components/copy';
import { downloadText } from '../../components/download';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { Failure, Skeleton } from '../../components/states';
import { Checkbox } from '../../components/switch';
import { QrCode } from './qr-code';

/** Asks for a new secret, shows it as QR code and as text, and takes the first code as proof that it arrived. */
export function TotpEnrolment({ onCodes }: { readonly onCodes: (codes: readonly string[]) => void }) {
  const { resource, reload } = useResource('totp', (signal) => api.post('/account/totp', { signal }));
  const form = useSubmit();
  const [code, setCode] = useState('');
  if (resource.kind === 'loading') return <Skeleton lines={5} label="Making a new secret" />;
  if (resource.kind === 'failed') return <Failure problem={resource.problem} onRetry={reload} />;
  const submit = (event: Event) => {
    event.preventDefault();
    const totp = code.replace(/\s/g, '');
    void form.send(
      () => api.post('/account/totp/confirm', { body: { totp } }),
      ({ codes }) => onCodes(codes),
    );
  };
  const { secret, uri } = resource.value;
  return (
    <form class="form" noValidate onSubmit={submit}>
      <p>
        Scan this with an authenticator app: 1Password, Bitwarden, Google Authenticator or any other that
        knows TOTP.
      </p>
      <QrCode text={uri} label="QR code for your authenticator; the same secret is in the field below" />
      <CopyField label="Or type the secret" value={secret.replace(/(.{4})(?=.)/g, '$1 ')} />
      {form.problem !== null && (
        <Notice tone="danger" live>
          {wrongCode(form.problem)}
        </Notice>
      )}
      <TextField
        label="Six-digit code from the app"
        class="code-input"
        name="totp"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        value={code}
        onText={setCode}
        error={errorFor(form.problem, 'totp')}
      />
      <Button type="submit" variant="primary" busy={form.busy}>
        Confirm
      </Button>
    </form>
  );
}

const wrongCode = (problem: Problem) =>
  problem.status === 401 || problem.status === 403
    ? 'The code is not right. Check the clock of your phone and take the next code.'
    : sentenceOf(problem);

/** The recovery codes, once. The way on opens when the person says that they are stored. */
export function RecoveryCodes(props: {
  readonly codes: readonly string[];
  readonly doneLabel: string;
  readonly onDone: () => void;
}) {
  const [stored, setStored] = useState(false);
  const text = `Countersign recovery codes\nEach works once.\n\n${props.codes.join('\n')}\n`;
  return (
    <div class="form">
      <p>Without your authenticator, each of these codes lets you in once. They are not shown again.</p>
      <ul class="recovery" aria-label="Recovery codes">
        {props.codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div class="form-actions">
        <Button icon="download" onClick={() => downloadText('countersign-recovery-codes.txt', text)}>
          Download
        </Button>
        <CopyAll text={text} />
      </div>
      <Checkbox
        label="I stored them where I find them without my phone"
        checked={stored}
        onChecked={setStored}
        name="stored"
      />
      <Button variant="primary" disabled={!stored} onClick={props.onDone}>
        {props.doneLabel}
      </Button>
    </div>
  );
}

function CopyAll({ text }: { readonly text: string }) {
  const [copied, copy] = useCopy(text);
  return (
    <Button icon={copied ? 'check' : 'copy'} onClick={copy}>
      {copied ? 'Copied' : 'Copy all'}
    </Button>
  );
}
