import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { sentenceOf } from '../../api/problem';
import type { Schema } from '../../api/types';
import { Card } from '../../app/page';
import { useCan } from '../../app/session';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { TextArea } from '../../components/field';
import { Notice } from '../../components/notice';
import { toast } from '../../components/toast';

const kLongest = 2000;

/** Remarks for colleagues, saved against the version that was read. */
export function Notes(props: {
  readonly detail: Schema<'UserDetail'>;
  readonly etag: string | null;
  readonly onChanged: (detail: Schema<'UserDetail'>, etag: string | null) => void;
  readonly onReload: () => void;
}) {
  const { detail } = props;
  const [notes, setNotes] = useState(detail.notes);
  const { busy, problem, send, clear } = useSubmit();
  const mayWrite = useCan()('users_write');
  const changed = notes !== detail.notes;
  const tooLong = notes.length > kLongest;
  const put = (text: string, ifMatch: string) =>
    api.patch('/users/{user}', { path: { user: detail.user.id }, body: { notes: text }, ifMatch });
  const undo = (etag: string | null) =>
    send(
      () => put(detail.notes, etag ?? ''),
      (value, version) => {
        setNotes(value.notes);
        props.onChanged(value, version);
        toast({ text: 'The notes are as before.' });
      },
    );
  const save = () =>
    send(
      () => put(notes, props.etag ?? `"${detail.version}"`),
      (value, etag) => {
        props.onChanged(value, etag);
        toast({ text: 'Notes saved.', undo: () => void undo(etag) });
      },
    );
  return (
    <Card>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (changed && !tooLong) void save();
        }}
      >
        {problem?.status === 412 && (
          <Notice
            tone="warning"
            live
            title="Changed by somebody else"
            action={
              <Button size="s" icon="again" onClick={() => [clear(), props.onReload()]}>
                Load the newer version
              </Button>
            }
          >
            Your text stays in the box. Load the newer version, then save again.
          </Notice>
        )}
        {problem !== null && problem.status !== 412 && (
          <Notice tone="danger" live>
            {sentenceOf(problem)}
          </Notice>
        )}
        <TextArea
          label="Notes"
          help="For administrators. The user can ask for them: they are part of the export."
          value={notes}
          onText={setNotes}
          readOnly={!mayWrite}
          error={tooLong ? `At most ${kLongest} characters; this is ${notes.length}.` : undefined}
        />
        {mayWrite && (
          <div class="form-actions">
            <Button type="submit" busy={busy} disabled={!changed || tooLong}>
              Save notes
            </Button>
          </div>
        )}
      </form>
    </Card>
  );
}
