import { describe, expect, test } from 'vitest';
import { activeFilters, anyText, cleared, type FilterField, isDay, listQuery, oneOf, startOfDay } from './filters';

const kFields: readonly FilterField[] = [
  { key: 'user', label: 'User', words: (value) => value, accepts: anyText },
  { key: 'state', label: 'Outcome', words: (value) => value.toUpperCase(), accepts: oneOf({ passed: 1, failed: 1 }) },
  { key: 'from', label: 'From', words: (value) => value, accepts: isDay },
  { key: 'to', label: 'Until', words: (value) => value, accepts: isDay },
];
const query = (text: string) => new URLSearchParams(text);

describe('filters in the address', () => {
  test('what is set appears as chips in the order of the fields, in words', () => {
    const chips = activeFilters(kFields, query('state=failed&user=auth0%7Calice&other=1'));
    expect(chips.map(({ label, words }) => `${label}: ${words}`)).toEqual(['User: auth0|alice', 'Outcome: FAILED']);
  });

  test('a value that the list does not know is ignored, not sent to the server', () => {
    const odd = query('state=__proto__&from=2026-02-30&user=%20');
    expect(activeFilters(kFields, odd)).toEqual([]);
    expect(listQuery(kFields, odd)).toEqual({});
  });

  test('a day filter includes the whole last day', () => {
    const asked = listQuery(kFields, query('from=2026-11-01&to=2026-11-03'));
    const hours = (Date.parse(asked.to ?? '') - Date.parse(asked.from ?? '')) / 3_600_000;
    expect(hours).toBe(72);
    expect(startOfDay('2026-12-31', 1)).toBe(startOfDay('2027-01-01'));
  });

  test('the page goes along as cursor and is dropped when the filters are cleared', () => {
    expect(listQuery(kFields, query('after=abc'), { limit: '50' })).toEqual({ limit: '50', cursor: 'abc' });
    expect(cleared(kFields)).toEqual({ user: null, state: null, from: null, to: null, after: null });
  });
});
