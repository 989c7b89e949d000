import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useResource } from '../../api/use-resource';
import { Card, Page as Frame } from '../../app/page';
import { useParams, useQuery } from '../../app/router';
import { useCan } from '../../app/session';
import { LinkButton } from '../../components/button';
import { CopyButton } from '../../components/copy';
import { DateTime } from '../../components/date-time';
import { Notice } from '../../components/notice';
import { EmptyState } from '../../components/states';
import { type Tab, Tabs } from '../../components/tabs';
import { counted } from '../../format/numbers';
import { AwaitedPage } from '../awaited-page';
import { Fact } from '../fact';
import { useIntegrations } from '../use-integrations';
import { UserAudit } from './audit-tab';
import { Certificate } from './certificate';
import { CredentialsOf } from './credentials';
import { Devices } from './devices';
import { History } from './history-tab';
import { UserBadge } from './list';
import { Notes } from './notes';
import { UserActs } from './user-acts';
import './users.css';

type Detail = Schema<'UserDetail'>;
type TabId = 'overview' | 'history' | 'audit';

export function Page() {
  const { id = '' } = useParams();
  const [certificate, setCertificate] = useState<Schema<'DeletionCertificate'> | null>(null);
  const { resource, reload, replace } = useResource(id, (signal) =>
    api.get('/users/{user}', { path: { user: id }, signal }),
  );
  const parent = { href: '/users', label: 'Users' };
  if (certificate !== null)
    return (
      <Frame narrow title="User deleted" parent={parent}>
        <Certificate certificate={certificate} />
      </Frame>
    );
  if (resource.kind !== 'ready')
    return <AwaitedPage title="User" parent={parent} resource={resource} gone={<Gone />} onRetry={reload} />;
  const detail = resource.value;
  return (
    <Frame
      title={detail.user.external_id}
      parent={parent}
      badge={<UserBadge status={detail.user.status} />}
      action={<UserActs detail={detail} onChanged={replace} onDeleted={setCertificate} />}
    >
      <StatusNotice detail={detail} />
      <DetailTabs detail={detail} etag={resource.etag} onChanged={replace} onReload={reload} />
    </Frame>
  );
}

function Gone() {
  return (
    <EmptyState
      icon="users"
      title="There is no such user"
      action={<LinkButton href="/users">All users</LinkButton>}
    >
      Deleted, or known to another organisation only.
    </EmptyState>
  );
}

function StatusNotice({ detail }: { readonly detail: Detail }) {
  if (detail.user.test)
    return (
      <Notice tone="accent" title="A test user, not a person">
        It belongs to a simulated login and is deleted by itself, at the latest 15 minutes after the test.
      </Notice>
    );
  if (detail.user.status === 'suspended')
    return (
      <Notice tone="danger" title="Suspended by an administrator">
        No verification of this user passes. The audit tab says who did it.
      </Notice>
    );
  if (detail.user.status === 'locked')
    return (
      <Notice tone="warning" title="Locked after failed attempts">
        {counted(detail.failed_attempts, 'attempt', 'attempts')} failed in a row. Find out who tried before
        you reactivate.
      </Notice>
    );
  return null;
}

function DetailTabs(props: {
  readonly detail: Detail;
  readonly etag: string | null;
  readonly onChanged: (detail: Detail, etag: string | null) => void;
  readonly onReload: () => void;
}) {
  const [query, change] = useQuery();
  const can = useCan();
  const tabs: readonly Tab<TabId>[] = [
    { id: 'overview', label: 'Overview' },
    ...(can('transactions_read') ? [{ id: 'history', label: 'History' } as const] : []),
    ...(can('audit_read') ? [{ id: 'audit', label: 'Audit' } as const] : []),
  ];
  const current = tabs.find(({ id }) => id === query.get('tab'))?.id ?? 'overview';
  return (
    <Tabs
      label="User"
      tabs={tabs}
      current={current}
      onCurrent={(id) => change({ tab: id === 'overview' ? null : id })}
    >
      {(id) => (
        <>
          {id === 'overview' && (
            <div class="columns">
              <div class="stack">
                <Facts detail={props.detail} />
                <Notes {...props} />
              </div>
              <div class="stack">
                <CredentialsOf detail={props.detail} onChanged={props.onChanged} />
                <Devices detail={props.detail} />
              </div>
            </div>
          )}
          {id === 'history' && <History user={props.detail.user.id} />}
          {id === 'audit' && <UserAudit user={props.detail.user.id} />}
        </>
      )}
    </Tabs>
  );
}

function Facts({ detail }: { readonly detail: Detail }) {
  const { user } = detail;
  const names = useIntegrations();
  return (
    <Card title="User">
      <dl class="facts">
        <Fact term="External identifier">
          <code>{user.external_id}</code>{' '}
          <CopyButton value={user.external_id} label="Copy the External identifier" />
        </Fact>
        <Fact term="User id">
          <code>{user.id}</code> <CopyButton value={user.id} label="Copy the user id" />
        </Fact>
        <Fact term="First seen">
          <DateTime value={detail.created_at} show="both" />
        </Fact>
        <Fact term="Enrolled">
          <DateTime value={user.enrolled_at} show="both" missing="Not enrolled" />
        </Fact>
        <Fact term="Enrolled through">
          {user.integration === null ? (
            <span class="muted">–</span>
          ) : (
            (names.get(user.integration) ?? user.integration)
          )}
        </Fact>
        <Fact term="Last verified">
          <DateTime value={user.last_verified_at} show="both" />
        </Fact>
        <Fact term="Last attempt">
          <DateTime value={detail.last_attempt_at} show="both" />
        </Fact>
        <Fact term="Failed in a row">{detail.failed_attempts}</Fact>
      </dl>
    </Card>
  );
}
