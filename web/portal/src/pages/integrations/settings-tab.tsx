import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { type Problem, sentenceOf } from '../../api/problem';
import { Card } from '../../app/page';
import { useCan } from '../../app/session';
import { Button } from '../../components/button';
import { Notice } from '../../components/notice';
import { type Toast, toast } from '../../components/toast';
import { errorsOf } from './create';
import { type Draft, draftOf, settingsOf } from './draft';
import {
  AssuranceFields,
  ClaimFields,
  ConnectionFields,
  type FieldsProps,
  Flows,
  LoopbackField,
  RequestFields,
} from './settings-fields';
import { type TabProps, versionOf } from './tab-props';

const same = (left: Draft, right: Draft): boolean =>
  JSON.stringify(settingsOf(left)) === JSON.stringify(settingsOf(right));

/** All settings as one form: saved together, against the version that was loaded. */
export function SettingsTab(props: TabProps) {
  const stored = draftOf(props.integration.settings);
  const [draft, setDraft] = useState(stored);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const mayWrite = useCan()('integrations_write');
  const errors = errorsOf(draft, problem);
  const changed = !same(draft, stored);
  const fields: FieldsProps = {
    draft,
    errors,
    onDraft: (next) => {
      setDraft(next);
      setProblem(null);
    },
  };
  const put = async (wanted: Draft, ifMatch: string, done: (etag: string | null) => Toast) => {
    setBusy(true);
    const result = await api.patch('/integrations/{integration}', {
      path: { integration: props.integration.id },
      // Switching on and off is an act of the danger zone, not a field of this form.
      body: settingsOf({ ...wanted, enabled: stored.enabled }),
      ifMatch,
    });
    setBusy(false);
    if (!result.ok) return setProblem(result.problem);
    setProblem(null);
    setDraft(draftOf(result.value.settings));
    props.onChanged(result.value, result.etag);
    toast(done(result.etag));
  };
  const undo = (etag: string | null) =>
    put(stored, etag ?? '', () => ({ text: 'The settings are as before.' }));
  const save = async () => {
    if (busy || !changed || Object.keys(errors).length > 0) return;
    await put(draft, versionOf(props), (etag) => ({
      text: 'Settings saved. They count from the next login.',
      undo: () => void undo(etag),
    }));
  };
  const discard = () => {
    setDraft(stored);
    setProblem(null);
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {problem?.status === 412 && <Conflict onReload={() => [setProblem(null), props.onReload()]} />}
      {problem !== null && problem.status !== 412 && (
        <Notice tone="danger" live>
          {sentenceOf(problem)}
        </Notice>
      )}
      <fieldset class="plain" disabled={!mayWrite}>
        <Card title="Connection">
          <div class="form-fields">
            <ConnectionFields {...fields} />
            <ClaimFields {...fields} />
          </div>
        </Card>
        <Card title="Requests">
          <div class="form-fields">
            <RequestFields {...fields} />
            <Flows />
          </div>
        </Card>
        <Card title="Assurance">
          <div class="form-fields">
            <AssuranceFields {...fields} />
          </div>
        </Card>
        <Card title="Demonstration">
          <div class="form-fields">
            <LoopbackField {...fields} />
          </div>
        </Card>
      </fieldset>
      {mayWrite && (
        <div class={changed ? 'save-bar save-bar-on' : 'save-bar'}>
          <span class="save-state muted">
            {changed ? 'You have unsaved changes.' : 'Everything is saved.'}
          </span>
          <Button disabled={!changed} onClick={discard}>
            Discard
          </Button>
          <Button
            type="submit"
            variant="primary"
            busy={busy}
            disabled={!changed || Object.keys(errors).length > 0}
          >
            Save changes
          </Button>
        </div>
      )}
    </form>
  );
}

function Conflict({ onReload }: { readonly onReload: () => void }) {
  return (
    <Notice
      tone="warning"
      live
      title="Changed by somebody else"
      action={
        <Button size="s" icon="again" onClick={onReload}>
          Load the newer settings
        </Button>
      }
    >
      Another administrator saved this integration while you were editing. Nothing of yours was saved. Load
      the newer settings; your changes stay in the form so that you can save them again.
    </Notice>
  );
}
