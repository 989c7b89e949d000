import { useState } from 'preact/hooks';
import { addressOf, api } from '../../api/client';
import { sentenceOf } from '../../api/problem';
import type { Schema } from '../../api/types';
import { useKeySet } from '../../api/use-resource';
import { Page as Frame } from '../../app/page';
import { useQuery } from '../../app/router';
import { useCan } from '../../app/session';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { type Filter, FilterBar } from '../../components/filter-bar';
import { Notice } from '../../components/notice';
import { EmptyState } from '../../components/states';
import { Table } from '../../components/table';
import { askedOf, optionsOf } from '../../filters';
import { counted, whole } from '../../format/numbers';
import { auditGroups } from '../../words';
import { DownloadLink } from '../download-link';
import { type AuditEvent, auditColumns, EventDrawer, eventAddress } from './event-parts';
import './audit.css';

const kFilters: readonly Filter[] = [
  { kind: 'choice', key: 'kind', label: 'Kind', options: optionsOf(auditGroups) },
  {
    kind: 'text',
    key: 'actor',
    label: 'By',
    help: 'Id of an administrator (adm_…) or integration (int_…), “cli”, “system” or “browser”.',
  },
  { kind: 'text', key: 'target', label: 'On', help: 'Id of what was acted on, for example of a user.' },
  { kind: 'time', key: 'from', label: 'From' },
  { kind: 'time', key: 'to', label: 'Until' },
];

export function Page() {
  const [query, change] = useQuery();
  const can = useCan();
  const asked = askedOf(kFilters, query);
  const pages = useKeySet<AuditEvent, Schema<'AuditList'>>(JSON.stringify(asked), (cursor, signal) =>
    api.get('/audit', { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal }),
  );
  const items = pages.resource.kind === 'ready' ? pages.resource.value.items : [];
  const open = items.find(({ id }) => id === query.get('event')) ?? null;
  const times = {
    ...(asked.from === undefined ? {} : { from: asked.from }),
    ...(asked.to === undefined ? {} : { to: asked.to }),
  };
  return (
    <Frame
      title="Audit"
      lead="Who did what, in a chain of hashes: nothing can be changed or taken out unseen."
      action={
        can('audit_export') && (
          <>
            <DownloadLink href={addressOf('/audit/export', { query: { format: 'csv', ...times } })}>
              CSV
            </DownloadLink>
            <DownloadLink href={addressOf('/audit/export', { query: { format: 'jsonl', ...times } })}>
              JSON Lines
            </DownloadLink>
          </>
        )
      }
    >
      <ChainCheck />
      <FilterBar filters={kFilters} />
      <Table
        label="Audit events"
        columns={auditColumns}
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => eventAddress(id)}
        state={pages.resource}
        onRetry={pages.reload}
        pager={pages}
        empty={
          <EmptyState
            icon="scroll"
            title={Object.keys(asked).length > 0 ? 'No event fits' : 'Nothing is recorded yet'}
          >
            {Object.keys(asked).length > 0
              ? 'Remove a filter, or choose a longer time.'
              : 'Every act from now on appears here.'}
          </EmptyState>
        }
      />
      {open !== null && <EventDrawer event={open} onClose={() => change({ event: null })} />}
    </Frame>
  );
}

type Check = Schema<'ChainCheck'>;

function ChainCheck() {
  const [check, setCheck] = useState<Check | null>(null);
  const { busy, problem, send } = useSubmit();
  const verify = (
    <Button icon="shield" busy={busy} onClick={() => void send(() => api.post('/audit/check'), setCheck)}>
      {check === null ? 'Verify the chain' : 'Verify again'}
    </Button>
  );
  if (problem !== null)
    return (
      <Notice tone="danger" title="The chain could not be checked" live action={verify}>
        {sentenceOf(problem)}
      </Notice>
    );
  if (check === null)
    return (
      <Notice title="The trail can be verified" action={verify}>
        Recomputes every hash from the first event on.
      </Notice>
    );
  return check.intact ? (
    <Notice tone="success" title="The chain is intact" live action={verify}>
      {counted(check.events, 'event', 'events')} checked, every hash holds. Compare the newest hash with one
      kept elsewhere to be sure that nothing was cut off at the end.
    </Notice>
  ) : (
    <Notice tone="danger" title="The chain is broken" live action={verify}>
      The first event that does not hold is number {whole(check.first_broken ?? 0)}. Somebody changed the
      database. Keep it as it is, export the trail and find out who had access.
    </Notice>
  );
}
