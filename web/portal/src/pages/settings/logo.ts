export const kLogoLimit = 64 * 1024;
const kSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export type LogoRead =
  | { readonly ok: true; readonly base64: string }
  | { readonly ok: false; readonly error: string };

/** Takes a PNG by its bytes, whatever its name says. The server checks again. */
export function readLogo(bytes: Uint8Array): LogoRead {
  if (bytes.length > kLogoLimit)
    return { ok: false, error: `The file has ${Math.ceil(bytes.length / 1024)} KB; 64 KB is the limit.` };
  if (kSignature.some((byte, index) => bytes[index] !== byte))
    return { ok: false, error: 'The file is not a PNG picture.' };
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { ok: true, base64: btoa(text) };
}
