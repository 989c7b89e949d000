import { expect, test } from 'vitest';
import type { Filter } from './components/filter-bar';
import { askedOf, optionsOf } from './filters';

const kFilters: readonly Filter[] = [
  { kind: 'text', key: 'user', label: 'User' },
  {
    kind: 'choice',
    key: 'state',
    label: 'Outcome',
    options: optionsOf({ passed: 'Passed', failed: { title: 'Failed' } }),
  },
  { kind: 'time', key: 'from', label: 'From' },
];
const query = (text: string) => new URLSearchParams(text);

test('the filters of the address reach the server under their names', () => {
  expect(
    askedOf(kFilters, query('state=failed&user=auth0%7Calice&from=2026-11-24T10:00%2B01:00&other=1')),
  ).toEqual({
    user: 'auth0|alice',
    state: 'failed',
    from: '2026-11-24T09:00:00.000Z',
  });
});

test('a value that the filter cannot have is not sent', () => {
  expect(askedOf(kFilters, query('state=__proto__&from=yesterday&user=%20'))).toEqual({});
  expect(askedOf(kFilters, query(`user=${'x'.repeat(257)}`))).toEqual({});
});

test('the search text is trimmed and cut to what the server takes', () => {
  expect(askedOf([], query(`q=%20ab%20`), 'q')).toEqual({ q: 'ab' });
  expect(askedOf([], query(`q=${'x'.repeat(300)}`), 'q').q).toHaveLength(200);
  expect(askedOf([], query('q=ab'))).toEqual({});
});
