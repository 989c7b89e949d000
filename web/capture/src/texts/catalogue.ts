import { createTexts, pickLocale, type Table, type Texts } from '@countersign/web-shared/i18n';
import { de } from './de';
import { en, type TextKey } from './en';

export type CaptureTexts = Texts<TextKey>;

export const kTables: Readonly<Record<string, Table<TextKey>>> = { en, de };
export const kLanguageNames: Readonly<Record<string, string>> = { en: 'English', de: 'Deutsch' };

export function textsFor(wishes: readonly string[]): CaptureTexts {
  const locale = pickLocale(wishes, Object.keys(kTables), 'en');
  return createTexts(locale, kTables[locale] ?? en);
}

/** The key of a code's text where there is one, else the key of the general text. */
export function keyFor(candidate: string, otherwise: TextKey): TextKey {
  return candidate in en ? (candidate as TextKey) : otherwise;
}
