import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/problem';
import { Link, navigate } from '../app/router';
import { Icon } from './icon';
import { Pager, type PagerProps } from './pager';
import { ScrollRegion } from './scroll-region';
import { Failure } from './states';

export interface Column<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: T) => ComponentChildren;
  /** The key that `onSort` gets; without it the column cannot be sorted. */
  readonly sortKey?: string;
  readonly align?: 'start' | 'end';
  /** Hidden on narrow pages: s below 480 px, m below 760 px, l below 1100 px, xl below 1500 px. */
  readonly hideBelow?: 's' | 'm' | 'l' | 'xl';
  readonly headerHidden?: boolean;
}

export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

export type TableState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly refreshing?: boolean }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface Selection {
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
  readonly labelOf: (key: string) => string;
}

export interface TableProps<T> {
  /** Names the table for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** The row's page. The first column becomes its link, a click anywhere in the row follows it. */
  readonly rowHref?: (row: T) => string;
  readonly state: TableState;
  /** Shown instead of rows when there are none. */
  readonly empty: ComponentChildren;
  readonly onRetry?: () => void;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly selection?: Selection;
  readonly pager?: PagerProps;
}

const hidden = <T,>(column: Column<T>) => (column.hideBelow === undefined ? '' : ` hide-${column.hideBelow}`);
const aligned = <T,>(column: Column<T>) => `${column.align === 'end' ? 'cell-end' : 'cell'}${hidden(column)}`;

/** A text on one line; a long one ends in dots and is whole under the pointer. */
export const CellText = ({ text }: { readonly text: string }) => (
  <span class="cell-text" title={text}>
    {text}
  </span>
);

export function Table<T>(props: TableProps<T>) {
  const { state } = props;
  if (state.kind === 'failed')
    return (
      <div class="table-frame">
        <Failure
          problem={state.problem}
          {...(props.onRetry === undefined ? {} : { onRetry: props.onRetry })}
        />
      </div>
    );
  if (state.kind === 'ready' && props.rows.length === 0)
    return (
      <div class="table-frame">
        {props.empty}
        {props.pager !== undefined && <Pager {...props.pager} />}
      </div>
    );
  return (
    <div class="table-frame">
      <ScrollRegion class="table-scroll" label={props.label} onKeyDown={moveBetweenRows}>
        <table class="table" aria-busy={state.kind === 'loading' || state.refreshing === true}>
          <caption class="visually-hidden">{props.label}</caption>
          <Head {...props} />
          <tbody>
            {state.kind === 'loading'
              ? Array.from({ length: 8 }, (_, index) => <LoadingRow key={index} {...props} />)
              : props.rows.map((row) => <Row key={props.rowKey(row)} row={row} {...props} />)}
          </tbody>
        </table>
      </ScrollRegion>
      {props.pager !== undefined && <Pager {...props.pager} />}
    </div>
  );
}

function Head<T>({ columns, sort, onSort, selection, rows, rowKey }: TableProps<T>) {
  return (
    <thead>
      <tr>
        {selection !== undefined && (
          <th scope="col" class="cell-check">
            <input
              type="checkbox"
              aria-label="Select all rows of this page"
              checked={rows.length > 0 && rows.every((row) => selection.chosen.has(rowKey(row)))}
              onChange={(event) =>
                selection.onChosen(event.currentTarget.checked ? new Set(rows.map(rowKey)) : new Set())
              }
            />
          </th>
        )}
        {columns.map((column) => (
          <th key={column.id} scope="col" class={aligned(column)} aria-sort={sortOf(column, sort)}>
            <HeadCell column={column} sort={sort} onSort={onSort} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

function sortOf<T>(column: Column<T>, sort: Sort | undefined): 'ascending' | 'descending' | undefined {
  if (sort === undefined || column.sortKey !== sort.key) return undefined;
  return sort.descending ? 'descending' : 'ascending';
}

function HeadCell<T>(props: {
  readonly column: Column<T>;
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
}) {
  const { column, sort, onSort } = props;
  const key = column.sortKey;
  if (key === undefined || onSort === undefined)
    return <span class={column.headerHidden === true ? 'visually-hidden' : undefined}>{column.header}</span>;
  const current = sort?.key === key;
  return (
    <button
      type="button"
      class="sort"
      onClick={() => onSort({ key, descending: current ? !sort.descending : false })}
    >
      {column.header}
      <Icon name={current ? (sort.descending ? 'sort_down' : 'sort_up') : 'updown'} size="s" />
    </button>
  );
}

function Row<T>(props: TableProps<T> & { readonly row: T }) {
  const { row, rowKey, rowHref, selection, columns } = props;
  const key = rowKey(row);
  const href = rowHref?.(row);
  return (
    <tr
      class={href === undefined ? undefined : 'row-link'}
      aria-selected={selection === undefined ? undefined : selection.chosen.has(key)}
      onClick={(event) => {
        const inside =
          event.target instanceof Element && event.target.closest('a, button, input, label, select') !== null;
        if (href !== undefined && !inside && !event.defaultPrevented && getSelection()?.isCollapsed !== false)
          navigate(href);
      }}
    >
      {selection !== undefined && <RowCheck selection={selection} rowId={key} />}
      {columns.map((column, index) => (
        <td key={column.id} class={aligned(column)}>
          {index === 0 && href !== undefined ? (
            <Link href={href} class="row-title">
              {column.cell(row)}
            </Link>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}

function RowCheck({ selection, rowId }: { readonly selection: Selection; readonly rowId: string }) {
  return (
    <td class="cell-check">
      <input
        type="checkbox"
        aria-label={`Select ${selection.labelOf(rowId)}`}
        checked={selection.chosen.has(rowId)}
        onChange={(event) => {
          const next = new Set(selection.chosen);
          if (event.currentTarget.checked) next.add(rowId);
          else next.delete(rowId);
          selection.onChosen(next);
        }}
      />
    </td>
  );
}

function LoadingRow<T>({ columns, selection }: TableProps<T>) {
  return (
    <tr>
      {selection !== undefined && <td class="cell-check" />}
      {columns.map((column) => (
        <td key={column.id} class={aligned(column)}>
          <span class="skeleton-line" />
        </td>
      ))}
    </tr>
  );
}

/** Arrow keys go from row to row, over the first link, button or box of each. */
function moveBetweenRows(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (
    step === 0 ||
    (event.target instanceof Element && event.target.closest('select, textarea, .popover') !== null)
  )
    return;
  const stops = [...event.currentTarget.querySelectorAll('tbody tr')].map((row) =>
    row.querySelector<HTMLElement>('a, button, input'),
  );
  const at = stops.findIndex((stop) => stop?.closest('tr')?.contains(document.activeElement) === true);
  const target = stops[at === -1 ? (step === 1 ? 0 : stops.length - 1) : at + step];
  if (target === undefined || target === null) return;
  event.preventDefault();
  target.focus();
}
