import { useEffect, useRef, useState } from 'preact/hooks';
import { addressOf, api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useKeySet } from '../../api/use-resource';
import { Page as Frame } from '../../app/page';
import { useQuery } from '../../app/router';
import { useCan } from '../../app/session';
import { type Filter, FilterBar } from '../../components/filter-bar';
import { EmptyState } from '../../components/states';
import { Checkbox } from '../../components/switch';
import { Table } from '../../components/table';
import { askedOf, optionsOf } from '../../filters';
import { counted } from '../../format/numbers';
import { causes, purposes, transactionStates } from '../../words';
import { DownloadLink } from '../download-link';
import { integrationOptions, useIntegrations } from '../use-integrations';
import { type Transaction, transactionColumns } from './list-parts';
import './transactions.css';

const kRefreshMs = 5000;

const filtersWith = (names: ReadonlyMap<string, string>): readonly Filter[] => [
  { kind: 'text', key: 'user', label: 'User', help: 'The whole External identifier, or the user id.' },
  { kind: 'choice', key: 'state', label: 'Outcome', options: optionsOf(transactionStates) },
  { kind: 'choice', key: 'cause', label: 'Cause', options: optionsOf(causes) },
  { kind: 'choice', key: 'purpose', label: 'Purpose', options: optionsOf(purposes) },
  { kind: 'choice', key: 'integration', label: 'Integration', options: integrationOptions(names) },
  { kind: 'time', key: 'from', label: 'From' },
  { kind: 'time', key: 'to', label: 'Until' },
];

type Query = NonNullable<NonNullable<Parameters<typeof api.get<'/transactions'>>[1]>['query']>;

export function Page() {
  const [query, change] = useQuery();
  const can = useCan();
  const names = useIntegrations();
  const filters = filtersWith(names);
  const wanted: Record<string, string> = { ...askedOf(filters, query) };
  const integration = query.get('integration') ?? '';
  if (/^int_[\w-]{1,64}$/.test(integration)) wanted.integration = integration;
  const live = query.get('live') === '1';
  const pages = useKeySet<Transaction, Schema<'TransactionList'>>(JSON.stringify(wanted), (cursor, signal) =>
    api.get('/transactions', {
      query: { ...wanted, ...(cursor === undefined ? {} : { cursor }) } as Query,
      signal,
    }),
  );
  const items = pages.resource.kind === 'ready' ? pages.resource.value.items : [];
  const news = useNews(items, live);
  useRepeated(live && !pages.hasPrevious, pages.reload);
  const { purpose: _none, ...exported } = wanted;
  const filtered = Object.keys(wanted).length > 0;
  return (
    <Frame
      title="Transactions"
      lead="Every enrolment and verification, newest first."
      action={
        can('transactions_export') && (
          <DownloadLink href={addressOf('/transactions/export', { query: exported })}>
            Export CSV
          </DownloadLink>
        )
      }
    >
      <div class="live-row">
        <FilterBar filters={filters} />
        <Checkbox label="Refresh live" checked={live} onChecked={(on) => change({ live: on ? '1' : null })} />
      </div>
      <p class="visually-hidden" role="status">
        {news}
      </p>
      <Table
        label="Transactions"
        columns={transactionColumns(names, true)}
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/transactions/${encodeURIComponent(id)}`}
        state={pages.resource}
        onRetry={pages.reload}
        pager={pages}
        empty={
          filtered ? (
            <EmptyState icon="search" title="No transaction fits">
              Remove a filter, or choose a longer time.
            </EmptyState>
          ) : (
            <EmptyState icon="pulse" title="Nothing has happened yet">
              The first login through an integration appears here.
            </EmptyState>
          )
        }
      />
    </Frame>
  );
}

/** Says how many rows are new since the last refresh, for screen readers; the first page says nothing. */
function useNews(items: readonly Transaction[], live: boolean): string {
  const known = useRef<ReadonlySet<string> | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    const before = known.current;
    known.current = new Set(items.map(({ id }) => id));
    if (!live || before === null || before.size === 0) return;
    const fresh = items.filter(({ id }) => !before.has(id)).length;
    if (fresh > 0) setText(`${counted(fresh, 'new transaction', 'new transactions')}`);
  }, [items, live]);
  return text;
}

/** Loads again every few seconds while the page is looked at. */
function useRepeated(active: boolean, reload: () => void): void {
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, kRefreshMs);
    return () => clearInterval(timer);
  }, [active, reload]);
}
