import { describe, expect, it } from 'vitest';
import { createTexts, fill, pickLocale } from './i18n';

const kEnglish = {
  hello: 'Hello {name}',
  'tries.one': '{count} try',
  'tries.other': '{count} tries',
} as const;

describe('the language choice', () => {
  it('prefers the exact region, then the language, then the next wish', () => {
    expect(pickLocale(['pt-BR'], ['en', 'pt-BR'], 'en')).toBe('pt-BR');
    expect(pickLocale(['de-AT', 'fr'], ['en', 'de'], 'en')).toBe('de');
    expect(pickLocale(['sv', 'de'], ['en', 'de'], 'en')).toBe('de');
  });

  it('ignores case and falls back when nothing fits', () => {
    expect(pickLocale(['PT-br'], ['pt-BR'], 'en')).toBe('pt-BR');
    expect(pickLocale(['tlh', ''], ['en', 'de'], 'en')).toBe('en');
    expect(pickLocale([], ['de'], 'en')).toBe('en');
  });
});

describe('a message', () => {
  it('gets its values and leaves an unknown placeholder visible', () => {
    expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
    expect(createTexts('en', kEnglish).t('hello', { name: 'Ada' })).toBe('Hello Ada');
  });

  it('does not read placeholders from inherited properties', () => {
    expect(fill('{missing}')).toBe('{missing}');
  });

  it('chooses the plural category of its language', () => {
    const texts = createTexts('en', kEnglish);
    expect(texts.count('tries', 1)).toBe('1 try');
    expect(texts.count('tries', 0)).toBe('0 tries');
  });

  it('uses "other" for categories the table does not spell out', () => {
    expect(createTexts('pl', kEnglish).count('tries', 3)).toBe('3 tries');
  });
});

describe('the writing direction', () => {
  it('follows the language', () => {
    expect(createTexts('ar-EG', kEnglish).dir).toBe('rtl');
    expect(createTexts('de', kEnglish).dir).toBe('ltr');
  });
});
