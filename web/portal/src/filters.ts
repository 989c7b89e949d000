// Filters of the lists live in the address: a list can be bookmarked, sent to a colleague and reached by Back.

export interface FilterField {
  readonly key: string;
  readonly label: string;
  /** The value in words, for the chip. */
  readonly words: (value: string) => string;
  /** What the address may hold; anything else is as if it were not there. */
  readonly accepts: (value: string) => boolean;
}

export interface ActiveFilter {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly words: string;
}

const kLongest = 256;

export const anyText = (value: string): boolean => value.trim() !== '' && value.length <= kLongest;
export const oneOf =
  (choices: Readonly<Record<string, unknown>>) =>
  (value: string): boolean =>
    Object.hasOwn(choices, value);

/** The filters that the address sets, in the order of the fields. */
export function activeFilters(fields: readonly FilterField[], query: URLSearchParams): readonly ActiveFilter[] {
  return fields.flatMap(({ key, label, words, accepts }) => {
    const value = query.get(key);
    return value === null || !accepts(value) ? [] : [{ key, label, value, words: words(value) }];
  });
}

/** The change of the address that clears all fields and goes back to the first page. */
export function cleared(fields: readonly FilterField[]): Readonly<Record<string, null>> {
  return Object.fromEntries([...fields.map(({ key }) => [key, null] as const), ['after', null] as const]);
}

/** A day as `<input type=date>` writes it; only days that exist. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

/** The moment a local day begins, as RFC 3339; `addDays` 1 is the end of that day. */
export function startOfDay(day: string, addDays = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + addDays).toISOString();
}

/**
 * What the server is asked for: the filters under their own names, `from` and `to` (days, `to` included) as moments,
 * `after` as cursor.
 */
export function listQuery(
  fields: readonly FilterField[],
  query: URLSearchParams,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const asked: Record<string, string> = { ...more };
  for (const { key, value } of activeFilters(fields, query)) {
    if (key === 'from') asked.from = startOfDay(value);
    else if (key === 'to') asked.to = startOfDay(value, 1);
    else asked[key] = value;
  }
  const cursor = query.get('after');
  if (cursor !== null && cursor !== '') asked.cursor = cursor;
  return asked;
}
