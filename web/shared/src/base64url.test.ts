import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from './base64url';

describe('base64url', () => {
  it('turns bytes into text and back, whatever the length', () => {
    const cases = { '': [], _w: [255], '--8': [251, 239], AP__: [0, 255, 255], AQIDBA: [1, 2, 3, 4] };
    for (const [text, bytes] of Object.entries(cases)) {
      expect(fromBase64Url(text)).toEqual(Uint8Array.from(bytes));
      expect(toBase64Url(new Uint8Array(bytes).buffer)).toBe(text);
    }
    const key = Uint8Array.from({ length: 32 }, (_, i) => 7 * i);
    expect(fromBase64Url(Buffer.from(key).toString('base64url'))).toEqual(key);
  });

  it('refuses other alphabets and impossible lengths', () => {
    expect(fromBase64Url('a+b/')).toBeNull();
    expect(fromBase64Url('abcde')).toBeNull();
  });
});
