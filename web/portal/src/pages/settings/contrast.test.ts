import { checkAccent, contrast, kReadable, parseColour } from '@countersign/web-shared/contrast';
import { expect, test } from 'vitest';
import { paragraphsOf } from './consent-paragraphs';
import { kLogoLimit, readLogo } from './logo';
import { wholeNumber } from './whole-number';

const colour = (text: string) => parseColour(text) ?? [0, 0, 0];

test('contrast is that of WCAG', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBe(21);
  expect(contrast(colour('#777777'), colour('#ffffff'))).toBeCloseTo(4.48, 2);
});

test.each(['#2b59ff', '#ffe600', '#ffffff', '#000000', '#19c37d', '#FF7A00'])(
  'the accents made from %s can be read on their pages',
  (text) => {
    const check = checkAccent(text);
    expect(contrast(colour(check?.light ?? ''), [255, 255, 255])).toBeGreaterThanOrEqual(kReadable);
    expect(contrast(colour(check?.dark ?? ''), [18, 24, 35])).toBeGreaterThanOrEqual(kReadable);
  },
);

test('a readable accent stays as it is; a light one is said to be too light', () => {
  expect(checkAccent('#0F7A5A')).toMatchObject({ readable: true, light: '#0f7a5a' });
  expect(checkAccent('#ffe600')?.readable).toBe(false);
});

test.each(['', '2b59ff', '#2b59f', '#2b59ff0', '#gggggg', 'red'])('%s is no colour', (text) => {
  expect(checkAccent(text)).toBeNull();
});

test('a logo is a PNG by its bytes, and small', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
  expect(readLogo(png)).toEqual({ ok: true, base64: 'iVBORw0KGgoB' });
  expect(readLogo(new TextEncoder().encode('<svg onload="alert(1)">')).ok).toBe(false);
  const large = new Uint8Array(kLogoLimit + 1);
  large.set(png);
  expect(readLogo(large).ok).toBe(false);
});

test('a number field takes whole numbers inside its limits only', () => {
  expect(wholeNumber(' 30 ', 1, 730)).toEqual({ ok: true, value: 30 });
  for (const text of ['', '0', '731', '1.5', '1e2', '-3', '0x10', 'ten'])
    expect(wholeNumber(text, 1, 730).ok).toBe(false);
});

test('empty lines separate paragraphs, single line ends do not', () => {
  expect(paragraphsOf('One\nline.\n\n \nTwo.\n\n')).toEqual(['One line.', 'Two.']);
  expect(paragraphsOf(' \n\n ')).toEqual([]);
});
