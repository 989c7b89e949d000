import { csvOf } from './download';

export interface Series {
  readonly label: string;
  /** One value per point of `times`; null is a gap. */
  readonly values: readonly (number | null)[];
  /** The one that matters is drawn in the accent colour, what went wrong in red, the others in grey. */
  readonly tone?: 'accent' | 'danger';
}

export interface ChartData {
  readonly times: readonly string[];
  readonly series: readonly Series[];
}

/** What a chart shows, and how. */
export interface ChartProps {
  readonly title: string;
  readonly data: ChartData;
  readonly kind?: 'line' | 'bars';
  /** The file that "CSV" saves. */
  readonly fileName: string;
  readonly format?: (value: number) => string;
  readonly height?: number;
}

/** The rows behind a chart, for the table and for the file. */
export function chartRows(data: ChartData): readonly (readonly (string | number | null)[])[] {
  return data.times.map((time, index) => [time, ...data.series.map(({ values }) => values[index] ?? null)]);
}

export function chartCsv(data: ChartData): string {
  return csvOf(['time_utc', ...data.series.map(({ label }) => label)], chartRows(data));
}
