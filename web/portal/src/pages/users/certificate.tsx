import type { Schema } from '../../api/types';
import { Card } from '../../app/page';
import { Button, LinkButton } from '../../components/button';
import { DateTime } from '../../components/date-time';
import { downloadText } from '../../components/download';
import { Notice } from '../../components/notice';
import { Fact } from '../fact';

/** Proof that somebody's data is gone, to hand over or to keep. It names the person by a hash only. */
export function Certificate({ certificate }: { readonly certificate: Schema<'DeletionCertificate'> }) {
  return (
    <div class="stack">
      <Notice tone="success" title="The user and everything sealed for them is destroyed" live>
        Keep the certificate now: it cannot be made again.
      </Notice>
      <Card title="Certificate of deletion">
        <dl class="facts">
          <Fact term="Certificate">
            <code>{certificate.certificate}</code>
          </Fact>
          <Fact term="User">
            <code>{certificate.user}</code>
          </Fact>
          <Fact term="External identifier, SHA-256">
            <code>{certificate.external_id_sha256}</code>
          </Fact>
          <Fact term="Deleted">
            <DateTime value={certificate.deleted_at} show="absolute" />
          </Fact>
          <Fact term="By">{certificate.deleted_by}</Fact>
          <Fact term="Destroyed">
            <ul class="plain-list">
              {certificate.destroyed.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </Fact>
          <Fact term="Audit event">
            <code>{certificate.audit_event}</code>
          </Fact>
          <Fact term="Audit hash">
            <code>{certificate.audit_hash}</code>
          </Fact>
        </dl>
        <div class="form-actions no-print">
          <Button
            variant="primary"
            icon="download"
            onClick={() =>
              downloadText(
                `${certificate.certificate}.json`,
                `${JSON.stringify(certificate, null, 2)}\n`,
                'application/json',
              )
            }
          >
            Download JSON
          </Button>
          <Button icon="document" onClick={() => print()}>
            Print
          </Button>
          <LinkButton href="/users">All users</LinkButton>
        </div>
      </Card>
    </div>
  );
}
