import { useCallback, useState } from 'preact/hooks';
import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { useLeaveGuard } from './router';

/** Inside a form page: asks before unsaved input is left behind. */
export function UnsavedGuard({ dirty }: { readonly dirty: boolean }) {
  const [leaving, setLeaving] = useState<{ readonly go: () => void } | null>(null);
  const guard = useCallback((go: () => void) => {
    setLeaving({ go });
    return false;
  }, []);
  useLeaveGuard(dirty, guard);
  if (leaving === null) return null;
  return (
    <Dialog
      title="Leave without saving?"
      size="s"
      onClose={() => setLeaving(null)}
      actions={
        <>
          <Button onClick={() => setLeaving(null)}>Stay here</Button>
          <Button
            variant="danger"
            onClick={() => {
              setLeaving(null);
              leaving.go();
            }}
          >
            Discard changes
          </Button>
        </>
      }
    >
      <p>What you changed on this page is not saved yet.</p>
    </Dialog>
  );
}
