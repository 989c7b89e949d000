import { describe, expect, test } from 'vitest';
import { ageInDays, countdown, dateAndTime, relative } from './times';

const kNow = Date.parse('2026-11-24T09:00:00Z');

describe('times as people read them', () => {
  test('the largest unit that fits is used', () => {
    expect(relative('2026-11-24T08:57:00Z', kNow)).toBe('3 minutes ago');
    expect(relative('2026-11-23T08:00:00Z', kNow)).toBe('yesterday');
    expect(relative('2026-11-21T08:00:00Z', kNow)).toBe('3 days ago');
    expect(relative('2024-01-01T00:00:00Z', kNow)).toBe('2 years ago');
    expect(relative('2026-11-24T08:59:30Z', kNow)).toBe('just now');
    expect(relative('2026-11-24T11:00:00Z', kNow)).toBe('in 2 hours');
  });

  test('what never happened says so', () => {
    expect(relative(null, kNow)).toBe('Never');
    expect(dateAndTime(null, 'Not yet')).toBe('Not yet');
    expect(dateAndTime('nonsense')).toBe('Never');
  });

  test('a countdown ends in nothing, not in a negative time', () => {
    expect(countdown('2026-11-25T12:00:00Z', kNow)).toBe('1 d 3 h');
    expect(countdown('2026-11-24T12:12:00Z', kNow)).toBe('3 h 12 min');
    expect(countdown('2026-11-24T09:04:09Z', kNow)).toBe('4 min 9 s');
    expect(countdown('2026-11-24T09:00:09Z', kNow)).toBe('9 s');
    expect(countdown('2026-11-24T09:00:00Z', kNow)).toBeNull();
    expect(countdown('2026-11-24T08:00:00Z', kNow)).toBeNull();
  });

  test('an age counts whole days', () => {
    expect(ageInDays('2026-11-23T09:00:01Z', kNow)).toBe(0);
    expect(ageInDays('2026-10-24T09:00:00Z', kNow)).toBe(31);
  });
});
