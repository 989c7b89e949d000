import { expect, test } from 'vitest';
import { browserName } from '../../app/browser-name';
import { passwordStrength } from './password-strength';

test.each([
  ['short', 0],
  ['aaaaaaaaaaaaaaaa', 1],
  ['123456789012', 1],
  ['harbourbank2026', 1],
  ['quiet lantern over', 4],
  ['xk4-Wq9!tz2m', 3],
] as const)('the strength of %s is %i', (password, strength) => {
  expect(passwordStrength(password, ['Harbour Bank', 'ada@harbour.example'])).toBe(strength);
});

test('browsers are named in words, unknown programs by what they say', () => {
  const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0';
  expect([browserName(edge), browserName('curl/8.5.0'), browserName('')]).toEqual([
    'Edge on Windows',
    'curl/8.5.0',
    'Unknown browser',
  ]);
});
