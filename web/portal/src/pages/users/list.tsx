import { useState } from 'preact/hooks';
import { addressOf, api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useKeySet } from '../../api/use-resource';
import { Page as Frame } from '../../app/page';
import { useQuery } from '../../app/router';
import { useCan } from '../../app/session';
import { Badge } from '../../components/badge';
import { DateTime } from '../../components/date-time';
import { type Filter, FilterBar } from '../../components/filter-bar';
import { EmptyState } from '../../components/states';
import { CellText, type Column, type Sort, Table } from '../../components/table';
import { askedOf, optionsOf } from '../../filters';
import { counted } from '../../format/numbers';
import { userStates } from '../../words';
import { DownloadLink } from '../download-link';
import { integrationOptions, useIntegrations } from '../use-integrations';
import { BulkBar } from './bulk-bar';
import { useModelFilter } from './use-models';
import './users.css';

type User = Schema<'User'>;
type SortKey = 'external_id' | '-enrolled_at' | '-last_verified_at';

export function UserBadge({ status }: { readonly status: User['status'] }) {
  const state = userStates[status];
  return (
    <Badge tone={state?.mood ?? 'neutral'} dot>
      {state?.title ?? status}
    </Badge>
  );
}

/** Not a person: the user of a simulated login, who is deleted by itself. */
export const TestUserBadge = () => <Badge tone="accent">Test</Badge>;

const columnsWith = (names: ReadonlyMap<string, string>): readonly Column<User>[] => [
  {
    id: 'external',
    header: 'External identifier',
    sortKey: 'external_id',
    cell: ({ external_id, test }) => (
      <span class="user-name">
        <CellText text={external_id} /> {test && <TestUserBadge />}
      </span>
    ),
  },
  { id: 'status', header: 'Status', cell: ({ status }) => <UserBadge status={status} /> },
  { id: 'samples', header: 'Samples', align: 'end', hideBelow: 'm', cell: ({ samples }) => samples },
  {
    id: 'enrolled',
    header: 'Enrolled',
    sortKey: 'enrolled_at',
    hideBelow: 'm',
    cell: ({ enrolled_at }) => <DateTime value={enrolled_at} missing="–" />,
  },
  {
    id: 'verified',
    header: 'Last verified',
    sortKey: 'last_verified_at',
    hideBelow: 's',
    cell: ({ last_verified_at }) => <DateTime value={last_verified_at} />,
  },
  {
    id: 'integration',
    header: 'Integration',
    hideBelow: 'l',
    cell: ({ integration }) =>
      integration === null ? (
        <span class="muted">–</span>
      ) : (
        <CellText text={names.get(integration) ?? integration} />
      ),
  },
];

/** The orders that the server has: the identifier upwards, the times newest first. */
function sortOf(text: string | null): { readonly sort: Sort; readonly asked: SortKey } {
  if (text === 'enrolled_at')
    return { sort: { key: 'enrolled_at', descending: true }, asked: '-enrolled_at' };
  if (text === 'last_verified_at')
    return { sort: { key: 'last_verified_at', descending: true }, asked: '-last_verified_at' };
  return { sort: { key: 'external_id', descending: false }, asked: 'external_id' };
}

const filtersWith = (names: ReadonlyMap<string, string>): readonly Filter[] => [
  { kind: 'choice', key: 'status', label: 'Status', options: optionsOf(userStates) },
  { kind: 'choice', key: 'integration', label: 'Integration', options: integrationOptions(names) },
];

