import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../components/button';
import { EmptyState, Skeleton } from '../components/states';
import type { Route } from './route';

type Loading = { readonly route: Route; readonly page: ComponentType | 'failed' };

/** Fetches the code of a page when it is opened. The page before stays until the next one is there. */
export function LazyPage({ route }: { readonly route: Route }) {
  const [loaded, setLoaded] = useState<Loading | null>(null);
  useEffect(() => {
    let current = true;
    route.load().then(
      ({ Page }) => current && setLoaded({ route, page: Page }),
      () => current && setLoaded({ route, page: 'failed' }),
    );
    return () => {
      current = false;
    };
  }, [route]);
  if (loaded === null || loaded.route !== route)
    return (
      <div class="page page-loading">
        <Skeleton lines={6} />
      </div>
    );
  if (loaded.page === 'failed') return <PageMissing />;
  const Page = loaded.page;
  return <Page />;
}

/** The code of the page did not arrive: offline, or the server was updated meanwhile. */
function PageMissing() {
  return (
    <main id="content" class="page">
      <EmptyState
        icon="alert"
        title="This page could not be loaded"
        action={
          <Button icon="again" onClick={() => location.reload()}>
            Load again
          </Button>
        }
      >
        The connection failed, or the portal was updated since you opened it.
      </EmptyState>
    </main>
  );
}
