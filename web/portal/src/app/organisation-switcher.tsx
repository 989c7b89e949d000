import { useState } from 'preact/hooks';
import { api } from '../api/client';
import { errorFor, type Problem, sentenceOf } from '../api/problem';
import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { TextField } from '../components/field';
import { Icon } from '../components/icon';
import { Notice } from '../components/notice';
import { Popover } from '../components/popover';
import { toast } from '../components/toast';
import { navigate } from './router';
import { useCan, useSession, useSessionAccess } from './session';
import { useIdempotencyKey } from './use-idempotency-key';

/** Moves the session to another organisation; every page after that shows the other one's data. */
export function useSwitchOrganisation(): (tenant: string) => Promise<void> {
  const { enter } = useSessionAccess();
  return async (tenant) => {
    const result = await api.put('/session/tenant', { body: { tenant } });
    if (!result.ok) return toast({ tone: 'danger', text: sentenceOf(result.problem) });
    enter(result.value);
    navigate('/');
    toast({ text: `You are now in ${result.value.tenant?.name ?? 'the other organisation'}` });
  };
}

export function OrganisationSwitcher() {
  const session = useSession();
  const can = useCan();
  const change = useSwitchOrganisation();
  const [creating, setCreating] = useState(false);
  const { tenant } = session;
  return (
    <>
      <Popover
        label="Organisations"
        trigger={(attributes) => (
          <button type="button" class="org" {...attributes}>
            <span class="org-mark" aria-hidden="true">
              {(tenant?.name ?? '?').slice(0, 1).toUpperCase()}
            </span>
            <span class="org-text">
              <span class="org-name">{tenant?.name ?? 'No organisation'}</span>
              <span class="org-role">{tenant?.role ?? ''}</span>
            </span>
            <Icon name="updown" size="s" />
          </button>
        )}
      >
        {(close) => (
          <ul class="menu">
            {session.tenants.map((membership) => (
              <li key={membership.tenant}>
                <button
                  type="button"
                  class="menu-item"
                  aria-current={membership.tenant === tenant?.tenant ? 'true' : undefined}
                  onClick={() => {
                    close();
                    if (membership.tenant !== tenant?.tenant) void change(membership.tenant);
                  }}
                >
                  <span class="menu-text">{membership.name}</span>
                  <span class="muted">{membership.role}</span>
                </button>
              </li>
            ))}
            {can('tenants_create') && (
              <li class="menu-divided">
                <button
                  type="button"
                  class="menu-item"
                  onClick={() => {
                    close();
                    setCreating(true);
                  }}
                >
                  <Icon name="plus" size="s" />
                  New organisation
                </button>
              </li>
            )}
          </ul>
        )}
      </Popover>
      {creating && <NewOrganisation onClose={() => setCreating(false)} />}
    </>
  );
}

function NewOrganisation({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const keyFor = useIdempotencyKey();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const change = useSwitchOrganisation();
  const create = async () => {
    setBusy(true);
    const body = { name: name.trim() };
    const result = await api.post('/tenants', { body, idempotencyKey: keyFor(body) });
    setBusy(false);
    if (!result.ok) return setProblem(result.problem);
    onClose();
    await change(result.value.tenant);
  };
  return (
    <Dialog
      title="New organisation"
      size="s"
      onClose={onClose}
      onSubmit={() => void create()}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy} disabled={name.trim() === ''}>
            Create organisation
          </Button>
        </>
      }
    >
      {problem !== null && (
        <Notice tone="danger" live>
          {sentenceOf(problem)}
        </Notice>
      )}
      <TextField
        label="Name"
        help="Users, integrations and settings are kept apart from your other organisations. You become its owner."
        maxLength={100}
        autoFocus
        value={name}
        onText={setName}
        error={errorFor(problem, 'name')}
      />
    </Dialog>
  );
}
