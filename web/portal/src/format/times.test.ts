import { describe, expect, test } from 'vitest';
import { ageInDays, between, clockTime, countdown } from './times';

const kNow = Date.parse('2026-11-24T09:00:00Z');

describe('times as people read them', () => {
  test('a countdown ends in nothing, not in a negative time', () => {
    expect(countdown('2026-11-25T12:00:00Z', kNow)).toBe('1 d 3 h');
    expect(countdown('2026-11-24T12:12:00Z', kNow)).toBe('3 h 12 min');
    expect(countdown('2026-11-24T09:04:09Z', kNow)).toBe('4 min 9 s');
    expect(countdown('2026-11-24T09:00:09Z', kNow)).toBe('9 s');
    expect(countdown('2026-11-24T09:00:00Z', kNow)).toBeNull();
    expect(countdown('nonsense', kNow)).toBeNull();
  });

  test('an age counts whole days and is never negative', () => {
    expect(ageInDays('2026-11-23T09:00:01Z', kNow)).toBe(0);
    expect(ageInDays('2026-10-24T09:00:00Z', kNow)).toBe(31);
    expect(ageInDays('2026-12-24T09:00:00Z', kNow)).toBe(0);
  });

  test('a time that cannot be read is a dash', () => {
    expect(clockTime('nonsense')).toBe('–');
    expect(between('2026-11-24T09:00:00.000Z', '2026-11-24T09:00:01.250Z')).toBe(1250);
    expect(between(null, '2026-11-24T09:00:00Z')).toBeNull();
  });
});
