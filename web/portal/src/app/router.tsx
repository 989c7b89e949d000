import type { ComponentChildren } from 'preact';
import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';

/** The address as the pages see it. `query` is a fresh object each time: changing it changes nothing. */
export interface Location {
  readonly path: string;
  readonly query: URLSearchParams;
}

export type Params = Readonly<Record<string, string>>;

/** Says whether the page may be left; asked before every in-app navigation. */
type Guard = (go: () => void) => boolean;

const listeners = new Set<() => void>();
const guards = new Set<Guard>();
/** Asked when the browser went back or forward; false means that the page put the entry back itself. */
const backGuards = new Set<() => boolean>();
let listening = false;

/** One listener for all: a guard must be asked once, and before any page hears of the move. */
function listenToBrowser(): void {
  if (listening) return;
  listening = true;
  addEventListener('popstate', () => {
    for (const guard of backGuards) if (!guard()) return;
    notify();
  });
}

function notify(): void {
  for (const listener of listeners) listener();
}

function current(): Location {
  return { path: window.location.pathname, query: new URLSearchParams(window.location.search) };
}

function go(to: string, replace: boolean): void {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  notify();
}

/** Moves to an address of this page. A page with unsaved input may hold it back and ask first. */
export function navigate(to: string, options: { readonly replace?: boolean } = {}): void {
  const move = () => go(to, options.replace ?? false);
  for (const guard of guards) if (!guard(move)) return;
  move();
}

export function useLocation(): Location {
  const [location, setLocation] = useState(current);
  useEffect(() => {
    const update = () => setLocation(current());
    listeners.add(update);
    listenToBrowser();
    update();
    return () => {
      listeners.delete(update);
    };
  }, []);
  return location;
}

/** The query and a function that changes single keys of it; `null` and '' remove a key. The path stays. */
export function useQuery(): readonly [
  URLSearchParams,
  (change: Readonly<Record<string, string | null>>) => void,
] {
  const { query } = useLocation();
  const change = (wanted: Readonly<Record<string, string | null>>) => {
    const next = new URLSearchParams(window.location.search);
    for (const [key, value] of Object.entries(wanted)) {
      if (value === null || value === '') next.delete(key);
      else next.set(key, value);
    }
    const text = next.toString();
    go(`${window.location.pathname}${text === '' ? '' : `?${text}`}`, true);
  };
  return [query, change];
}

/** Parameters of a path against a pattern such as `/users/:id`; null when it does not match. */
export function matchPath(pattern: string, path: string): Params | null {
  const wanted = pattern.split('/');
  const given = path.length > 1 && path.endsWith('/') ? path.slice(0, -1).split('/') : path.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== value) return null;
      continue;
    }
    const decoded = decodePart(value);
    if (decoded === null || decoded === '') return null;
    params[part.slice(1)] = decoded;
  }
  return params;
}

function decodePart(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Only an address inside this page may be returned to: no other origin, no scheme, no `//host`. */
export function safeReturnPath(wanted: string | null): string {
  if (wanted === null || !wanted.startsWith('/')) return '/';
  const resolved = new URL(wanted, 'https://portal.invalid');
  if (resolved.origin !== 'https://portal.invalid' || wanted.includes('\\')) return '/';
  return `${resolved.pathname}${resolved.search}`;
}

const ParamsContext = createContext<Params>({});
export const ParamsProvider = ParamsContext.Provider;
export const useParams = (): Params => useContext(ParamsContext);

/** Holds in-app navigation back while `guard` answers false, and warns before the tab is closed. */
export function useLeaveGuard(active: boolean, guard: Guard): void {
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    guards.add(guard);
    addEventListener('beforeunload', warn);
    return () => {
      guards.delete(guard);
      removeEventListener('beforeunload', warn);
    };
  }, [active, guard]);
}

/** Asks `guard` when the browser went back or forward, as long as the page is there. */
export function useBackGuard(guard: () => boolean): void {
  const latest = useRef(guard);
  latest.current = guard;
  useEffect(() => {
    const ask = () => latest.current();
    backGuards.add(ask);
    return () => {
      backGuards.delete(ask);
    };
  }, []);
}

/** Further `aria-` and `data-` attributes reach the anchor. */
export interface LinkProps {
  readonly href: string;
  readonly class?: string;
  readonly title?: string;
  readonly onClick?: (event: MouseEvent) => void;
  readonly children?: ComponentChildren;
}

/** A real anchor: the address is visible, a new tab works, a plain click stays in the page. */
export function Link({ href, onClick, children, ...more }: LinkProps) {
  return (
    <a
      {...more}
      href={href}
      onClick={(event) => {
        onClick?.(event);
        const plain =
          event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
        if (event.defaultPrevented || !plain) return;
        event.preventDefault();
        navigate(href);
      }}
    >
      {children}
    </a>
  );
}
