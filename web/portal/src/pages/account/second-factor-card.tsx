import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/problem';
import type { Schema } from '../../api/types';
import { Card } from '../../app/page';
import { useSubmit } from '../../app/use-submit';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Notice } from '../../components/notice';
import { toast } from '../../components/toast';
import { RecoveryCodes, TotpEnrolment } from '../sign-in/totp-steps';

/** Few enough that the person should make new ones. */
const kFewCodes = 3;

type Open =
  | { readonly kind: 'replace' }
  | { readonly kind: 'codes'; readonly codes: readonly string[] }
  | null;

export function SecondFactorCard(props: {
  readonly account: Schema<'Account'>;
  readonly onChanged: () => void;
}) {
  const { totp_enabled: enabled, recovery_codes_left: left } = props.account;
  const [open, setOpen] = useState<Open>(null);
  const renewal = useSubmit();
  const renew = () =>
    void renewal.send(
      () => api.post('/account/recovery-codes'),
      ({ codes }) => setOpen({ kind: 'codes', codes }),
    );
  const done = () => {
    setOpen(null);
    props.onChanged();
    toast({ text: 'Your second factor is up to date' });
  };
  return (
    <Card title="Second factor">
      {renewal.problem !== null && (
        <Notice tone="danger" live>
          {sentenceOf(renewal.problem)}
        </Notice>
      )}
      <ul class="rows">
        <li>
          <span class="cell-main">
            <strong>Authenticator</strong>
            <span class="cell-sub">A six-digit code at every sign-in</span>
          </span>
          <Badge tone={enabled ? 'success' : 'warning'} dot>
            {enabled ? 'On' : 'Off'}
          </Badge>
          <Button onClick={() => setOpen({ kind: 'replace' })}>{enabled ? 'Replace' : 'Set up'}</Button>
        </li>
        <li>
          <span class="cell-main">
            <strong>Recovery codes</strong>
            <span class="cell-sub">For the day your authenticator is lost. New codes end the old ones.</span>
          </span>
          <Badge tone={left <= kFewCodes ? 'warning' : 'neutral'}>{left} left</Badge>
          <Button busy={renewal.busy} onClick={renew}>
            Make new codes
          </Button>
        </li>
      </ul>
      {open?.kind === 'replace' && (
        <Dialog title="Replace your authenticator" onClose={() => setOpen(null)}>
          <p class="muted">The old one works until you confirm a code of the new one.</p>
          <TotpEnrolment onCodes={(codes) => setOpen({ kind: 'codes', codes })} />
        </Dialog>
      )}
      {open?.kind === 'codes' && (
        <Dialog title="Store your recovery codes" locked onClose={done}>
          <RecoveryCodes codes={open.codes} doneLabel="Done" onDone={done} />
        </Dialog>
      )}
    </Card>
  );
}
