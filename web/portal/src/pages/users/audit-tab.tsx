import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useKeySet } from '../../api/use-resource';
import { useQuery } from '../../app/router';
import { EmptyState } from '../../components/states';
import { Table } from '../../components/table';
import { type AuditEvent, auditColumns, EventDrawer, eventAddress } from '../audit/event-parts';

/** What administrators and the system did to one user. */
export function UserAudit({ user }: { readonly user: string }) {
  const [query, change] = useQuery();
  const pages = useKeySet<AuditEvent, Schema<'AuditList'>>(user, (cursor, signal) =>
    api.get('/audit', {
      query: { target: user, limit: 25, ...(cursor === undefined ? {} : { cursor }) },
      signal,
    }),
  );
  const items = pages.resource.kind === 'ready' ? pages.resource.value.items : [];
  const open = items.find(({ id }) => id === query.get('event')) ?? null;
  return (
    <>
      <Table
        label="Audit of this user"
        columns={auditColumns}
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => eventAddress(id)}
        state={pages.resource}
        onRetry={pages.reload}
        pager={pages}
        empty={
          <EmptyState icon="scroll" title="Nothing is recorded">
            Acts of administrators on this user appear here.
          </EmptyState>
        }
      />
      {open !== null && <EventDrawer event={open} onClose={() => change({ event: null })} />}
    </>
  );
}
