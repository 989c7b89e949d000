import type { Schema } from '../../api/types';
import { Card } from '../../app/page';
import { Badge, type Tone } from '../../components/badge';
import { CopyButton } from '../../components/copy';
import { DateTime } from '../../components/date-time';
import { counted } from '../../format/numbers';
import { AdaptedSamples } from './adapted-samples';

type Credential = Schema<'Credential'>;

const kTones: Readonly<Record<Credential['state'], Tone>> = {
  active: 'success',
  pending: 'warning',
  revoked: 'neutral',
};
const kTitles: Readonly<Record<Credential['state'], string>> = {
  active: 'Active',
  pending: 'Waiting for confirmation',
  revoked: 'Revoked',
};

interface CredentialsProps {
  readonly detail: Schema<'UserDetail'>;
  readonly onChanged: (detail: Schema<'UserDetail'>, etag: string | null) => void;
}

/** The face credentials and the consents they rest on. Neither a score nor anything of the template exists here. */
export function CredentialsOf({ detail, onChanged }: CredentialsProps) {
  return (
    <>
      <Card
        title="Face credentials"
        text="Stored encrypted under a key of this user alone. Comparison scores are not kept."
      >
        {detail.credentials.length === 0 && <p class="muted">There is none.</p>}
        <ul class="rows">
          {detail.credentials.map((credential) => (
            <li key={credential.id}>
              <div class="cell-main">
                <span>
                  <Badge tone={kTones[credential.state]} dot>
                    {kTitles[credential.state]}
                  </Badge>
                </span>
                <span class="cell-sub">
                  {counted(credential.samples, 'sample', 'samples')} that passed the quality check · model{' '}
                  {credential.model}
                </span>
                <AdaptedSamples
                  user={detail.user.id}
                  samples={credential.adapted_samples}
                  onChanged={onChanged}
                />
              </div>
              <span class="muted">
                <DateTime value={credential.activated_at ?? credential.created_at} show="absolute" />
              </span>
            </li>
          ))}
        </ul>
      </Card>
      <Card title="Consent receipts" text="What this user agreed to, with the fingerprint of the exact text.">
        {detail.consents.length === 0 && <p class="muted">There is none.</p>}
        <ul class="rows">
          {detail.consents.map((consent) => (
            <li key={consent.id}>
              <div class="cell-main">
                <span>
                  Version {consent.version} ({consent.locale}){' '}
                  {consent.withdrawn_at !== null && <Badge tone="warning">Withdrawn</Badge>}
                </span>
                <span class="cell-sub">
                  <code title={consent.sha256}>SHA-256 {consent.sha256.slice(0, 16)}…</code>
                  <CopyButton value={consent.sha256} label="Copy the fingerprint" />
                </span>
              </div>
              <span class="muted">
                <DateTime value={consent.given_at} show="absolute" />
              </span>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
