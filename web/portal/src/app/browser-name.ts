const kBrowsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const kSystems: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

const nameIn = (table: readonly (readonly [RegExp, string])[], text: string) =>
  table.find(([sign]) => sign.test(text))?.[1];

/** "Chrome on Windows" from a user-agent text; the text itself when it says nothing known. */
export function browserName(userAgent: string): string {
  const browser = nameIn(kBrowsers, userAgent);
  if (browser === undefined) return userAgent === '' ? 'Unknown browser' : userAgent;
  const system = nameIn(kSystems, userAgent);
  return system === undefined ? browser : `${browser} on ${system}`;
}

export const isPhone = (userAgent: string): boolean => /iPhone|Android/.test(userAgent);
