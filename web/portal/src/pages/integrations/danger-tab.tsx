import { useState } from 'preact/hooks';
import { api, type Result } from '../../api/client';
import { Card } from '../../app/page';
import { navigate } from '../../app/router';
import { useCan } from '../../app/session';
import { Button } from '../../components/button';
import { ConfirmDialog } from '../../components/dialog';
import { toast } from '../../components/toast';
import { draftOf } from './draft';
import { nameOf } from './list';
import { type TabProps, versionOf } from './tab-props';

/** Switching off and deleting: both say what breaks before they do it. */
export function DangerTab(props: TabProps) {
  const { integration } = props;
  const { enabled, mode } = draftOf(integration.settings);
  const [asking, setAsking] = useState<'disable' | 'delete' | null>(null);
  const can = useCan();
  const setEnabled = async (wanted: boolean, ifMatch = versionOf(props)): Promise<Result<unknown>> => {
    const result = await api.patch('/integrations/{integration}', {
      path: { integration: integration.id },
      body: { ...integration.settings, enabled: wanted },
      ifMatch,
    });
    if (result.ok) {
      props.onChanged(result.value, result.etag);
      const undo = () => void setEnabled(true, result.etag ?? '');
      toast(
        wanted
          ? { text: `${nameOf(integration)} is enabled.` }
          : { text: `${nameOf(integration)} is disabled.`, undo },
      );
    } else if (wanted) {
      toast({ tone: 'danger', text: result.problem.title });
    }
    return result;
  };
  const remove = async (): Promise<Result<unknown>> => {
    const result = await api.delete('/integrations/{integration}', {
      path: { integration: integration.id },
      ifMatch: versionOf(props),
    });
    if (result.ok) {
      toast({ text: `${nameOf(integration)} is deleted.` });
      navigate('/integrations', { replace: true });
    }
    return result;
  };
  return (
    <div class="stack">
      {can('integrations_write') && (
        <Card
          danger
          title={enabled ? 'Disable this integration' : 'Enable this integration'}
          text={enabled ? effectOf(mode) : 'Logins can ask for a face again at once.'}
          action={
            enabled ? (
              <Button variant="danger" onClick={() => setAsking('disable')}>
                Disable
              </Button>
            ) : (
              <Button variant="primary" onClick={() => void setEnabled(true)}>
                Enable
              </Button>
            )
          }
        />
      )}
      {can('integrations_delete') && (
        <Card
          danger
          title="Delete this integration"
          text="Ends it with its secrets. Enrolled users and past transactions stay. This cannot be undone."
          action={
            <Button variant="danger" icon="trash" onClick={() => setAsking('delete')}>
              Delete
            </Button>
          }
        />
      )}
      {asking === 'disable' && (
        <ConfirmDialog
          title={`Disable ${nameOf(integration)}?`}
          confirmLabel="Disable integration"
          danger
          onClose={() => setAsking(null)}
          onConfirm={() => setEnabled(false)}
        >
          {effectOf(mode)} To let logins go on without a face, take the Action out of the login flow at Auth0
          first.
        </ConfirmDialog>
      )}
      {asking === 'delete' && (
        <ConfirmDialog
          title={`Delete ${nameOf(integration)}?`}
          confirmLabel="Delete integration"
          danger
          typeToConfirm={nameOf(integration)}
          onClose={() => setAsking(null)}
          onConfirm={remove}
        >
          Every login through it fails from now on, until the Action is removed or belongs to another
          integration.
        </ConfirmDialog>
      )}
    </div>
  );
}

const effectOf = (mode: 'always' | 'on-demand'): string =>
  mode === 'always'
    ? 'It is used in always-on mode: every login through it fails with biometric_mfa_disabled while it is off.'
    : 'While it is off, every login and every activity that asks for a face fails with biometric_mfa_disabled. Plain logins go on.';
