import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useKeySet } from '../../api/use-resource';
import { EmptyState } from '../../components/states';
import { Table } from '../../components/table';
import { type Transaction, transactionColumns } from '../transactions/list-parts';
import { useIntegrations } from '../use-integrations';

/** The transactions of one user. */
export function History({ user }: { readonly user: string }) {
  const names = useIntegrations();
  const pages = useKeySet<Transaction, Schema<'TransactionList'>>(user, (cursor, signal) =>
    api.get('/transactions', {
      query: { user, limit: 25, ...(cursor === undefined ? {} : { cursor }) },
      signal,
    }),
  );
  return (
    <Table
      label="Transactions of this user"
      columns={transactionColumns(names, false)}
      rows={pages.resource.kind === 'ready' ? pages.resource.value.items : []}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/transactions/${encodeURIComponent(id)}`}
      state={pages.resource}
      onRetry={pages.reload}
      pager={pages}
      empty={
        <EmptyState icon="pulse" title="No transaction yet">
          Older ones are removed when their retention time is over.
        </EmptyState>
      }
    />
  );
}
