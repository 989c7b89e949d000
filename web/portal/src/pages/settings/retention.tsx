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
    <SettingsFrame title="Retention" lead="How long the record of face checks is kept.">
      <WithSettings loaded={loaded}>
        {(settings, etag) => (
          <RetentionForm
            key={settings.version}
            stored={settings.retention}
            etag={etag}
            onSaved={loaded.replace}
            onReload={loaded.reload}
          />
        )}
      </WithSettings>
      <Card
        title="What is never stored"
        text="Pictures are measured in memory and dropped. There is no setting that keeps them."
      />
      <Card
        title="What stays"
        text="The audit trail is a chain of hashes and keeps every event. Face data of a person stays until they, or you, delete it."
      />
    </SettingsFrame>
  );
}

function RetentionForm(props: SettingsFormProps<Schema<'Retention'>>) {
  const form = useSettingsForm(props, (retention) => ({ retention }));
  const before = props.stored.transaction_days;
  const readOnly = useReadOnly();
  const draft = useDraft({ days: String(before) });
  const days = wholeNumber(draft.values.days, 1, 730);
  const save = (event: Event) => {
    event.preventDefault();
    if (days.ok) form.save({ transaction_days: days.value }, 'The retention time is saved');
  };
  return (
    <Card
      title="Transactions"
      text="Times, outcomes and causes of each face check, without pictures and without scores."
    >
      <form class="form" noValidate onSubmit={save}>
        <SaveProblem problem={form.problem} onReload={props.onReload} />
        <TextField
          label="Delete transactions after"
          unit="days"
          inputMode="numeric"
          value={draft.values.days}
          onText={draft.set('days')}
          disabled={readOnly}
          help="1 to 730. Statistics older than this disappear with them."
          error={days.ok ? errorFor(form.problem, 'retention.transaction_days') : days.error}
        />
        {days.ok && days.value < before && (
          <Notice tone="warning">
            Transactions that are older than {days.value} days are deleted with the next clean-up. That cannot
            be undone.
          </Notice>
        )}
        <SaveBar dirty={draft.dirty} blocked={!days.ok} busy={form.busy} onDiscard={draft.discard} />
      </form>
      <UnsavedGuard dirty={draft.dirty} />
    </Card>
  );
}
