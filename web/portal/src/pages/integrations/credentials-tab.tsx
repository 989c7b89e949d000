import { useEffect, useState } from 'preact/hooks';
import { api, type Result } from '../../api/client';
import type { Schema } from '../../api/types';
import { Card } from '../../app/page';
import { useCan } from '../../app/session';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { CopyField } from '../../components/copy';
import { DateTime } from '../../components/date-time';
import { ConfirmDialog, Dialog } from '../../components/dialog';
import { Notice } from '../../components/notice';
import { SelectField } from '../../components/select';
import { counted } from '../../format/numbers';
import { ageInDays, countdown } from '../../format/times';
import { OneTimeSecret } from './one-time-secret';
import type { TabProps } from './tab-props';

const kOldAfterDays = 180;

/** Integration Id and the state of the secrets. No value: the server gives it once, at creation and rotation. */
export function CredentialsTab(props: TabProps) {
  const { integration } = props;
  const [rotating, setRotating] = useState(false);
  const [fresh, setFresh] = useState<Schema<'IntegrationWithSecret'> | null>(null);
  const can = useCan();
  const now = useClock();
  return (
    <div class="stack">
      <Card>
        <CopyField label="Integration Id" value={integration.id} />
      </Card>
      <Card
        title="Session Secret"
        text="Signs the tokens between the Action and Countersign. It was shown once and cannot be read again."
        action={
          can('integrations_write') && (
            <Button icon="again" onClick={() => setRotating(true)}>
              Rotate secret
            </Button>
          )
        }
      >
        <ul class="secret-list">
          {integration.secrets.map((secret) => (
            <SecretRow key={secret.id} secret={secret} now={now} />
          ))}
        </ul>
        {integration.secrets.length === 0 && (
          <Notice tone="danger" title="There is no valid secret">
            No login can start. Rotate the secret to make one.
          </Notice>
        )}
      </Card>
      {rotating && (
        <RotateDialog
          integration={integration}
          onClose={() => setRotating(false)}
          onRotated={(made) => {
            setFresh(made);
            props.onReload();
          }}
        />
      )}
      {fresh !== null && (
        <Dialog title="Store the new Session Secret" size="m" locked onClose={() => {}}>
          <OneTimeSecret
            created={fresh}
            continueLabel="Done"
            onContinue={() => {
              setFresh(null);
              history.back();
            }}
          />
        </Dialog>
      )}
    </div>
  );
}

/** Ticks every second, for the countdown of a secret that ends. */
function useClock(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function SecretRow({ secret, now }: { readonly secret: Schema<'SecretState'>; readonly now: number }) {
  const left = secret.not_after === null ? null : countdown(secret.not_after, now);
  const ended = secret.not_after !== null && left === null;
  const age = ageInDays(secret.created_at, now);
  return (
    <li class="secret-row">
      <code>{secret.id}</code>
      {secret.not_after === null && (
        <Badge tone="success" dot>
          Current
        </Badge>
      )}
      {left !== null && (
        <Badge tone="warning" dot>
          Ends in {left}
        </Badge>
      )}
      {ended && <Badge>Ended</Badge>}
      <span class="muted">
        Made <DateTime value={secret.created_at} />
      </span>
      {secret.not_after === null && age >= kOldAfterDays && (
        <span class="field-help">{counted(age, 'day', 'days')} old. Consider rotating it.</span>
      )}
    </li>
  );
}

type Overlap = '0' | '1' | '24' | '168' | '720';

const kOverlaps: readonly { readonly value: Overlap; readonly label: string }[] = [
  { value: '0', label: 'End the old one at once' },
  { value: '1', label: '1 hour' },
  { value: '24', label: '1 day' },
  { value: '168', label: '7 days' },
  { value: '720', label: '30 days' },
];

function RotateDialog(props: {
  readonly integration: Schema<'Integration'>;
  readonly onClose: () => void;
  readonly onRotated: (made: Schema<'IntegrationWithSecret'>) => void;
}) {
  const [overlap, setOverlap] = useState<Overlap>('24');
  const rotate = async (): Promise<Result<unknown>> => {
    const result = await api.post('/integrations/{integration}/secret', {
      path: { integration: props.integration.id },
      body: { overlap_hours: Number(overlap) },
    });
    if (result.ok) props.onRotated(result.value);
    return result;
  };
  return (
    <ConfirmDialog
      title="Rotate the Session Secret?"
      confirmLabel="Rotate secret"
      danger={overlap === '0'}
      onClose={props.onClose}
      onConfirm={rotate}
    >
      <p>
        A new secret is made and shown once. Put it into the Action and deploy while the old one still counts;
        logins in between use either.
      </p>
      <SelectField
        label="The old secret stays valid for"
        value={overlap}
        options={kOverlaps}
        onValue={setOverlap}
        isDefault={overlap === '24'}
        help={
          overlap === '0'
            ? 'Every login fails until the Action has the new secret. For a secret that leaked.'
            : 'Long enough to deploy the Action.'
        }
      />
    </ConfirmDialog>
  );
}
