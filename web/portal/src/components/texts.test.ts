import { expect, test } from 'vitest';
import { chartCsv } from './chart-data';
import { duration, relativeTime } from './time';

const now = new Date('2026-03-01T12:00:00Z');
const before = (seconds: number) => relativeTime(new Date(now.getTime() - seconds * 1000), now);

test('distances in time are rounded towards now and never say zero', () => {
  expect([before(5), before(89), before(3600 * 23), before(86_400), before(-86_400 * 8)]).toEqual([
    'just now',
    '1 minute ago',
    '23 hours ago',
    'yesterday',
    'next week',
  ]);
});

test('durations change their unit with their size', () => {
  expect([duration(840), duration(2430), duration(65_000)]).toEqual(['840 ms', '2.4 s', '1 min 5 s']);
});

test('a gap in a series is an empty field', () => {
  const data = {
    times: ['2026-03-01T00:00:00Z'],
    series: [
      { label: 'p95', values: [null] },
      { label: 'passed', values: [3] },
    ],
  };
  expect(chartCsv(data)).toBe('time_utc,p95,passed\r\n2026-03-01T00:00:00Z,,3\r\n');
});
