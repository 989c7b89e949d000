import { errorFor } from '../../api/problem';
import type { Schema } from '../../api/types';
import { Card } from '../../app/page';
import { UnsavedGuard } from '../../app/unsaved';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import {
  SaveBar,
  SaveProblem,
  type SettingsFormProps,
  SettingsFrame,
  useReadOnly,
  useSettings,
  useSettingsForm,
  WithSettings,
} from './frame';
import { useDraft } from './use-draft';
import { wholeNumber } from './whole-number';

export function Page() {
  const loaded = useSettings();
  return (
    <SettingsFrame
      title="Security"
      lead="What happens when a face check fails again and again. The counters belong to a person, across all integrations."
    >
      <WithSettings loaded={loaded}>
        {(settings, etag) => (
          <LockoutForm
            key={settings.version}
            stored={settings.lockout}
            etag={etag}
            onSaved={loaded.replace}
            onReload={loaded.reload}
          />
        )}
      </WithSettings>
    </SettingsFrame>
  );
}

function LockoutForm(props: SettingsFormProps<Schema<'Lockout'>>) {
  const lockout = props.stored;
  const form = useSettingsForm(props, (group) => ({ lockout: group }));
  const readOnly = useReadOnly();
  const draft = useDraft({
    locked: String(lockout.max_failed_attempts),
    after: String(lockout.delay_after),
    seconds: String(lockout.delay_seconds),
  });
  const locked = wholeNumber(draft.values.locked, 5, 100);
  const after = wholeNumber(draft.values.after, 1, 50);
  const seconds = wholeNumber(draft.values.seconds, 1, 3600);
  const valid = locked.ok && after.ok && seconds.ok;
  const save = (event: Event) => {
    event.preventDefault();
    if (!valid) return;
    form.save(
      { max_failed_attempts: locked.value, delay_after: after.value, delay_seconds: seconds.value },
      'The lockout policy is saved',
    );
  };
  return (
    <Card
      title="Lockout"
      text="A failed attempt is counted before the face is compared, and a success sets the count to zero."
    >
      <form class="form" noValidate onSubmit={save}>
        <SaveProblem problem={form.problem} onReload={props.onReload} />
        <div class="form-grid">
          <TextField
            label="Lock a person after"
            unit="attempts"
            inputMode="numeric"
            value={draft.values.locked}
            onText={draft.set('locked')}
            disabled={readOnly}
            help="Failed in a row. Helpdesk can unlock. 5 to 100."
            error={locked.ok ? errorFor(form.problem, 'lockout.max_failed_attempts') : locked.error}
          />
          <TextField
            label="Start to slow down after"
            unit="attempts"
            inputMode="numeric"
            value={draft.values.after}
            onText={draft.set('after')}
            disabled={readOnly}
            help="From then on attempts have to wait. 1 to 50."
            error={after.ok ? errorFor(form.problem, 'lockout.delay_after') : after.error}
          />
          <TextField
            label="Wait"
            unit="seconds"
            inputMode="numeric"
            value={draft.values.seconds}
            onText={draft.set('seconds')}
            disabled={readOnly}
            help="Between two attempts, from then on. 1 to 3,600."
            error={seconds.ok ? errorFor(form.problem, 'lockout.delay_seconds') : seconds.error}
          />
        </div>
        {valid && (
          <Notice>
            After {after.value} failures in a row a person waits {seconds.value} seconds between attempts.
            After {locked.value} they are locked, until somebody reactivates them on their page.
          </Notice>
        )}
        <SaveBar dirty={draft.dirty} blocked={!valid} busy={form.busy} onDiscard={draft.discard} />
      </form>
      <UnsavedGuard dirty={draft.dirty} />
    </Card>
  );
}
