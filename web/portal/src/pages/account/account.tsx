import { api } from '../../api/client';
import { useResource } from '../../api/use-resource';
import { ThemeSwitch } from '../../app/account-menu';
import { Card, Page as Frame } from '../../app/page';
import { useSession } from '../../app/session';
import { Failure, Skeleton } from '../../components/states';
import { PasskeysCard } from './passkeys-card';
import { PasswordCard } from './password-card';
import { ProfileCard } from './profile-card';
import { SecondFactorCard } from './second-factor-card';
import { SessionsCard } from './sessions-card';

/** One's own name, password, second factor, passkeys, sessions and colours. */
export function Page() {
  const { passkeys } = useSession();
  const { resource, reload, replace } = useResource('account', (signal) => api.get('/account', { signal }));
  return (
    <Frame title="Your account" narrow>
      {resource.kind === 'loading' && (
        <Card>
          <Skeleton lines={5} />
        </Card>
      )}
      {resource.kind === 'failed' && (
        <Card>
          <Failure problem={resource.problem} onRetry={reload} />
        </Card>
      )}
      {resource.kind === 'ready' && (
        <>
          <ProfileCard account={resource.value} onSaved={(account) => replace(account, null)} />
          <PasswordCard account={resource.value} />
          <SecondFactorCard account={resource.value} onChanged={reload} />
          {passkeys !== 'unavailable' && <PasskeysCard />}
          <SessionsCard />
        </>
      )}
      <Card title="Appearance" text="Kept in this browser.">
        <ThemeSwitch />
      </Card>
    </Frame>
  );
}
