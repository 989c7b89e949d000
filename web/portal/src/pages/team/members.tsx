import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useResource } from '../../api/use-resource';
import { useCan, useSession } from '../../app/session';
import { Badge } from '../../components/badge';
import { IconButton } from '../../components/button';
import { DateTime } from '../../components/date-time';
import { ConfirmDialog } from '../../components/dialog';
import { Menu } from '../../components/popover';
import { EmptyState } from '../../components/states';
import { type Column, Table } from '../../components/table';
import { toast } from '../../components/toast';
import { RoleDialog } from './role-dialog';
import { roleNames } from './roles';

type Administrator = Schema<'Administrator'>;
type Act = { readonly kind: 'role' | 'remove'; readonly who: Administrator } | null;

export function Members() {
  const can = useCan();
  const self = useSession().administrator.id;
  const { resource, reload } = useResource('administrators', (signal) =>
    api.get('/administrators', { signal }),
  );
  const [act, setAct] = useState<Act>(null);
  const columns = columnsFor(self, can('team_write') ? setAct : null);
  return (
    <>
      <Table
        label="Administrators"
        columns={columns}
        rows={resource.kind === 'ready' ? resource.value.items : []}
        rowKey={({ id }) => id}
        state={resource}
        empty={<EmptyState icon="shield" title="Nobody administers this organisation" />}
        onRetry={reload}
      />
      {act?.kind === 'role' && (
        <RoleDialog administrator={act.who} onClose={() => setAct(null)} onChanged={reload} />
      )}
      {act?.kind === 'remove' && (
        <RemoveDialog administrator={act.who} onClose={() => setAct(null)} onRemoved={reload} />
      )}
    </>
  );
}

function columnsFor(self: string, act: ((act: Act) => void) | null): readonly Column<Administrator>[] {
  const columns: readonly Column<Administrator>[] = [
    {
      id: 'name',
      header: 'Name',
      cell: (row) => (
        <span class="cell-main">
          <span>
            {row.name} {row.id === self && <Badge>You</Badge>}
          </span>
          <span class="cell-sub">{row.email}</span>
        </span>
      ),
    },
    { id: 'role', header: 'Role', cell: (row) => roleNames[row.role] },
    {
      id: 'totp',
      header: 'Second factor',
      hideBelow: 'm',
      cell: (row) => (
        <Badge tone={row.totp_enabled ? 'success' : 'warning'} dot>
          {row.totp_enabled ? 'On' : 'Not yet set up'}
        </Badge>
      ),
    },
    {
      id: 'last',
      header: 'Last sign-in',
      hideBelow: 'm',
      cell: (row) => <DateTime value={row.last_sign_in_at} />,
    },
  ];
  return act === null ? columns : [...columns, actColumn(act)];
}

const actColumn = (act: (act: Act) => void): Column<Administrator> => ({
  id: 'acts',
  header: 'Actions',
  headerHidden: true,
  align: 'end',
  cell: (row) => (
    <Menu
      label={`Actions for ${row.name}`}
      trigger={(attributes) => (
        <IconButton size="s" icon="more" label={`Actions for ${row.name}`} {...attributes} />
      )}
      items={[
        { label: 'Change role', onSelect: () => act({ kind: 'role', who: row }) },
        {
          label: 'Remove from organisation',
          danger: true,
          onSelect: () => act({ kind: 'remove', who: row }),
        },
      ]}
    />
  ),
});

function RemoveDialog(props: {
  readonly administrator: Administrator;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}) {
  const { administrator } = props;
  return (
    <ConfirmDialog
      title={`Remove ${administrator.name}?`}
      confirmLabel="Remove administrator"
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        const result = await api.delete('/administrators/{administrator}', {
          path: { administrator: administrator.id },
        });
        if (result.ok) {
          toast({ text: `${administrator.name} is no longer an administrator here` });
          props.onRemoved();
        }
        return result;
      }}
    >
      <p>
        {administrator.name} ({administrator.email}) loses access to this organisation at once. What they did
        stays in the audit trail. They can be invited again.
      </p>
    </ConfirmDialog>
  );
}
