import { Button } from './button';

export interface PagerProps {
  readonly pageNumber: number;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  readonly previous: () => void;
  readonly next: () => void;
  /** For example "100,000 users". */
  readonly total?: string;
}

/** Forward and back through a list that is read by key: no page numbers to jump to, no counting of everything. */
export function Pager(props: PagerProps) {
  if (!props.hasPrevious && !props.hasNext)
    return props.total === undefined ? null : (
      <div class="pager">
        <span class="muted">{props.total}</span>
      </div>
    );
  return (
    <nav class="pager" aria-label="Pages of this list">
      <span class="muted">
        Page {props.pageNumber}
        {props.total !== undefined && ` · ${props.total}`}
      </span>
      <Button size="s" icon="previous" disabled={!props.hasPrevious} onClick={props.previous}>
        Previous
      </Button>
      <Button size="s" icon="next" disabled={!props.hasNext} onClick={props.next}>
        Next
      </Button>
    </nav>
  );
}
