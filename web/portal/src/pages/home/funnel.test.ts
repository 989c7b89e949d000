import { expect, test } from 'vitest';
import { funnelRows, largestLoss } from './funnel';

test('each step shows its share of all and of the step before', () => {
  const rows = funnelRows([
    { step: 'opened', count: 200 },
    { step: 'consent', count: 180 },
    { step: 'camera', count: 90 },
  ]);
  expect(rows.map(({ ofAll, ofBefore, lost }) => [ofAll, ofBefore, lost])).toEqual([
    [1, null, 0],
    [0.9, 0.9, 20],
    [0.45, 0.5, 90],
  ]);
  expect(largestLoss(rows)?.step).toBe('camera');
});

test('an empty range has no shares and no loss', () => {
  const rows = funnelRows([
    { step: 'opened', count: 0 },
    { step: 'consent', count: 0 },
  ]);
  expect(rows[1]).toMatchObject({ ofAll: null, ofBefore: null, lost: 0 });
  expect(largestLoss(rows)).toBeNull();
  expect(funnelRows([])).toEqual([]);
});

test('a step never holds more than the one before, as retries would make it', () => {
  const rows = funnelRows([
    { step: 'opened', count: 10 },
    { step: 'consent', count: 12 },
    { step: 'camera', count: 11 },
  ]);
  expect(rows.map(({ count }) => count)).toEqual([10, 10, 10]);
});
