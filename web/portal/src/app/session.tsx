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

const kHint = 'countersign.signed-in';

/** Whether a session may exist. The cookie cannot be read; a note beside it spares the sign-in page a refused call. */
function mayBeSignedIn(): boolean {
  try {
    return localStorage.getItem(kHint) !== null;
  } catch {
    return true;
  }
}

function remember(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(kHint, '1');
    else localStorage.removeItem(kHint);
  } catch {
    // Without storage the server is asked every time.
  }
}

export function SessionProvider({ children }: { readonly children: ComponentChildren }) {
  const [presence, setPresence] = useState<Presence>({ kind: 'unknown' });
  const enter = useCallback((session: Session) => {
    remember(true);
    setPresence({ kind: 'somebody', session });
  }, []);
  const forget = useCallback(() => {
    remember(false);
    setPresence({ kind: 'nobody' });
  }, []);
  const refresh = useCallback(async () => {
    const result = await api.get('/session');
    if (result.ok) enter(result.value);
    else if (result.problem.status === 401) forget();
    else setPresence({ kind: 'failed', problem: result.problem });
  }, [enter, forget]);
  useEffect(() => {
    if (mayBeSignedIn()) void refresh();
    else forget();
  }, [refresh, forget]);
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
