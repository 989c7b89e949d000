import type { Filter } from './components/filter-bar';

const kLongest = 256;

/** A value that this filter can have. The address may hold anything: it comes from links and from keyboards. */
export function accepts(filter: Filter, value: string): boolean {
  if (value.trim() === '' || value.length > kLongest) return false;
  if (filter.kind === 'choice') return filter.options.some((option) => option.value === value);
  return filter.kind === 'text' || !Number.isNaN(new Date(value).getTime());
}

/** What the server is asked for: the filters of the address that make sense, times as RFC 3339, and `search` as it is. */
export function askedOf(
  filters: readonly Filter[],
  query: URLSearchParams,
  search?: string,
): Readonly<Record<string, string>> {
  const asked: Record<string, string> = {};
  for (const filter of filters) {
    const value = query.get(filter.key);
    if (value === null || !accepts(filter, value)) continue;
    asked[filter.key] = filter.kind === 'time' ? new Date(value).toISOString() : value.trim();
  }
  const searched = search === undefined ? '' : (query.get(search) ?? '').trim().slice(0, 200);
  if (search !== undefined && searched !== '') asked[search] = searched;
  return asked;
}

/** Choices of a filter from a table of words. */
export function optionsOf(
  words: Readonly<Record<string, string | { readonly title: string }>>,
): readonly { readonly value: string; readonly label: string }[] {
  return Object.entries(words).map(([value, word]) => ({
    value,
    label: typeof word === 'string' ? word : word.title,
  }));
}
