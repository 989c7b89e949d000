import type { Schema } from '../../api/types';
import { Badge } from '../../components/badge';
import { DateTime } from '../../components/date-time';
import { CellText, type Column } from '../../components/table';
import { duration } from '../../format/numbers';
import { causeWord, purposes, transactionStates } from '../../words';

export type Transaction = Schema<'Transaction'>;

export function TransactionBadge({ state }: { readonly state: Transaction['state'] }) {
  const word = transactionStates[state];
  return (
    <Badge tone={word?.mood ?? 'neutral'} dot>
      {word?.title ?? state}
    </Badge>
  );
}

/** The cause in words where there is something to say: nothing beside "Passed". */
export function causeOf(transaction: Transaction): string {
  if (transaction.state === 'passed') return '';
  const code = transaction.cause ?? transaction.code;
  return code === null ? '' : causeWord(code).title;
}

/** Columns of every list of transactions; `withUser` false on the page of one user. */
export function transactionColumns(
  names: ReadonlyMap<string, string>,
  withUser: boolean,
): readonly Column<Transaction>[] {
  const time: Column<Transaction> = {
    id: 'time',
    header: 'Time',
    cell: ({ created_at }) => <DateTime value={created_at} />,
  };
  const user: Column<Transaction> = {
    id: 'user',
    header: 'User',
    cell: ({ external_id }) => <CellText text={external_id} />,
  };
  return [
    time,
    ...(withUser ? [user] : []),
    { id: 'state', header: 'Outcome', cell: ({ state }) => <TransactionBadge state={state} /> },
    { id: 'cause', header: 'Cause', hideBelow: 'm', cell: (row) => <CellText text={causeOf(row)} /> },
    {
      id: 'purpose',
      header: 'Purpose',
      hideBelow: 'xl',
      cell: ({ purpose }) => purposes[purpose] ?? purpose,
    },
    { id: 'client', header: 'Application', hideBelow: 'xl', cell: ({ client_name }) => client_name },
    {
      id: 'integration',
      header: 'Integration',
      hideBelow: 'l',
      cell: ({ integration }) => <CellText text={names.get(integration) ?? integration} />,
    },
    {
      id: 'attempts',
      header: 'Attempts',
      align: 'end',
      hideBelow: 'xl',
      cell: ({ attempts_used, attempts_max }) => `${attempts_used} of ${attempts_max}`,
    },
    {
      id: 'took',
      header: 'Took',
      align: 'end',
      hideBelow: 's',
      cell: ({ duration_ms }) => duration(duration_ms),
    },
  ];
}
