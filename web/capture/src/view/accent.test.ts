import { expect, test } from 'vitest';
import { rulesFor } from './accent';

test('an accent is used as it is on light pages and lightened for dark ones', () => {
  const rules = rulesFor('#0f7a5a');
  expect(rules).toContain('--accent: #0f7a5a');
  expect(rules).toMatch(/prefers-color-scheme: dark\) { :root { --accent: #(?!0f7a5a)[0-9a-f]{6}/);
});

test('what is no colour changes nothing', () => {
  expect(rulesFor('red; } body { display: none')).toBe('');
});
