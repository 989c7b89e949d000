import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useResource } from '../../api/use-resource';
import { Page as Frame } from '../../app/page';
import { useCan } from '../../app/session';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { DateTime } from '../../components/date-time';
import { ConfirmDialog } from '../../components/dialog';
import { EmptyState } from '../../components/states';
import { type Column, Table } from '../../components/table';
import { toast } from '../../components/toast';
import { NewKeyDialog } from './new-key-dialog';

type ApiKey = Schema<'ApiKey'>;

export function Page() {
  const can = useCan();
  const { resource, reload } = useResource('api-keys', (signal) => api.get('/api-keys', { signal }));
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const create = can('api_keys_write') && (
    <Button variant="primary" icon="plus" onClick={() => setCreating(true)}>
      New key
    </Button>
  );
  return (
    <Frame
      title="API keys"
      lead="Programs use a key instead of a sign-in. A key belongs to this organisation and can do only what its scopes allow."
      action={create}
    >
      <Table
        label="API keys"
        columns={columnsFor(can('api_keys_write') ? setRevoking : null)}
        rows={resource.kind === 'ready' ? resource.value.items : []}
        rowKey={({ id }) => id}
        state={resource}
        empty={
          <EmptyState icon="key" title="No API key yet" action={create}>
            Everything this portal does is also possible through the documented API.
          </EmptyState>
        }
        onRetry={reload}
      />
      {creating && (
        <NewKeyDialog
          onClose={() => {
            setCreating(false);
            reload();
          }}
        />
      )}
      {revoking !== null && (
        <RevokeDialog apiKey={revoking} onClose={() => setRevoking(null)} onRevoked={reload} />
      )}
    </Frame>
  );
}

function columnsFor(revoke: ((key: ApiKey) => void) | null): readonly Column<ApiKey>[] {
  const columns: readonly Column<ApiKey>[] = [
    {
      id: 'name',
      header: 'Name',
      cell: (row) => (
        <span class="cell-main">
          <span>{row.name}</span>
          <code class="cell-sub">{row.hint}…</code>
        </span>
      ),
    },
    {
      id: 'scopes',
      header: 'Scopes',
      hideBelow: 'm',
      cell: (row) => (
        <span class="badges">
          {row.scopes.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
        </span>
      ),
    },
    { id: 'by', header: 'Made by', hideBelow: 'l', cell: (row) => row.created_by },
    { id: 'used', header: 'Last used', hideBelow: 's', cell: (row) => <DateTime value={row.last_used_at} /> },
    {
      id: 'expires',
      header: 'Expires',
      hideBelow: 'm',
      cell: (row) => <DateTime value={row.expires_at} show="date" missing="Does not expire" />,
    },
  ];
  if (revoke === null) return columns;
  return [
    ...columns,
    {
      id: 'acts',
      header: 'Actions',
      headerHidden: true,
      align: 'end',
      cell: (row) => (
        <Button size="s" aria-label={`Revoke ${row.name}`} onClick={() => revoke(row)}>
          Revoke
        </Button>
      ),
    },
  ];
}

function RevokeDialog(props: {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}) {
  const { id, name } = props.apiKey;
  return (
    <ConfirmDialog
      title={`Revoke ${name}?`}
      confirmLabel="Revoke key"
      danger
      typeToConfirm={name}
      onClose={props.onClose}
      onConfirm={async () => {
        const result = await api.delete('/api-keys/{key}', { path: { key: id } });
        if (result.ok) {
          toast({ text: `${name} is revoked` });
          props.onRevoked();
        }
        return result;
      }}
    >
      <p>Every program that uses this key is refused from now on. This cannot be undone.</p>
    </ConfirmDialog>
  );
}
