import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import type { Loaded } from '../../api/use-resource';
import { useCan } from '../../app/session';
import { Button } from '../../components/button';
import { DateTime } from '../../components/date-time';
import { ConfirmDialog } from '../../components/dialog';
import { EmptyState } from '../../components/states';
import { type Column, Table } from '../../components/table';
import { toast } from '../../components/toast';
import { roleNames } from './roles';

type Invitation = Schema<'Invitation'>;

/** Invitations that nobody accepted yet. */
export function Invitations({ loaded }: { readonly loaded: Loaded<Schema<'InvitationList'>> }) {
  const { resource, reload } = loaded;
  const can = useCan();
  const [withdrawing, setWithdrawing] = useState<Invitation | null>(null);
  const columns: Column<Invitation>[] = [
    { id: 'email', header: 'Invited', cell: (row) => row.email },
    { id: 'role', header: 'Role', cell: (row) => roleNames[row.role] },
    { id: 'by', header: 'By', hideBelow: 'm', cell: (row) => row.invited_by },
    { id: 'expires', header: 'Expires', hideBelow: 's', cell: (row) => <DateTime value={row.expires_at} /> },
  ];
  if (can('team_write'))
    columns.push({
      id: 'acts',
      header: 'Actions',
      headerHidden: true,
      align: 'end',
      cell: (row) => (
        <Button
          size="s"
          aria-label={`Withdraw the invitation of ${row.email}`}
          onClick={() => setWithdrawing(row)}
        >
          Withdraw
        </Button>
      ),
    });
  return (
    <section class="section">
      <h2 class="section-title">Pending invitations</h2>
      <Table
        label="Pending invitations"
        columns={columns}
        rows={resource.kind === 'ready' ? resource.value.items : []}
        rowKey={({ id }) => id}
        state={resource}
        empty={
          <EmptyState icon="mail" title="No invitation is open">
            Somebody you invite appears here until they accept.
          </EmptyState>
        }
        onRetry={reload}
      />
      {withdrawing !== null && (
        <ConfirmDialog
          title="Withdraw the invitation?"
          confirmLabel="Withdraw invitation"
          danger
          onClose={() => setWithdrawing(null)}
          onConfirm={async () => {
            const result = await api.delete('/invitations/{invitation}', {
              path: { invitation: withdrawing.id },
            });
            if (result.ok) {
              toast({ text: `The invitation of ${withdrawing.email} no longer works` });
              reload();
            }
            return result;
          }}
        >
          <p>The link that {withdrawing.email} received stops working at once.</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
