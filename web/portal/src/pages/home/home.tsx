import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useResource } from '../../api/use-resource';
import { Card, Page as Frame } from '../../app/page';
import { useQuery } from '../../app/router';
import { useCan } from '../../app/session';
import { Select } from '../../components/select';
import { Failure, Skeleton } from '../../components/states';
import { useIntegrations } from '../use-integrations';
import { Checklist, useFirstRun } from './checklist';
import { Figures } from './figures';
import './home.css';

type Range = '24h' | '7d' | '30d' | '90d';

const kRanges: readonly { readonly value: Range; readonly label: string }[] = [
  { value: '24h', label: '24 hours' },
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
  { value: '90d', label: '90 days' },
];

/** A new organisation has nothing to show beside its list of first steps. */
const fresh = ({ totals }: Schema<'Statistics'>, firstRun: boolean): boolean =>
  firstRun && totals.verifications + totals.enrolments + totals.enrolled_users === 0;

/** What happened lately: totals, course, funnel and causes, for a range and one or all integrations. */
export function Page() {
  const [query, change] = useQuery();
  const names = useIntegrations();
  const range = kRanges.find(({ value }) => value === query.get('range'))?.value ?? '7d';
  const wanted = query.get('integration') ?? '';
  const integration = /^int_[\w-]{1,64}$/.test(wanted) ? wanted : '';
  const firstRun = useFirstRun();
  const can = useCan();
  const { resource, reload } = useResource<Schema<'Statistics'>>(`${range} ${integration}`, (signal) =>
    api.get('/statistics', { query: { range, ...(integration === '' ? {} : { integration }) }, signal }),
  );
  return (
    <Frame
      title="Home"
      action={
        <div class="home-controls">
          {names.size > 1 && (
            <Select
              label="Integration"
              value={integration}
              options={[
                { value: '', label: 'All integrations' },
                ...[...names].map(([value, label]) => ({ value, label })),
              ]}
              onValue={(value) => change({ integration: value === '' ? null : value })}
            />
          )}
          <Select
            label="Range"
            value={range}
            options={kRanges}
            onValue={(value) => change({ range: value === '7d' ? null : value })}
          />
        </div>
      }
    >
      {firstRun !== null && can('integrations_write') && <Checklist progress={firstRun} />}
      {resource.kind === 'loading' && <Skeleton lines={8} />}
      {resource.kind === 'failed' && (
        <Card>
          <Failure problem={resource.problem} onRetry={reload} />
        </Card>
      )}
      {resource.kind === 'ready' && !fresh(resource.value, firstRun !== null) && (
        <Figures statistics={resource.value} integration={integration} />
      )}
    </Frame>
  );
}
