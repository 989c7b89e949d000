import { useState } from 'preact/hooks';
import { api, type Result } from '../../api/client';
import type { Schema } from '../../api/types';
import { Button } from '../../components/button';
import { ConfirmDialog, Dialog } from '../../components/dialog';
import { toast } from '../../components/toast';
import { counted } from '../../format/numbers';
import { spellOut } from '../../words';

type User = Schema<'User'>;
type Act = Schema<'BulkAct'>['act'];

const kActs: Readonly<
  Record<
    Act,
    { readonly label: string; readonly done: string; readonly effect: string; readonly danger: boolean }
  >
> = {
  suspend: {
    label: 'Suspend',
    done: 'suspended',
    effect: 'No verification of theirs passes until they are reactivated.',
    danger: true,
  },
  reactivate: {
    label: 'Reactivate',
    done: 'reactivated',
    effect: 'They can log in with their face again, with fresh counters.',
    danger: false,
  },
  re_enrol: {
    label: 'Request re-enrolment',
    done: 'asked to enrol again',
    effect:
      'Their credentials are revoked now. The next login enrols a new face where self-enrolment is allowed.',
    danger: true,
  },
};

/** What can be done with the chosen rows. Suspending can be undone from the toast. */
export function BulkBar(props: {
  readonly users: readonly User[];
  readonly onClear: () => void;
  readonly onDone: () => void;
}) {
  const [asking, setAsking] = useState<Act | null>(null);
  const [failures, setFailures] = useState<readonly string[]>([]);
  const label = counted(props.users.length, 'user', 'users');
  const run = async (act: Act, ids: readonly string[]): Promise<Result<Schema<'BulkResult'>>> =>
    api.post('/users/bulk', { body: { act, users: [...ids] } });
  const confirm = async (act: Act): Promise<Result<unknown>> => {
    const result = await run(
      act,
      props.users.map(({ id }) => id),
    );
    if (!result.ok) return result;
    const failed = result.value.results.filter(({ ok }) => !ok);
    const held = result.value.results.filter(({ ok }) => ok).map(({ user }) => user);
    if (held.length > 0)
      toast({
        text: `${counted(held.length, 'user', 'users')} ${kActs[act].done}.`,
        ...(act === 'suspend' ? { undo: () => void run('reactivate', held).then(props.onDone) } : {}),
      });
    const nameOf = (id: string) => props.users.find((user) => user.id === id)?.external_id ?? id;
    if (failed.length > 0)
      setFailures(failed.map(({ user, code }) => `${nameOf(user)}: ${spellOut(code ?? 'failed')}`));
    else props.onDone();
    return result;
  };
  return (
    <section class="bulk-bar" aria-label="Chosen users">
      <span class="bulk-count" role="status">
        {label} chosen
      </span>
      {(Object.keys(kActs) as Act[]).map((act) => (
        <Button key={act} size="s" onClick={() => setAsking(act)}>
          {kActs[act].label}
        </Button>
      ))}
      <Button size="s" variant="quiet" onClick={props.onClear}>
        Clear
      </Button>
      {asking !== null && (
        <ConfirmDialog
          title={`${kActs[asking].label}: ${label}?`}
          confirmLabel={kActs[asking].label}
          danger={kActs[asking].danger}
          onClose={() => setAsking(null)}
          onConfirm={() => confirm(asking)}
        >
          {kActs[asking].effect}
        </ConfirmDialog>
      )}
      {failures.length > 0 && (
        <Dialog
          title="Not all of them"
          size="s"
          onClose={props.onDone}
          actions={<Button onClick={props.onDone}>Close</Button>}
        >
          <p class="prose">{counted(failures.length, 'user was', 'users were')} left as they are:</p>
          <ul>
            {failures.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Dialog>
      )}
    </section>
  );
}
