import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor } from '../../api/problem';
import { Card } from '../../app/page';
import { useSession, useSessionAccess } from '../../app/session';
import { UnsavedGuard } from '../../app/unsaved';
import { useSubmit } from '../../app/use-submit';
import { CopyField } from '../../components/copy';
import { TextField } from '../../components/field';
import { toast } from '../../components/toast';
import { SaveBar, SaveProblem, SettingsFrame, useReadOnly } from './frame';

export function Page() {
  const { tenant } = useSession();
  return (
    <SettingsFrame
      title="Organisation"
      lead="Everything in this portal belongs to one organisation at a time."
    >
      <NameCard key={tenant?.name} name={tenant?.name ?? ''} />
      <Card title="Identifier" text="Command line and support ask for it. It never changes.">
        <CopyField label="Organisation id" value={tenant?.tenant ?? ''} />
      </Card>
    </SettingsFrame>
  );
}

function NameCard({ name: stored }: { readonly name: string }) {
  const { refresh } = useSessionAccess();
  const form = useSubmit();
  const readOnly = useReadOnly();
  const [name, setName] = useState(stored);
  const dirty = name.trim() !== stored;
  const rename = (wanted: string, undo: (() => void) | null) =>
    form.send(
      () => api.patch('/tenant', { body: { name: wanted } }),
      (membership) => {
        void refresh();
        toast({ text: `The organisation is called ${membership.name}`, ...(undo === null ? {} : { undo }) });
      },
    );
  return (
    <Card title="Name" text="Shown to administrators, and on the face check unless branding says otherwise.">
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void rename(name.trim(), () => void rename(stored, null));
        }}
      >
        <SaveProblem problem={form.problem} onReload={() => void refresh()} />
        <TextField
          label="Name"
          maxLength={100}
          value={name}
          onText={setName}
          disabled={readOnly}
          error={errorFor(form.problem, 'name')}
        />
        <SaveBar
          dirty={dirty}
          blocked={name.trim() === ''}
          busy={form.busy}
          onDiscard={() => setName(stored)}
        />
      </form>
      <UnsavedGuard dirty={dirty} />
    </Card>
  );
}