export function Page() {
  const [query, change] = useQuery();
  const can = useCan();
  const names = useIntegrations();
  const filters = [...filtersWith(names), ...useModelFilter()];
  const { q, status, integration, model } = {
    ...askedOf(filters, query, 'q'),
    ...knownLater(query),
  } as Readonly<Record<string, string | undefined>>;
  const { sort, asked } = sortOf(query.get('sort'));
  const wanted = {
    ...(q === undefined ? {} : { q }),
    ...(status === undefined ? {} : { status: status as User['status'] }),
    ...(integration === undefined ? {} : { integration }),
    ...(model === undefined ? {} : { model }),
  };
  const key = JSON.stringify([wanted, asked]);
  const pages = useKeySet<User, Schema<'UserList'>>(key, (cursor, signal) =>
    api.get('/users', {
      query: { ...wanted, sort: asked, ...(cursor === undefined ? {} : { cursor }) },
      signal,
    }),
  );
  const [chosen, setChosen] = useChosen(key);
  const [total, setTotal] = useState<{ readonly key: string; readonly count: number | null }>({
    key: '',
    count: null,
  });
  const items = pages.resource.kind === 'ready' ? pages.resource.value.items : [];
  const counts = pages.resource.kind === 'ready' ? pages.resource.value.total : null;
  // Only the first page counts; the others keep its figure.
  if (counts !== null && (total.key !== key || total.count !== counts) && pages.pageNumber === 1)
    setTotal({ key, count: counts });
  const filtered = Object.keys(wanted).length > 0;
  return (
    <Frame
      title="Users"
      lead="Everybody who has enrolled a face, or tried to. Pictures and templates are never shown."
      action={
        can('users_export') && (
          <DownloadLink href={addressOf('/users/export', { query: wanted })}>Export CSV</DownloadLink>
        )
      }
    >
      <FilterBar
        filters={filters}
        search={{ key: 'q', label: 'Search users', placeholder: 'Beginning of an External identifier' }}
      />
      {chosen.size > 0 && (
        <BulkBar
          users={items.filter(({ id }) => chosen.has(id))}
          onClear={() => setChosen(new Set())}
          onDone={() => {
            setChosen(new Set());
            pages.reload();
          }}
        />
      )}
      <Table
        label="Users"
        columns={columnsWith(names)}
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/users/${encodeURIComponent(id)}`}
        state={pages.resource}
        onRetry={pages.reload}
        sort={sort}
        onSort={({ key: column }) => change({ sort: column === 'external_id' ? null : column })}
        {...(can('users_write')
          ? {
              selection: {
                chosen,
                onChosen: setChosen,
                labelOf: (id: string) => items.find((user) => user.id === id)?.external_id ?? id,
              },
            }
          : {})}
        pager={{
          pageNumber: pages.pageNumber,
          hasPrevious: pages.hasPrevious,
          hasNext: pages.hasNext,
          previous: () => [setChosen(new Set()), pages.previous()],
          next: () => [setChosen(new Set()), pages.next()],
          ...(total.key === key && total.count !== null
            ? { total: counted(total.count, 'user', 'users') }
            : {}),
        }}
        empty={
          filtered ? (
            <EmptyState icon="search" title="Nobody fits">
              The search looks for the beginning of the External identifier, or of a word in it.
            </EmptyState>
          ) : (
            <EmptyState icon="users" title="Nobody has enrolled yet">
              Users appear here with their first login through an integration.
            </EmptyState>
          )
        }
      />
    </Frame>
  );
}

/** Filters whose choices come from the server hold before those are loaded. */
function knownLater(query: URLSearchParams): { readonly integration?: string; readonly model?: string } {
  const integration = query.get('integration') ?? '';
  const model = query.get('model') ?? '';
  return {
    ...(/^int_[\w-]{1,64}$/.test(integration) ? { integration } : {}),
    ...(model !== '' && model.length <= 256 ? { model } : {}),
  };
}

/** Rows that are chosen belong to the list they were chosen in: another filter starts with none. */
function useChosen(key: string): readonly [ReadonlySet<string>, (chosen: ReadonlySet<string>) => void] {
  const [state, setState] = useState<{ readonly key: string; readonly chosen: ReadonlySet<string> }>({
    key,
    chosen: new Set(),
  });
  return [state.key === key ? state.chosen : new Set(), (chosen) => setState({ key, chosen })];
}
