import { createHash, createHmac, webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createFramer, encodeHeader, kHeaderBytes, kMacBytes } from './framing';

const kNonce = Uint8Array.from({ length: 16 }, (_, index) => index);
const kKey = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);

const makeFramer = () => createFramer(webcrypto.subtle as unknown as SubtleCrypto, kKey, kNonce);

/** The rule of docs/protocol/capture.md, written a second time with node:crypto. */
function expectedMac(seq: number, covered: Buffer, previous: Buffer): Buffer {
  const counter = Buffer.alloc(4);
  counter.writeUInt32LE(seq);
  const digest = createHash('sha256').update(covered).digest();
  const input = Buffer.concat([kNonce, counter, digest, previous]);
  return createHmac('sha256', kKey).update(input).digest().subarray(0, 16);
}

describe('the header', () => {
  it('has the documented layout, little endian', () => {
    const bytes = encodeHeader(
      { phase: 1, step: 4, seq: 0x01020304, captureTimeMs: 1, sendTimeMs: -2 },
      0x0a0b0c,
    );

    expect(Buffer.from(bytes).toString('hex')).toBe(
      ['01', '01', '04', '00', '04030201', '000000000000f03f', '00000000000000c0', '0c0b0a00'].join(''),
    );
    expect(bytes.length).toBe(kHeaderBytes);
  });
});

describe('the MAC chain', () => {
  it('binds nonce, number, header and picture to the frame before', async () => {
    const framer = await makeFramer();
    let previous: Buffer = Buffer.alloc(kMacBytes);
    for (const [seq, size] of [0, 1, 30_000].entries()) {
      const picture = new Uint8Array(size).fill(seq + 7);

      const frame = Buffer.from(
        await framer.frame(picture, { phase: 0, step: 0, captureTimeMs: 1.5, sendTimeMs: 2.5 }),
      );

      const covered = frame.subarray(0, kHeaderBytes + size);
      const mac = frame.subarray(kHeaderBytes + size);
      expect(frame.readUInt32LE(4)).toBe(seq);
      expect(mac.toString('hex')).toBe(expectedMac(seq, covered, previous).toString('hex'));
      previous = mac;
    }
  });

  it('matches a fixed vector', async () => {
    const framer = await makeFramer();

    const frame = await framer.frame(Uint8Array.of(0xff, 0xd8), {
      phase: 0,
      step: 0,
      captureTimeMs: 0,
      sendTimeMs: 0,
    });

    const covered = Buffer.from(frame.subarray(0, kHeaderBytes + 2));
    expect(covered.toString('hex')).toBe(`010000000000000000000000000000000000000000000000${'02000000'}ffd8`);
    expect(Buffer.from(frame.subarray(kHeaderBytes + 2)).toString('hex')).toBe(
      '8feea485a1d6a983a11fa267d9c62eee',
    );
  });

  it('starts again for a new capture', async () => {
    const [first, second] = [await makeFramer(), await makeFramer()];
    const header = { phase: 0, step: 0, captureTimeMs: 0, sendTimeMs: 0 } as const;
    await first.frame(Uint8Array.of(1), header);

    const again = await second.frame(Uint8Array.of(1), header);

    expect(new DataView(again.buffer).getUint32(4, true)).toBe(0);
  });
});
