import { expect, test } from 'vitest';
import { base64urlOf, bytesOf } from './passkey';

test('bytes and their text in base64url are each other, whatever the length', () => {
  const cases = { '': [], _w: [255], '--8': [251, 239], AP__: [0, 255, 255], AQIDBA: [1, 2, 3, 4] };
  for (const [text, bytes] of Object.entries(cases)) {
    expect([...bytesOf(text)]).toEqual(bytes);
    expect(base64urlOf(new Uint8Array(bytes).buffer)).toBe(text);
  }
});
