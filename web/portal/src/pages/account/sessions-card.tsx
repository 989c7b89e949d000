import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useResource } from '../../api/use-resource';
import { browserName, isPhone } from '../../app/browser-name';
import { Card } from '../../app/page';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { DateTime } from '../../components/date-time';
import { ConfirmDialog } from '../../components/dialog';
import { Icon } from '../../components/icon';
import { Failure, Skeleton } from '../../components/states';
import { toast } from '../../components/toast';

type Session = Schema<'SessionList'>['items'][number];

/** Where this account is signed in now; every other place can be ended from here. */
export function SessionsCard() {
  const { resource, reload } = useResource('sessions', (signal) => api.get('/account/sessions', { signal }));
  const [ending, setEnding] = useState<Session | null>(null);
  return (
    <Card
      title="Sessions"
      text="A session ends by itself after 30 minutes without use, and after 12 hours at the latest."
    >
      {resource.kind === 'loading' && <Skeleton lines={3} />}
      {resource.kind === 'failed' && <Failure problem={resource.problem} onRetry={reload} />}
      {resource.kind === 'ready' && (
        <ul class="rows">
          {resource.value.items.map((session) => (
            <SessionRow key={session.id} session={session} onEnd={() => setEnding(session)} />
          ))}
        </ul>
      )}
      {ending !== null && (
        <ConfirmDialog
          title="End this session?"
          confirmLabel="End session"
          danger
          onClose={() => setEnding(null)}
          onConfirm={async () => {
            const result = await api.delete('/account/sessions/{session}', { path: { session: ending.id } });
            if (result.ok) {
              toast({ text: 'The session has ended' });
              reload();
            }
            return result;
          }}
        >
          <p>
            {browserName(ending.browser)} at {ending.address} has to sign in again.
          </p>
        </ConfirmDialog>
      )}
    </Card>
  );
}

function SessionRow({ session, onEnd }: { readonly session: Session; readonly onEnd: () => void }) {
  return (
    <li>
      <Icon name={isPhone(session.browser) ? 'phone' : 'screen'} />
      <span class="cell-main">
        <strong title={session.browser}>{browserName(session.browser)}</strong>
        <span class="cell-sub">
          {session.address} · signed in <DateTime value={session.created_at} /> · last used{' '}
          <DateTime value={session.last_seen_at} />
        </span>
      </span>
      {session.current ? (
        <Badge tone="success" dot>
          This browser
        </Badge>
      ) : (
        <Button size="s" onClick={onEnd}>
          End
        </Button>
      )}
    </li>
  );
}
