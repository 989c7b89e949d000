import { useState } from 'preact/hooks';
import { api, type Result } from '../../api/client';
import type { Schema } from '../../api/types';
import { useCan } from '../../app/session';
import { Button } from '../../components/button';
import { ConfirmDialog } from '../../components/dialog';
import { downloadText } from '../../components/download';
import { Menu, type MenuItem } from '../../components/popover';
import { toast } from '../../components/toast';

type Detail = Schema<'UserDetail'>;
type Asking = 're-enrol' | 'delete' | null;

export interface UserActsProps {
  readonly detail: Detail;
  readonly onChanged: (detail: Detail, etag: string | null) => void;
  readonly onDeleted: (certificate: Schema<'DeletionCertificate'>) => void;
}

/** Everything that can be done with one user, by what the role allows and the state makes sense of. */
export function UserActs({ detail, onChanged, onDeleted }: UserActsProps) {
  const [asking, setAsking] = useState<Asking>(null);
  const can = useCan();
  const path = { user: detail.user.id };
  const name = detail.user.external_id;
  const stopped = detail.user.status === 'suspended' || detail.user.status === 'locked';

  const change = async (
    call: () => Promise<Result<Detail>>,
    text: string,
    undo?: () => void,
  ): Promise<Result<Detail>> => {
    const result = await call();
    if (result.ok) {
      onChanged(result.value, result.etag);
      toast({ text, ...(undo === undefined ? {} : { undo }) });
    } else {
      toast({ tone: 'danger', text: result.problem.detail ?? result.problem.title });
    }
    return result;
  };
  const reactivate = () =>
    change(() => api.delete('/users/{user}/suspension', { path }), `${name} is active again.`);
  const suspend = () =>
    change(
      () => api.put('/users/{user}/suspension', { path }),
      `${name} is suspended.`,
      () => void reactivate(),
    );
  const exportAll = async () => {
    const result = await api.get('/users/{user}/export', { path });
    if (!result.ok) return toast({ tone: 'danger', text: result.problem.detail ?? result.problem.title });
    downloadText(
      `user-${detail.user.id}.json`,
      `${JSON.stringify(result.value, null, 2)}\n`,
      'application/json',
    );
  };

  const items: readonly MenuItem[] = [
    ...(can('users_write') && detail.credentials.some(({ state }) => state === 'active')
      ? [{ label: 'Request re-enrolment', onSelect: () => setAsking('re-enrol') }]
      : []),
    ...(can('users_export') ? [{ label: 'Export everything (JSON)', onSelect: () => void exportAll() }] : []),
    ...(can('users_delete')
      ? [{ label: 'Delete user', danger: true, onSelect: () => setAsking('delete') }]
      : []),
  ];
  return (
    <>
      {can('users_write') &&
        (stopped ? (
          <Button variant="primary" onClick={() => void reactivate()}>
            Reactivate
          </Button>
        ) : (
          <Button onClick={() => void suspend()}>Suspend</Button>
        ))}
      {items.length > 0 && (
        <Menu
          label="More for this user"
          items={items}
          trigger={(attributes) => (
            <Button icon="more" aria-label="More for this user" {...attributes}>
              More
            </Button>
          )}
        />
      )}
      {asking === 're-enrol' && (
        <ConfirmDialog
          title={`Ask ${name} to enrol again?`}
          confirmLabel="Request re-enrolment"
          danger
          onClose={() => setAsking(null)}
          onConfirm={() =>
            change(
              () => api.post('/users/{user}/re-enrolment', { path }),
              `${name} enrols again at the next login.`,
            )
          }
        >
          The present credential is revoked now. Whoever logs in next as this user enrols a face, where
          self-enrolment is allowed. Do this only when you know who asks.
        </ConfirmDialog>
      )}
      {asking === 'delete' && (
        <ConfirmDialog
          title={`Delete ${name}?`}
          confirmLabel="Delete user"
          danger
          typeToConfirm={name}
          onClose={() => setAsking(null)}
          onConfirm={async () => {
            const result = await api.delete('/users/{user}', { path });
            if (result.ok) onDeleted(result.value);
            return result;
          }}
        >
          The key of everything that is sealed for this person is destroyed: templates can never be read
          again, not even from a backup. You get a certificate. This cannot be undone.
        </ConfirmDialog>
      )}
    </>
  );
}
