import { describe, expect, test } from 'vitest';
import { counted, duration, oneIn, percent, whole } from './numbers';

describe('numbers in words', () => {
  test('a share is never rounded into all or nothing', () => {
    expect(percent(0.99999)).toBe('>99.9 %');
    expect(percent(0.00001)).toBe('<0.1 %');
    expect(percent(1)).toBe('100 %');
    expect(percent(0)).toBe('0 %');
    expect(percent(0.9567)).toBe('95.7 %');
    expect(percent(0.5)).toBe('50 %');
  });

  test('a missing share or time is a dash, not a zero', () => {
    expect(percent(null)).toBe('–');
    expect(percent(Number.NaN)).toBe('–');
    expect(duration(null)).toBe('–');
  });

  test('times change their unit where a person would', () => {
    expect(duration(0)).toBe('0 ms');
    expect(duration(999)).toBe('999 ms');
    expect(duration(1834)).toBe('1.8 s');
    expect(duration(59_949)).toBe('59.9 s');
    expect(duration(59_990)).toBe('1 min 0 s');
    expect(duration(125_000)).toBe('2 min 5 s');
    expect(duration(3_660_000)).toBe('1 h 1 min');
    expect(duration(-5)).toBe('0 ms');
  });

  test('an error rate is said as one in many', () => {
    expect(oneIn(0.00001)).toBe('1 in 100,000');
    expect(oneIn(0.001)).toBe('1 in 1,000');
    expect(oneIn(0)).toBe('–');
  });

  test('counts agree with their noun', () => {
    expect(counted(1, 'user', 'users')).toBe('1 user');
    expect(counted(12_345, 'user', 'users')).toBe('12,345 users');
    expect(whole(0)).toBe('0');
  });
});
