import type { RefObject } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Schema } from '../../api/types';
import { useBackGuard, useLeaveGuard } from '../../app/router';
import { Button } from '../../components/button';
import { CopyField } from '../../components/copy';
import { Dialog } from '../../components/dialog';
import { downloadText } from '../../components/download';
import { Notice } from '../../components/notice';
import { Checkbox } from '../../components/switch';
import { actionInputOf } from './action-input';
import { envFile } from './auth0-files';

type Leave = () => void;

/**
 * Shows id and secret of an integration once. The secret lives in this component only: not in the address, not in any
 * storage, and not in a page that Back could show again. Leaving before "I stored it" is asked back.
 */
export function OneTimeSecret(props: {
  readonly created: Schema<'IntegrationWithSecret'>;
  readonly continueLabel: string;
  /** Called once the secret is stored; the caller shows something else then. */
  readonly onContinue: () => void;
  /** The address that Back leads to from here; the present one when left out. */
  readonly below?: string;
}) {
  const { created } = props;
  const [stored, setStored] = useState(false);
  const [leaving, setLeaving] = useState<Leave | null>(null);
  const released = useRef(false);
  const ask = useCallback((leave: Leave) => {
    setLeaving(() => leave);
    return false;
  }, []);
  useLeaveGuard(!stored, ask);
  useHeldBack(props.below, released, stored ? null : ask);
  const proceed = () => {
    released.current = true;
    props.onContinue();
  };
  return (
    <div class="secret-screen">
      <Notice tone="warning" title="This is the only time the Session Secret is shown">
        Nobody can read it again, not even an owner. If it gets lost, you make a new one.
      </Notice>
      <CopyField label="Integration Id" value={created.integration.id} />
      <CopyField label="Session Secret" value={created.session_secret} secret />
      <div class="secret-file">
        <Button
          icon="download"
          onClick={() =>
            downloadText(
              'countersign.env',
              envFile(actionInputOf(created.integration, created.session_secret)),
            )
          }
        >
          Download as .env
        </Button>
        <span class="muted">Both values and the settings of the Action in one file.</span>
      </div>
      <Checkbox label="I stored the Session Secret where it is safe" checked={stored} onChecked={setStored} />
      <div class="form-actions">
        <Button variant="primary" disabled={!stored} onClick={proceed}>
          {props.continueLabel}
        </Button>
      </div>
      {leaving !== null && <LeaveDialog onStay={() => setLeaving(null)} onLeave={leaving} />}
    </div>
  );
}

function LeaveDialog({ onStay, onLeave }: { readonly onStay: () => void; readonly onLeave: () => void }) {
  return (
    <Dialog
      title="Leave without the secret?"
      size="s"
      onClose={onStay}
      actions={
        <>
          <Button variant="danger" onClick={onLeave}>
            Leave anyway
          </Button>
          <Button variant="primary" onClick={onStay}>
            Stay
          </Button>
        </>
      }
    >
      <p class="prose">You have not confirmed that the Session Secret is stored. It cannot be shown again.</p>
    </Dialog>
  );
}

/**
 * Holds the browser's Back: the entry that it left is put back and `ask` decides. The entry below becomes `below`, so that
 * Back never returns to a screen that had the secret. `ask` null lets Back go.
 */
function useHeldBack(
  below: string | undefined,
  released: RefObject<boolean>,
  ask: ((leave: Leave) => unknown) | null,
): void {
  const here = useRef(`${window.location.pathname}${window.location.search}`);
  useEffect(() => {
    history.replaceState(null, '', below ?? here.current);
    history.pushState(null, '', here.current);
  }, [below]);
  useBackGuard(() => {
    if (released.current || ask === null) return true;
    history.pushState(null, '', here.current);
    ask(() => {
      released.current = true;
      history.back();
    });
    return false;
  });
}
