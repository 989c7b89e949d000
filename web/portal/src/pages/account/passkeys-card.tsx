import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useResource } from '../../api/use-resource';
import { Card } from '../../app/page';
import { browserHasPasskeys } from '../../app/passkey';
import { useSession, useSessionAccess } from '../../app/session';
import { Button } from '../../components/button';
import { DateTime } from '../../components/date-time';
import { ConfirmDialog } from '../../components/dialog';
import { Icon } from '../../components/icon';
import { Failure, Skeleton } from '../../components/states';
import { toast } from '../../components/toast';
import { AddPasskeyDialog, RenamePasskeyDialog } from './passkey-dialogs';

type Passkey = Schema<'Passkey'>;
type Open =
  | { readonly kind: 'add' }
  | { readonly kind: 'rename'; readonly passkey: Passkey }
  | { readonly kind: 'remove'; readonly passkey: Passkey }
  | null;

/** What answers in place of the code: a device's own lock or a security key. */
export function PasskeysCard() {
  const { administrator } = useSession();
  const { refresh } = useSessionAccess();
  const { resource, reload } = useResource('passkeys', (signal) => api.get('/account/passkeys', { signal }));
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const changed = (text: string) => {
    close();
    reload();
    void refresh();
    toast({ text });
  };
  return (
    <Card
      title="Passkeys"
      text="They answer in place of the six-digit code, and only here: a copied sign-in page gets nothing from them. The code works, too."
    >
      {resource.kind === 'loading' && <Skeleton lines={2} />}
      {resource.kind === 'failed' && <Failure problem={resource.problem} onRetry={reload} />}
      {resource.kind === 'ready' && resource.value.items.length > 0 && (
        <ul class="rows">
          {resource.value.items.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onOpen={setOpen} />
          ))}
        </ul>
      )}
      <div class="form-actions">
        {browserHasPasskeys() ? (
          <Button icon="plus" onClick={() => setOpen({ kind: 'add' })}>
            Add a passkey
          </Button>
        ) : (
          <p class="muted">This browser makes no passkeys. A newer one does.</p>
        )}
      </div>
      {open?.kind === 'add' && (
        <AddPasskeyDialog
          person={administrator}
          onClose={close}
          onAdded={(name) => changed(`${name} signs you in from now on`)}
        />
      )}
      {open?.kind === 'rename' && (
        <RenamePasskeyDialog
          passkey={open.passkey}
          onClose={close}
          onRenamed={() => changed('The passkey has a new name')}
        />
      )}
      {open?.kind === 'remove' && (
        <ConfirmDialog
          title={`Remove ${open.passkey.name}?`}
          confirmLabel="Remove passkey"
          danger
          onClose={close}
          onConfirm={async () => {
            const path = { passkey: open.passkey.id };
            const result = await api.delete('/account/passkeys/{passkey}', { path });
            if (result.ok) changed('The passkey is removed');
            return result;
          }}
        >
          <p>It no longer signs you in. Your authenticator does. Delete it on the device, too.</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}

function PasskeyRow(props: { readonly passkey: Passkey; readonly onOpen: (open: Open) => void }) {
  const { passkey, onOpen } = props;
  return (
    <li>
      <Icon name="key" />
      <span class="cell-main">
        <strong>{passkey.name}</strong>
        <span class="cell-sub">
          Added <DateTime value={passkey.created_at} /> ·{' '}
          {passkey.last_used_at === null ? (
            'not used yet'
          ) : (
            <>
              last used <DateTime value={passkey.last_used_at} />
            </>
          )}
        </span>
      </span>
      <Button
        size="s"
        aria-label={`Rename ${passkey.name}`}
        onClick={() => onOpen({ kind: 'rename', passkey })}
      >
        Rename
      </Button>
      <Button
        size="s"
        aria-label={`Remove ${passkey.name}`}
        onClick={() => onOpen({ kind: 'remove', passkey })}
      >
        Remove
      </Button>
    </li>
  );
}
