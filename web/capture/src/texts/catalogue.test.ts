import { describe, expect, it } from 'vitest';
import { kHintCodes } from '../hints/gate';
import { keyFor, kLanguageNames, kTables, textsFor } from './catalogue';
import { en } from './en';

const placeholders = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe.each(Object.entries(kTables))('the language %s', (locale, table) => {
  it('has every key, none too many and none empty', () => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(en).sort());
    for (const [key, message] of Object.entries(table)) expect(message.trim(), key).not.toBe('');
  });

  it('uses the same placeholders as English', () => {
    for (const [key, message] of Object.entries(table)) {
      expect(placeholders(message), key).toEqual(placeholders(en[key as keyof typeof en]));
    }
  });

  it('has a name in the language menu', () => {
    expect(kLanguageNames[locale]).toBeTruthy();
  });
});

describe('the texts', () => {
  it('have a sentence for every hint', () => {
    for (const code of kHintCodes) expect(en).toHaveProperty([`hint.${code}`]);
  });

  it('have title and text for every error', () => {
    for (const key of Object.keys(en)) {
      const error = /^error\.(\w+)\.title$/.exec(key);
      if (error !== null) expect(en, key).toHaveProperty([`error.${error[1]}.text`]);
    }
  });

  it('never blame and never show a score', () => {
    for (const message of Object.values(kTables).flatMap((table) => Object.values(table))) {
      expect(message).not.toMatch(/something went wrong|score|threshold|your fault/i);
    }
  });

  it('fall back to general words for an unknown code', () => {
    expect(keyFor('error.no_camera.title', 'error.other.title')).toBe('error.no_camera.title');
    expect(keyFor('error.new_one.title', 'error.other.title')).toBe('error.other.title');
  });

  it('follow the wish of the user', () => {
    expect(textsFor(['de-CH']).locale).toBe('de');
    expect(textsFor(['xx']).locale).toBe('en');
  });
});
