import { useState } from 'preact/hooks';
import { Link } from '../../app/router';
import { Button } from '../../components/button';
import { csvOf, downloadText } from '../../components/download';
import { ScrollRegion } from '../../components/scroll-region';
import { whole } from '../../format/numbers';

export interface ShareRow {
  readonly key: string;
  readonly label: string;
  readonly href?: string;
  readonly count: number;
  /** Length of the bar, 0 to 1. */
  readonly share: number;
  /** Further columns of the table; the first also stands beside the bar. */
  readonly figures: readonly string[];
  readonly emphasised: boolean;
}

/** Counts as horizontal bars, with the same figures as a table and as CSV behind two buttons. */
export function Shares(props: {
  readonly title: string;
  readonly fileName: string;
  readonly head: readonly string[];
  readonly rows: readonly ShareRow[];
  /** How many are drawn; without it all. */
  readonly most?: number;
  readonly empty: string;
  readonly note: string | null;
}) {
  const [asTable, setAsTable] = useState(false);
  const save = () => {
    const rows = props.rows.map(({ label, count, figures }) => [label, count, ...figures]);
    downloadText(props.fileName, csvOf(props.head, rows), 'text/csv');
  };
  const nothing = props.rows.every(({ count }) => count === 0);
  return (
    <section class="chart card">
      <div class="chart-head">
        <h2 class="card-title">{props.title}</h2>
        <Button
          size="s"
          variant="quiet"
          icon="table"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          Table
        </Button>
        <Button
          size="s"
          variant="quiet"
          icon="download"
          aria-label={`Download “${props.title}” as CSV`}
          onClick={save}
        >
          CSV
        </Button>
      </div>
      {nothing && <p class="muted">{props.empty}</p>}
      {!nothing &&
        (asTable ? (
          <SharesTable head={props.head} rows={props.rows} title={props.title} />
        ) : (
          <Bars rows={props.rows.slice(0, props.most)} />
        ))}
      {!nothing && props.note !== null && <p class="muted">{props.note}</p>}
    </section>
  );
}

function Bars({ rows }: { readonly rows: readonly ShareRow[] }) {
  return (
    <ul class="shares">
      {rows.map((row) => (
        <li key={row.key} class={row.emphasised ? 'share share-marked' : 'share'}>
          <span class="share-label">
            {row.href === undefined ? row.label : <Link href={row.href}>{row.label}</Link>}
          </span>
          <svg class="share-bar" width="100%" height="8" aria-hidden="true" focusable="false">
            <rect class="share-track" width="100%" height="8" rx="4" />
            {row.share > 0 && (
              <rect
                class="share-fill"
                width={`${Math.max(1, Math.min(100, row.share * 100))}%`}
                height="8"
                rx="4"
              />
            )}
          </svg>
          <span class="share-count">{whole(row.count)}</span>
          <span class="share-figure muted">{row.figures[0]}</span>
        </li>
      ))}
    </ul>
  );
}

function SharesTable(props: {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly ShareRow[];
}) {
  return (
    <ScrollRegion class="table-scroll" label={`${props.title}, figures`}>
      <table class="table">
        <thead>
          <tr>
            {props.head.map((text, index) => (
              <th key={text} scope="col" class={index === 0 ? 'cell' : 'cell-end'}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" class="cell">
                {row.label}
              </th>
              <td class="cell-end">{whole(row.count)}</td>
              {row.figures.map((figure, index) => (
                <td key={props.head[index + 2]} class="cell-end">
                  {figure}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
