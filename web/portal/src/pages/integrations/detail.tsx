import { api } from '../../api/client';
import { useResource } from '../../api/use-resource';
import { Page as Frame } from '../../app/page';
import { useParams, useQuery } from '../../app/router';
import { useCan } from '../../app/session';
import { LinkButton } from '../../components/button';
import { CopyButton } from '../../components/copy';
import { DateTime } from '../../components/date-time';
import { Notice } from '../../components/notice';
import { EmptyState } from '../../components/states';
import { type Tab, Tabs } from '../../components/tabs';
import { AwaitedPage } from '../awaited-page';
import { CredentialsTab } from './credentials-tab';
import { DangerTab } from './danger-tab';
import { draftOf } from './draft';
import './integrations.css';
import { nameOf, StatusBadge } from './list';
import { SetUpTab } from './set-up-tab';
import { SettingsTab } from './settings-tab';
import type { TabProps } from './tab-props';
import { TestTab } from './test-tab';

type TabId = 'settings' | 'credentials' | 'set-up' | 'test' | 'danger';

const kTabs: readonly Tab<TabId>[] = [
  { id: 'settings', label: 'Settings' },
  { id: 'credentials', label: 'Credentials' },
  { id: 'set-up', label: 'Set-up guide' },
  { id: 'test', label: 'Test' },
  { id: 'danger', label: 'Danger zone' },
];

export function Page() {
  const { id = '' } = useParams();
  const { resource, reload, replace } = useResource(id, (signal) =>
    api.get('/integrations/{integration}', { path: { integration: id }, signal }),
  );
  const parent = { href: '/integrations', label: 'Integrations' };
  if (resource.kind !== 'ready')
    return (
      <AwaitedPage title="Integration" parent={parent} resource={resource} gone={<Gone />} onRetry={reload} />
    );
  const integration = resource.value;
  const { enabled } = draftOf(integration.settings);
  return (
    <Frame title={nameOf(integration)} parent={parent} badge={<StatusBadge enabled={enabled} />}>
      <p class="id-line">
        <code>{integration.id}</code>
        <CopyButton value={integration.id} label="Copy the Integration Id" />
        <span class="muted">
          Created <DateTime value={integration.created_at} show="date" /> · Last used{' '}
          <DateTime value={integration.last_used_at} missing="never" />
        </span>
      </p>
      {!enabled && (
        <Notice tone="warning" title="This integration is disabled">
          Every login that asks it for a face is refused.
        </Notice>
      )}
      <DetailTabs integration={integration} etag={resource.etag} onReload={reload} onChanged={replace} />
    </Frame>
  );
}

function Gone() {
  return (
    <EmptyState
      icon="plug"
      title="There is no such integration"
      action={<LinkButton href="/integrations">All integrations</LinkButton>}
    >
      It was deleted, or it belongs to another organisation.
    </EmptyState>
  );
}

function DetailTabs(props: TabProps) {
  const [query, change] = useQuery();
  const can = useCan();
  const shown = kTabs.filter(
    ({ id }) => id !== 'danger' || can('integrations_write') || can('integrations_delete'),
  );
  const current = shown.find(({ id }) => id === query.get('tab'))?.id ?? 'settings';
  return (
    <Tabs
      label="Integration"
      tabs={shown}
      current={current}
      onCurrent={(id) => change({ tab: id === 'settings' ? null : id })}
    >
      {(id) => (
        <>
          {id === 'settings' && <SettingsTab {...props} />}
          {id === 'credentials' && <CredentialsTab {...props} />}
          {id === 'set-up' && <SetUpTab {...props} />}
          {id === 'test' && <TestTab {...props} />}
          {id === 'danger' && <DangerTab {...props} />}
        </>
      )}
    </Tabs>
  );
}
