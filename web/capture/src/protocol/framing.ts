/** Binary frames of docs/protocol/capture.md, bound into an unbroken chain by a MAC. */
export const kHeaderBytes = 28;
export const kMacBytes = 16;
const kPictureType = 1;

export interface FrameHeader {
  readonly phase: 0 | 1;
  readonly step: number;
  readonly seq: number;
  /** Milliseconds of the page's own clock. */
  readonly captureTimeMs: number;
  readonly sendTimeMs: number;
}

type Bytes = Uint8Array<ArrayBuffer>;

export function encodeHeader(header: FrameHeader, length: number): Bytes {
  const bytes = new Uint8Array(kHeaderBytes);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, kPictureType);
  view.setUint8(1, header.phase);
  view.setUint8(2, header.step);
  view.setUint8(3, 0);
  view.setUint32(4, header.seq, true);
  view.setFloat64(8, header.captureTimeMs, true);
  view.setFloat64(16, header.sendTimeMs, true);
  view.setUint32(24, length, true);
  return bytes;
}

export interface Framer {
  /** Numbers, chains and packs one picture. Calls must not overlap: each MAC covers the one before. */
  frame(picture: Bytes, header: Omit<FrameHeader, 'seq'>): Promise<Bytes>;
}

/** The chain of one capture; it starts at sequence number 0 with a MAC of zeros. */
export async function createFramer(subtle: SubtleCrypto, macKey: Bytes, nonce: Bytes): Promise<Framer> {
  const key = await subtle.importKey('raw', macKey, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  let seq = 0;
  let previous: Bytes = new Uint8Array(kMacBytes);

  return {
    async frame(picture, header) {
      const own = seq++;
      const body = concat(encodeHeader({ ...header, seq: own }, picture.length), picture);
      const digest = new Uint8Array(await subtle.digest('SHA-256', body));
      const input = concat(nonce, littleEndian(own), digest, previous);
      previous = new Uint8Array(await subtle.sign('HMAC', key, input)).slice(0, kMacBytes);
      return concat(body, previous);
    },
  };
}

function littleEndian(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

export function concat(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
