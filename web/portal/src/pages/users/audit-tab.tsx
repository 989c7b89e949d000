import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useKeySet } from '../../api/use-resource';
import { EmptyState } from '../../components/states';
import { Table } from '../../components/table';
import { type AuditEvent, auditColumns, EventDrawer } from '../audit/event-parts';

/** What administrators and the system did to one user. */
export function UserAudit({ user }: { readonly user: string }) {
  const [open, setOpen] = useState<AuditEvent | null>(null);
  const pages = useKeySet<AuditEvent, Schema<'AuditList'>>(user, (cursor, signal) =>
    api.get('/audit', {
      query: { target: user, limit: 25, ...(cursor === undefined ? {} : { cursor }) },
      signal,
    }),
  );
  return (
    <>
      <Table
        label="Audit of this user"
        columns={auditColumns(setOpen)}
        rows={pages.resource.kind === 'ready' ? pages.resource.value.items : []}
        rowKey={({ id }) => id}
        state={pages.resource}
        onRetry={pages.reload}
        pager={pages}
        empty={
          <EmptyState icon="scroll" title="Nothing is recorded">
            Acts of administrators on this user appear here.
          </EmptyState>
        }
      />
      {open !== null && <EventDrawer event={open} onClose={() => setOpen(null)} />}
    </>
  );
}
