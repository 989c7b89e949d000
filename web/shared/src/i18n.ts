/**
 * A typed text catalogue: one complete table per language, checked by the compiler, nothing fetched at run time.
 *
 * A plural message has one key per plural category (`attempts.one`, `attempts.other`); `other` must exist and
 * serves every category that a language does not spell out. Placeholders are written `{name}`.
 */
export type Table<Key extends string> = Readonly<Record<Key, string>>;
export type Values = Readonly<Record<string, string | number>>;
type PluralBase<Key extends string> = Key extends `${infer Base}.other` ? Base : never;

export interface Texts<Key extends string> {
  readonly locale: string;
  readonly dir: 'ltr' | 'rtl';
  t(key: Key, values?: Values): string;
  count(base: PluralBase<Key>, count: number, values?: Values): string;
}

const kRightToLeft = new Set(['ar', 'fa', 'he', 'ur']);

/** Follows region → language → fallback for each wish in turn: `de-AT` finds `de`. */
export function pickLocale(
  wishes: readonly string[],
  available: readonly string[],
  fallback: string,
): string {
  for (const wish of wishes) {
    const lower = wish.toLowerCase();
    const language = lower.split('-')[0];
    const found =
      available.find((name) => name.toLowerCase() === lower) ??
      available.find((name) => name.toLowerCase() === language);
    if (found !== undefined) return found;
  }
  return fallback;
}

export function fill(message: string, values: Values = {}): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}

export function createTexts<Key extends string>(locale: string, table: Table<Key>): Texts<Key> {
  const plurals = new Intl.PluralRules(locale);
  const lookup: Readonly<Record<string, string>> = table;
  return {
    locale,
    dir: kRightToLeft.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr',
    t: (key, values) => fill(table[key], values),
    count: (base, count, values) => {
      const message = lookup[`${base}.${plurals.select(count)}`] ?? lookup[`${base}.other`] ?? '';
      return fill(message, { ...values, count });
    },
  };
}
