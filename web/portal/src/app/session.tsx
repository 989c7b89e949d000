import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { api } from '../api/client';
import type { Problem } from '../api/problem';
import type { Session } from '../api/types';

/** What the page knows about who is signed in. */
export type Presence =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'somebody'; readonly session: Session }
  | { readonly kind: 'failed'; readonly problem: Problem };

interface SessionAccess {
  readonly presence: Presence;
  /** Asks the server again: after a change of role, organisation or name. */
  readonly refresh: () => Promise<void>;
  /** Takes over the answer of a call that signs in or moves on. */
  readonly enter: (session: Session) => void;
  readonly forget: () => void;
}

const SessionContext = createContext<SessionAccess>({
  presence: { kind: 'unknown' },
  refresh: async () => {},
  enter: () => {},
  forget: () => {},
});

export function SessionProvider({ children }: { readonly children: ComponentChildren }) {
  const [presence, setPresence] = useState<Presence>({ kind: 'unknown' });
  const enter = useCallback((session: Session) => {
    setPresence({ kind: 'somebody', session });
  }, []);
  const forget = useCallback(() => setPresence({ kind: 'nobody' }), []);
  const refresh = useCallback(async () => {
    const result = await api.get('/session');
    if (result.ok && result.value !== null) enter(result.value);
    else if (result.ok || result.problem.status === 401) forget();
    else setPresence({ kind: 'failed', problem: result.problem });
  }, [enter, forget]);
  useEffect(() => {
    void refresh();
  }, [refresh]);
  const access = useMemo<SessionAccess>(
    () => ({ presence, refresh, enter, forget }),
    [presence, refresh, enter, forget],
  );
  return <SessionContext.Provider value={access}>{children}</SessionContext.Provider>;
}

export const useSessionAccess = (): SessionAccess => useContext(SessionContext);

/** The signed-in session; only for pages inside the portal's frame, which is drawn for nobody else. */
export function useSession(): Session {
  const { presence } = useSessionAccess();
  if (presence.kind !== 'somebody') throw new Error('this page is drawn only for a signed-in administrator');
  return presence.session;
}

/** Whether the role allows something. It only decides what is shown: the server decides what is done. */
export function useCan(): (permission: string) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}
