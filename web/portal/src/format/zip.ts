/**
 * A ZIP archive of small text files, stored without compression, as the download of a few files needs no more.
 * Names are relative with `/`; the archive opens with every unzip since 1989 and has UTF-8 names.
 */
export function zipOf(
  files: readonly { readonly name: string; readonly text: string }[],
  made: Date,
): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const file of files) {
    const name = encoder.encode(file.name);
    const content = encoder.encode(file.text);
    const facts = commonFields(content, name.length, made);
    const local = concat([little32(0x04034b50), facts, name]);
    directory.push(concat([little32(0x02014b50), little16(0x031e), facts, centralFields(offset), name]));
    parts.push(local, content);
    offset += local.length + content.length;
  }
  const index = concat(directory);
  const count = little16(files.length);
  const end = concat([
    little32(0x06054b50),
    little32(0),
    count,
    count,
    little32(index.length),
    little32(offset),
    little16(0),
  ]);
  return concat([...parts, index, end]);
}

/** The 26 bytes that stand in both headers: version, UTF-8 flag, stored, time, CRC, sizes, lengths. */
function commonFields(content: Uint8Array, nameLength: number, made: Date): Uint8Array {
  const time = (made.getHours() << 11) | (made.getMinutes() << 5) | (made.getSeconds() >> 1);
  const day =
    ((Math.max(1980, made.getFullYear()) - 1980) << 9) | ((made.getMonth() + 1) << 5) | made.getDate();
  const size = little32(content.length);
  const head = [
    little16(20),
    little16(0x0800),
    little16(0),
    little16(time),
    little16(day),
    little32(crc32(content)),
  ];
  return concat([...head, size, size, little16(nameLength), little16(0)]);
}

/** No comment, first disk, attributes of a plain file (-rw-r--r--). */
const centralFields = (offset: number): Uint8Array =>
  concat([little16(0), little16(0), little16(0), little32(0o100644 * 0x10000), little32(offset)]);

function little16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, (value >>> 8) & 0xff);
}

function little32(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** CRC-32 of ZIP and PNG (reflected polynomial 0xedb88320), bit by bit: the files are small. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return (crc ^ 0xffffffff) >>> 0;
}
