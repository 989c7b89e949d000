import { expect, test } from 'vitest';
import { csvOf } from './download';

test('quotes, commas and line breaks survive', () => {
  expect(
    csvOf(
      ['a', 'b'],
      [
        ['x,y', 'say "hi"'],
        ['two\nlines', 3],
      ],
    ),
  ).toBe('a,b\r\n"x,y","say ""hi"""\r\n"two\nlines",3\r\n');
});

test('a cell is never a formula, a number stays a number', () => {
  expect(csvOf(['v'], [['=1+1'], ['@SUM(A1)'], ['-2'], [-2], [null]])).toBe(
    "v\r\n'=1+1\r\n'@SUM(A1)\r\n'-2\r\n-2\r\n\r\n",
  );
});
