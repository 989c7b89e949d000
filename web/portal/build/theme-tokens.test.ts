import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withThemeSwitch } from './theme-tokens.ts';

test('the dark values hold by the system unless light is chosen, and by choice whatever the system says', () => {
  const css = withThemeSwitch(readFileSync(new URL('../../shared/src/tokens.css', import.meta.url), 'utf8'));
  const rules = css.slice(css.indexOf('@media (prefers-color-scheme: dark)'));
  expect(rules).toContain(':root:not([data-theme="light"])');
  expect(rules.match(/--canvas: #0a0e15/g)).toHaveLength(2);
  expect(() => withThemeSwitch(':root { --ink: #000; }')).toThrow('no dark block');
});
