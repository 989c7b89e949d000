import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useResource } from '../../api/use-resource';
import { Page as Frame } from '../../app/page';
import { useQuery } from '../../app/router';
import { useCan } from '../../app/session';
import { Badge } from '../../components/badge';
import { LinkButton } from '../../components/button';
import { DateTime } from '../../components/date-time';
import { type Filter, FilterBar } from '../../components/filter-bar';
import { EmptyState } from '../../components/states';
import { CellText, type Column, Table } from '../../components/table';
import { askedOf } from '../../filters';
import { requestModes } from '../../words';
import { draftOf } from './draft';
import './integrations.css';

type Integration = Schema<'Integration'>;

const kFilters: readonly Filter[] = [
  {
    kind: 'choice',
    key: 'enabled',
    label: 'Status',
    options: [
      { value: 'true', label: 'Enabled' },
      { value: 'false', label: 'Disabled' },
    ],
  },
];

export const nameOf = (integration: Integration): string => integration.settings.name ?? integration.id;

export function StatusBadge({ enabled }: { readonly enabled: boolean }) {
  return (
    <Badge tone={enabled ? 'success' : 'warning'} dot>
      {enabled ? 'Enabled' : 'Disabled'}
    </Badge>
  );
}

const kColumns: readonly Column<Integration>[] = [
  { id: 'name', header: 'Name', cell: (row) => <CellText text={nameOf(row)} /> },
  {
    id: 'status',
    header: 'Status',
    cell: ({ settings }) => <StatusBadge enabled={draftOf(settings).enabled} />,
  },
  {
    id: 'mode',
    header: 'Asks for a face',
    hideBelow: 'm',
    cell: ({ settings }) => requestModes[draftOf(settings).mode] ?? '',
  },
  {
    id: 'domains',
    header: 'Domains',
    hideBelow: 'l',
    cell: ({ settings }) => <Domains hosts={settings.return_domains ?? []} />,
  },
  {
    id: 'used',
    header: 'Last used',
    hideBelow: 's',
    cell: ({ last_used_at }) => <DateTime value={last_used_at} missing="Never used" />,
  },
  {
    id: 'made',
    header: 'Created',
    hideBelow: 'l',
    cell: ({ created_at }) => <DateTime value={created_at} show="date" />,
  },
];

function Domains({ hosts }: { readonly hosts: readonly string[] }) {
  const [first, ...more] = hosts;
  if (first === undefined) return <span class="muted">None</span>;
  return (
    <span title={hosts.join('\n')}>
      {first}
      {more.length > 0 && <span class="muted"> +{more.length}</span>}
    </span>
  );
}

function Nothing({ filtered, mayCreate }: { readonly filtered: boolean; readonly mayCreate: boolean }) {
  if (filtered)
    return (
      <EmptyState icon="search" title="No integration fits">
        Try another word, or remove the filter.
      </EmptyState>
    );
  return (
    <EmptyState
      icon="plug"
      title="Connect your first identity provider"
      action={
        mayCreate ? (
          <LinkButton href="/integrations/new" variant="primary" icon="plus">
            New integration
          </LinkButton>
        ) : undefined
      }
    >
      An integration joins one Auth0 tenant with Countersign. It takes about ten minutes.
    </EmptyState>
  );
}

export function Page() {
  const [query] = useQuery();
  const can = useCan();
  const asked = askedOf(kFilters, query, 'q');
  const { resource, reload } = useResource(JSON.stringify(asked), (signal) =>
    api.get('/integrations', {
      query: {
        ...(asked.q === undefined ? {} : { q: asked.q }),
        ...(asked.enabled === undefined ? {} : { enabled: asked.enabled === 'true' }),
      },
      signal,
    }),
  );
  const items = resource.kind === 'ready' ? resource.value.items : [];
  const filtered = Object.keys(asked).length > 0;
  return (
    <Frame
      title="Integrations"
      lead="Connections to identity providers. Each has its own id, secret and rules."
      action={
        can('integrations_write') && (
          <LinkButton href="/integrations/new" variant="primary" icon="plus">
            New integration
          </LinkButton>
        )
      }
    >
      <FilterBar
        filters={kFilters}
        search={{ key: 'q', label: 'Search integrations', placeholder: 'Name or id' }}
      />
      <Table
        label="Integrations"
        columns={kColumns}
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/integrations/${encodeURIComponent(id)}`}
        state={resource}
        onRetry={reload}
        empty={<Nothing filtered={filtered} mayCreate={can('integrations_write')} />}
      />
    </Frame>
  );
}
