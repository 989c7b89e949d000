import { useEffect, useErrorBoundary } from 'preact/hooks';
import { Button, LinkButton } from '../components/button';
import { EmptyState, Failure, NoPermission, Skeleton } from '../components/states';
import { Toasts } from '../components/toast';
import { LazyPage } from './lazy-page';
import { Page } from './page';
import { Reauthentication } from './reauthentication';
import type { Route } from './route';
import { matchPath, navigate, type Params, ParamsProvider, useLocation } from './router';
import { routes } from './routes';
import { SessionProvider, useCan, useSession, useSessionAccess } from './session';
import { Shell } from './shell';
import { redirectFor } from './where';

interface Found {
  readonly route: Route;
  readonly params: Params;
}

function findRoute(path: string): Found | null {
  for (const route of routes) {
    const params = matchPath(route.pattern, path);
    if (params !== null) return { route, params };
  }
  return null;
}

export function App() {
  return (
    <SessionProvider>
      <Crash>
        <Guarded />
      </Crash>
      <Reauthentication />
      <Toasts />
    </SessionProvider>
  );
}

/** A page that broke takes nothing else with it: the person can load again or go home. */
function Crash({ children }: { readonly children: preact.ComponentChildren }) {
  const [error, reset] = useErrorBoundary((cause: unknown) => console.error(cause));
  if (error === undefined) return <>{children}</>;
  return (
    <main class="page">
      <EmptyState
        icon="alert"
        title="This page stopped working"
        action={
          <Button
            icon="again"
            onClick={() => {
              reset();
              navigate('/');
            }}
          >
            Go to the start
          </Button>
        }
      >
        Nothing was changed by this. If it happens again, tell whoever runs this server what you did before.
      </EmptyState>
    </main>
  );
}

/** Where this visitor belongs instead; null when they are right, or as long as nobody knows who they are. */
function useRedirect(found: Found | null): string | null {
  const { presence } = useSessionAccess();
  const location = useLocation();
  if (presence.kind !== 'nobody' && presence.kind !== 'somebody') return null;
  const visitor = presence.kind === 'nobody' ? 'nobody' : presence.session.state;
  return redirectFor(visitor, found?.route.frame ?? null, location);
}

function Guarded() {
  const { presence, refresh } = useSessionAccess();
  const { path } = useLocation();
  const found = findRoute(path);
  const redirect = useRedirect(found);
  useEffect(() => {
    if (redirect !== null) navigate(redirect, { replace: true });
  }, [redirect]);
  if (presence.kind === 'failed')
    return (
      <main class="page page-alone">
        <Failure problem={presence.problem} onRetry={() => void refresh()} />
      </main>
    );
  if (presence.kind === 'unknown' || redirect !== null)
    return (
      <div class="page page-alone">
        <Skeleton lines={4} />
      </div>
    );
  if (found !== null && found.route.frame !== 'portal')
    return (
      <ParamsProvider value={found.params}>
        <LazyPage route={found.route} />
      </ParamsProvider>
    );
  return <InsidePortal found={found} />;
}

function InsidePortal({ found }: { readonly found: Found | null }) {
  const can = useCan();
  const { tenant } = useSession();
  const needed = found?.route.permission;
  const allowed = needed === undefined || can(needed);
  return (
    <Shell>
      {found === null && <NotFound />}
      {found !== null && !allowed && (
        <Page title="Not allowed">
          <NoPermission />
        </Page>
      )}
      {found !== null && allowed && (
        // Another organisation is another page: nothing of the one before may stay.
        <ParamsProvider key={`${tenant?.tenant} ${JSON.stringify(found.params)}`} value={found.params}>
          <LazyPage route={found.route} />
        </ParamsProvider>
      )}
    </Shell>
  );
}

function NotFound() {
  return (
    <Page title="Not found">
      <EmptyState
        icon="search"
        title="There is no page at this address"
        action={<LinkButton href="/">Go to the start</LinkButton>}
      >
        The link is old, or a part of it is missing.
      </EmptyState>
    </Page>
  );
}
