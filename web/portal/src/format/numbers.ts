// Numbers in words. English only: the portal has one language, so figures look alike everywhere.

const kWhole = new Intl.NumberFormat('en-GB');

export const whole = (value: number): string => kWhole.format(value);

/**
 * A share in percent with one decimal; never rounds up to 100 % or down to 0 % when something is missing or there.
 * `share` is 0..1; null reads "–".
 */
export function percent(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return '–';
  const tenths = Math.round(share * 1000);
  if (tenths >= 1000 && share < 1) return '>99.9 %';
  if (tenths <= 0 && share > 0) return '<0.1 %';
  const text = (tenths / 10).toFixed(1);
  return `${text.endsWith('.0') ? text.slice(0, -2) : text} %`;
}

/** 1,834 ms reads "1.8 s"; below a second whole milliseconds; above two minutes minutes and seconds. */
export function duration(milliseconds: number | null): string {
  if (milliseconds === null || !Number.isFinite(milliseconds)) return '–';
  const ms = Math.max(0, Math.round(milliseconds));
  if (ms < 1000) return `${ms} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** A false match rate as people say it: 0.00001 is "1 in 100,000". */
export function oneIn(rate: number): string {
  if (!(rate > 0) || rate > 1) return '–';
  return `1 in ${whole(Math.round(1 / rate))}`;
}

/** "1 user", "2 users". */
export const counted = (count: number, one: string, many: string): string =>
  `${whole(count)} ${count === 1 ? one : many}`;
