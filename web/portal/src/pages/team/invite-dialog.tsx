import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, sentenceOf } from '../../api/problem';
import type { Role, Schema } from '../../api/types';
import { useIdempotencyKey } from '../../app/use-idempotency-key';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { CopyField } from '../../components/copy';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { SelectField } from '../../components/select';
import { toast } from '../../components/toast';
import { roleOptions, roleTexts } from './roles';

export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const form = useSubmit();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('admin');
  const keyFor = useIdempotencyKey();
  const [sent, setSent] = useState<Schema<'NewInvitation'> | null>(null);
  const send = () => {
    const body = { email: email.trim(), role };
    void form.send(
      () => api.post('/invitations', { body, idempotencyKey: keyFor(body) }),
      (invitation) => {
        if (invitation.mailed) {
          toast({ text: `Invitation sent to ${invitation.invitation.email}` });
          onClose();
        } else setSent(invitation);
      },
    );
  };
  if (sent !== null) return <LinkDialog invitation={sent} onClose={onClose} />;
  return (
    <Dialog
      title="Invite an administrator"
      size="s"
      onClose={onClose}
      onSubmit={send}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy} disabled={email.trim() === ''}>
            Send invitation
          </Button>
        </>
      }
    >
      {form.problem !== null && (
        <Notice tone="danger" live>
          {sentenceOf(form.problem)}
        </Notice>
      )}
      <TextField
        label="E-mail address"
        type="email"
        autoFocus
        autoComplete="off"
        maxLength={254}
        value={email}
        onText={setEmail}
        error={errorFor(form.problem, 'email')}
      />
      <SelectField
        label="Role"
        options={roleOptions}
        value={role}
        onValue={setRole}
        help={roleTexts[role]}
        error={errorFor(form.problem, 'role')}
      />
    </Dialog>
  );
}

/** Without a mail server the inviter carries the link. */
function LinkDialog({
  invitation,
  onClose,
}: {
  readonly invitation: Schema<'NewInvitation'>;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      title="Hand over the invitation"
      locked
      onClose={onClose}
      actions={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <Notice tone="warning" title="No mail was sent">
        There is no working mail server. Give this link to {invitation.invitation.email} on a way you trust:
        whoever opens it first becomes the administrator. It is shown only here.
      </Notice>
      <CopyField label="Invitation link" value={invitation.link ?? ''} />
    </Dialog>
  );
}
