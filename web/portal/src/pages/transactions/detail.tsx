import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useResource } from '../../api/use-resource';
import { Card, Page as Frame } from '../../app/page';
import { Link, useParams } from '../../app/router';
import { useCan } from '../../app/session';
import { LinkButton } from '../../components/button';
import { CopyButton } from '../../components/copy';
import { DateTime } from '../../components/date-time';
import { Notice } from '../../components/notice';
import { EmptyState } from '../../components/states';
import { duration } from '../../format/numbers';
import { causeWord, purposes } from '../../words';
import { AwaitedPage } from '../awaited-page';
import { Fact } from '../fact';
import { useIntegrations } from '../use-integrations';
import { type Transaction, TransactionBadge } from './list-parts';
import { Timeline } from './timeline';
import './transactions.css';

export function Page() {
  const { id = '' } = useParams();
  const { resource, reload } = useResource(id, (signal) =>
    api.get('/transactions/{transaction}', { path: { transaction: id }, signal }),
  );
  const parent = { href: '/transactions', label: 'Transactions' };
  if (resource.kind !== 'ready')
    return (
      <AwaitedPage title="Transaction" parent={parent} resource={resource} gone={<Gone />} onRetry={reload} />
    );
  const detail = resource.value;
  const { transaction } = detail;
  return (
    <Frame
      title={`${purposes[transaction.purpose] ?? transaction.purpose} of ${transaction.external_id}`}
      parent={parent}
      badge={<TransactionBadge state={transaction.state} />}
    >
      <Why transaction={transaction} />
      <div class="columns">
        <Card title="Timeline" text="Every step and the time between.">
          <Timeline steps={detail.timeline} />
        </Card>
        <Facts detail={detail} />
      </div>
    </Frame>
  );
}

function Gone() {
  return (
    <EmptyState
      icon="pulse"
      title="There is no such transaction"
      action={<LinkButton href="/transactions">All transactions</LinkButton>}
    >
      Its retention time is over, or it belongs to another organisation.
    </EmptyState>
  );
}

/** What went wrong and what to do, before anything else. */
function Why({ transaction }: { readonly transaction: Transaction }) {
  const { state } = transaction;
  if (state !== 'failed' && state !== 'refused' && state !== 'expired' && state !== 'cancelled') return null;
  const word = causeWord(transaction.cause ?? transaction.code ?? state);
  return (
    <Notice tone={state === 'failed' || state === 'refused' ? 'danger' : 'neutral'} title={word.title}>
      {word.meaning}
      {word.remedy !== undefined && <p class="remedy">What to do: {word.remedy}</p>}
    </Notice>
  );
}

function Facts({ detail }: { readonly detail: Schema<'TransactionDetail'> }) {
  const { transaction } = detail;
  const names = useIntegrations();
  const can = useCan();
  const integration = names.get(transaction.integration) ?? transaction.integration;
  return (
    <Card title="Facts">
      <dl class="facts">
        <Fact term="User">
          {transaction.user !== null && can('users_read') ? (
            <Link href={`/users/${encodeURIComponent(transaction.user)}`}>{transaction.external_id}</Link>
          ) : (
            transaction.external_id
          )}
        </Fact>
        <Fact term="Application">
          {transaction.client_name === '' ? <span class="muted">–</span> : transaction.client_name}
        </Fact>
        <Fact term="Integration">
          {can('integrations_read') ? (
            <Link href={`/integrations/${encodeURIComponent(transaction.integration)}`}>{integration}</Link>
          ) : (
            integration
          )}
        </Fact>
        <Fact term="Attempts">
          {transaction.attempts_used} of {transaction.attempts_max}
        </Fact>
        <Fact term="Started">
          <DateTime value={transaction.created_at} show="absolute" />
        </Fact>
        <Fact term="Decided">
          <DateTime value={transaction.decided_at} show="absolute" missing="Not yet" />
        </Fact>
        <Fact term="Took">{duration(transaction.duration_ms)}</Fact>
        <Fact term="Ends at the latest">
          <DateTime value={detail.expires_at} show="absolute" />
        </Fact>
        <Fact term="Told to the identity provider">
          {transaction.code === null ? (
            <span class="muted">Nothing yet</span>
          ) : (
            <code>{transaction.code}</code>
          )}
        </Fact>
        <Fact term="Cause on record">
          {transaction.cause === null ? <span class="muted">–</span> : <code>{transaction.cause}</code>}
        </Fact>
        <Fact term="Language">{detail.locale}</Fact>
        <Fact term="Transaction id">
          <code>{transaction.id}</code> <CopyButton value={transaction.id} label="Copy the transaction id" />
        </Fact>
      </dl>
    </Card>
  );
}
