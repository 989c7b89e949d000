import type { ModelName, Outcome } from './types';

const kMagic = 0x314d5446; // "FTM1", little endian
const kPreludeBytes = 8;
const kFormatVersion = 1;

/**
 * Checks the outside of an FTM1 file and returns its payload, which the engine checks word by word itself.
 * The format is described in the README.
 */
export function modelPayload(file: ArrayBuffer, model: ModelName): Outcome<Uint8Array> {
  const invalid = (detail: string): Outcome<Uint8Array> => ({
    kind: 'error',
    error: { kind: 'model_invalid', model, detail },
  });
  if (file.byteLength < kPreludeBytes) return invalid('the file is empty or truncated');
  const view = new DataView(file);
  if (view.getUint32(0, true) !== kMagic) return invalid('the file does not start with FTM1');
  const headerBytes = view.getUint32(4, true);
  if (headerBytes > file.byteLength - kPreludeBytes) return invalid('the header is truncated');

  const header = parseHeader(new Uint8Array(file, kPreludeBytes, headerBytes));
  if (header === null) return invalid('the header is not a JSON object');
  if (header.formatVersion !== kFormatVersion) return invalid('the format version is not 1');
  if (header.model !== model) return invalid(`the file holds another model than the ${model}`);
  const payload = new Uint8Array(file, kPreludeBytes + headerBytes);
  if (header.payloadBytes !== payload.byteLength) return invalid('the payload is truncated');
  return { kind: 'ok', value: payload };
}

function parseHeader(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof header === 'object' && header !== null ? (header as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
