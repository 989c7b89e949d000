import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { useResource } from '../../api/use-resource';
import { Page as Frame } from '../../app/page';
import { useCan } from '../../app/session';
import { Button } from '../../components/button';
import { Invitations } from './invitations';
import { InviteDialog } from './invite-dialog';
import { Members } from './members';

/** Who may administer this organisation, and who is invited to. */
export function Page() {
  const can = useCan();
  const [inviting, setInviting] = useState(false);
  const invitations = useResource('invitations', (signal) => api.get('/invitations', { signal }));
  return (
    <Frame
      title="Administrators"
      lead="People who can open this organisation in the portal. Everybody has a second factor."
      action={
        can('team_write') && (
          <Button variant="primary" icon="plus" onClick={() => setInviting(true)}>
            Invite
          </Button>
        )
      }
    >
      <Members />
      <Invitations loaded={invitations} />
      {inviting && (
        <InviteDialog
          onClose={() => {
            setInviting(false);
            invitations.reload();
          }}
        />
      )}
    </Frame>
  );
}
