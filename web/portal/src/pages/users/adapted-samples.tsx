import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useCan } from '../../app/session';
import { Button } from '../../components/button';
import { DateTime } from '../../components/date-time';
import { ConfirmDialog } from '../../components/dialog';
import { toast } from '../../components/toast';

/** Samples that strong matches added beside the enrolled ones, each with its way back. */
export function AdaptedSamples(props: {
  readonly user: string;
  readonly samples: readonly Schema<'AdaptedSample'>[];
  readonly onChanged: (detail: Schema<'UserDetail'>, etag: string | null) => void;
}) {
  const [asking, setAsking] = useState<string | null>(null);
  const mayWrite = useCan()('users_write');
  const remove = async (sample: string) => {
    const result = await api.delete('/users/{user}/samples/{sample}', { path: { user: props.user, sample } });
    if (result.ok) {
      props.onChanged(result.value, result.etag);
      toast({ text: 'The sample is destroyed. The enrolled ones stay.' });
    }
    return result;
  };
  if (props.samples.length === 0) return null;
  return (
    <>
      <ul class="adapted-samples" aria-label="Adapted samples">
        {props.samples.map(({ id, adapted_at }) => (
          <li key={id}>
            <span class="cell-sub">
              Adapted sample, added <DateTime value={adapted_at} show="absolute" />
            </span>
            {mayWrite && (
              <Button size="s" aria-label="Remove this adapted sample" onClick={() => setAsking(id)}>
                Remove
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asking !== null && (
        <ConfirmDialog
          title="Remove the adapted sample?"
          confirmLabel="Remove sample"
          danger
          onClose={() => setAsking(null)}
          onConfirm={() => remove(asking)}
        >
          It was added after a login that matched the enrolled face very well. From the next login on it is
          not compared any more; the enrolled samples stay. Another one may be added a day after it at the
          earliest.
        </ConfirmDialog>
      )}
    </>
  );
}
