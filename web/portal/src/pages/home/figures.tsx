import { useMemo } from 'preact/hooks';
import type { Schema } from '../../api/types';
import { Card } from '../../app/page';
import { Link } from '../../app/router';
import { useCan } from '../../app/session';
import { Chart } from '../../components/chart';
import type { ChartData } from '../../components/chart-data';
import { Notice } from '../../components/notice';
import { EmptyState } from '../../components/states';
import { counted, duration, percent, whole } from '../../format/numbers';
import { causeWord, funnelSteps, spellOut } from '../../words';
import { funnelRows, largestLoss } from './funnel';
import { Shares } from './shares';

type Statistics = Schema<'Statistics'>;

/** Causes that are drawn; the table has all. */
const kCauses = 6;

export function Figures({
  statistics,
  integration,
}: {
  readonly statistics: Statistics;
  readonly integration: string;
}) {
  const { totals } = statistics;
  const data = useMemo(() => chartsOf(statistics), [statistics]);
  const quiet = totals.verifications + totals.enrolments === 0;
  return (
    <>
      <Tiles statistics={statistics} integration={integration} />
      {totals.liveness_alerts > 0 && <LivenessAlert statistics={statistics} integration={integration} />}
      {quiet ? (
        <Card>
          <EmptyState icon="pulse" title="Nothing happened in this time">
            Charts appear with the first login. Choose a longer range to look further back.
          </EmptyState>
        </Card>
      ) : (
        <div class="charts">
          <Chart
            title="Outcomes"
            kind="bars"
            data={data.outcomes}
            fileName={`outcomes-${statistics.range}.csv`}
          />
          <Chart
            title="Time to verdict"
            data={data.times}
            fileName={`times-${statistics.range}.csv`}
            format={(value) => (value === 0 ? '0 s' : duration(value))}
          />
          <Funnel statistics={statistics} />
          <Causes statistics={statistics} integration={integration} />
        </div>
      )}
    </>
  );
}

function chartsOf({ series }: Statistics): { readonly outcomes: ChartData; readonly times: ChartData } {
  const times = series.map(({ at }) => at);
  return {
    outcomes: {
      times,
      series: [
        { label: 'Passed', values: series.map(({ passed }) => passed), tone: 'accent' },
        { label: 'Failed', values: series.map(({ failed }) => failed), tone: 'danger' },
      ],
    },
    times: {
      times,
      series: [
        { label: 'Median', values: series.map(({ median_ms }) => median_ms), tone: 'accent' },
        { label: '95th percentile', values: series.map(({ p95_ms }) => p95_ms) },
      ],
    },
  };
}

/** The list behind a figure, with the same range and integration. */
function listAddress(
  statistics: Statistics,
  integration: string,
  more: Readonly<Record<string, string>>,
): string {
  const query = new URLSearchParams({ ...more, from: statistics.from });
  if (integration !== '') query.set('integration', integration);
  return `/transactions?${query}`;
}

function Tiles({
  statistics,
  integration,
}: {
  readonly statistics: Statistics;
  readonly integration: string;
}) {
  const { totals } = statistics;
  const tiles: readonly {
    readonly label: string;
    readonly value: string;
    readonly sub: string;
    readonly href?: string;
  }[] = [
    {
      label: 'Verifications',
      value: whole(totals.verifications),
      sub: `and ${counted(totals.enrolments, 'enrolment', 'enrolments')}`,
      href: listAddress(statistics, integration, {}),
    },
    {
      label: 'Pass rate',
      value: percent(totals.pass_rate),
      sub: `${whole(totals.passed)} passed, ${whole(totals.failed)} failed`,
      href: listAddress(statistics, integration, { state: 'failed' }),
    },
    {
      label: 'Median time',
      value: duration(totals.median_ms),
      sub: totals.p95_ms === null ? 'From camera to verdict' : `95 of 100 within ${duration(totals.p95_ms)}`,
    },
    {
      label: 'Liveness alerts',
      value: whole(totals.liveness_alerts),
      sub: 'Attempts that looked not live',
      href: listAddress(statistics, integration, { cause: 'not_live_active' }),
    },
    {
      label: 'Enrolled users',
      value: whole(totals.enrolled_users),
      sub: 'Now, in this organisation',
      href: '/users?status=enrolled',
    },
  ];
  const can = useCan();
  return (
    <ul class="tiles">
      {tiles.map(({ label, value, sub, href }) => (
        <li key={label} class="tile">
          <p class="tile-label">
            {href !== undefined && can(href.startsWith('/users') ? 'users_read' : 'transactions_read') ? (
              <Link href={href}>{label}</Link>
            ) : (
              label
            )}
          </p>
          <p class="tile-value">{value}</p>
          <p class="tile-sub">{sub}</p>
        </li>
      ))}
    </ul>
  );
}

function LivenessAlert({
  statistics,
  integration,
}: {
  readonly statistics: Statistics;
  readonly integration: string;
}) {
  const { liveness_alerts: alerts, verifications, enrolments } = statistics.totals;
  const share = alerts / Math.max(1, verifications + enrolments);
  // A few are sunlight and dim screens; from one in fifty on somebody should look.
  if (share < 0.02) return null;
  return (
    <Notice
      tone="warning"
      title={`${counted(alerts, 'attempt', 'attempts')} looked like a picture, a screen or a replay`}
      action={
        <Link href={listAddress(statistics, integration, { cause: 'not_live_passive' })}>Look at them</Link>
      }
    >
      More than usual. Look for one user, one address or one hour that they come from.
    </Notice>
  );
}

function Funnel({ statistics }: { readonly statistics: Statistics }) {
  const rows = funnelRows(statistics.funnel);
  const worst = largestLoss(rows);
  return (
    <Shares
      title="Funnel"
      fileName={`funnel-${statistics.range}.csv`}
      head={['Step', 'Reached', 'Of all', 'Of the step before']}
      rows={rows.map((row) => ({
        key: row.step,
        label: funnelSteps[row.step] ?? spellOut(row.step),
        count: row.count,
        share: row.ofAll ?? 0,
        figures: [percent(row.ofAll), percent(row.ofBefore)],
        emphasised: row === worst,
      }))}
      empty="Nobody opened the capture page in this time."
      note={
        worst === null
          ? null
          : `Most are lost before “${funnelSteps[worst.step] ?? worst.step}”: ${whole(worst.lost)}.`
      }
    />
  );
}

function Causes({
  statistics,
  integration,
}: {
  readonly statistics: Statistics;
  readonly integration: string;
}) {
  const all = statistics.causes.reduce((sum, { count }) => sum + count, 0);
  const more = statistics.causes.length - kCauses;
  const most = Math.max(1, ...statistics.causes.map(({ count }) => count));
  return (
    <Shares
      title="Top causes of failure"
      fileName={`causes-${statistics.range}.csv`}
      head={['Cause', 'Attempts', 'Share']}
      rows={statistics.causes.map(({ cause, count }) => ({
        key: cause,
        label: causeWord(cause).title,
        href: listAddress(statistics, integration, { cause }),
        count,
        share: count / most,
        figures: [percent(all === 0 ? null : count / all)],
        emphasised: false,
      }))}
      most={kCauses}
      empty="Nothing failed in this time."
      note={more > 0 ? `${counted(more, 'rarer cause', 'rarer causes')} in the table.` : null}
    />
  );
}
