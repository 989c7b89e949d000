import type { Schema } from '../../api/types';

export interface FunnelRow {
  readonly step: string;
  readonly count: number;
  /** Share of those who opened the capture page; null when nobody did. */
  readonly ofAll: number | null;
  /** Share of the step before that went on; null for the first step and after an empty one. */
  readonly ofBefore: number | null;
  /** How many of the step before did not come here. */
  readonly lost: number;
}

/** Counts of the funnel with the shares that are shown; a later step never counts more than the one before. */
export function funnelRows(funnel: Schema<'Statistics'>['funnel']): readonly FunnelRow[] {
  const first = funnel[0]?.count ?? 0;
  let before: number | null = null;
  return funnel.map(({ step, count }) => {
    const previous = before;
    const kept = previous === null ? count : Math.min(count, previous);
    before = kept;
    return {
      step,
      count: kept,
      ofAll: first === 0 ? null : kept / first,
      ofBefore: previous === null || previous === 0 ? null : kept / previous,
      lost: previous === null ? 0 : previous - kept,
    };
  });
}

/** The step at which most are lost; null when nobody is. */
export function largestLoss(rows: readonly FunnelRow[]): FunnelRow | null {
  return rows.reduce<FunnelRow | null>((worst, row) => (row.lost > (worst?.lost ?? 0) ? row : worst), null);
}
