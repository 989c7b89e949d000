// The wire format of Protocol Buffers, as far as ONNX files use it: varints, 32-bit values and length-prefixed bytes.
// Source: https://protobuf.dev/programming-guides/encoding/

export const kVarint = 0;
export const kBytes = 2;
export const kFixed32 = 5;

/** Fields of one message in file order: [{ field, wire, value }]; a varint is a BigInt, 32 bits are four bytes. */
export function readFields(bytes) {
  const fields = [];
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      if (at >= bytes.length || shift > 63n) throw new Error('broken message: a number does not end');
      const byte = bytes[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (count) => {
    if (at + count > bytes.length) throw new Error('broken message: a field is longer than the message');
    at += count;
    return bytes.subarray(at - count, at);
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const wire = key & 7;
    const field = key >> 3;
    if (wire === kVarint) fields.push({ field, wire, value: varint() });
    else if (wire === kBytes) fields.push({ field, wire, value: take(Number(varint())) });
    else if (wire === kFixed32) fields.push({ field, wire, value: take(4) });
    else throw new Error(`broken message: wire type ${wire}`);
  }
  return fields;
}

function varintBytes(value) {
  const out = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest >= 0x80n) {
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return Buffer.from(out);
}

/** The inverse of `readFields`. A value of wire type `kBytes` may be a string. */
export function writeFields(fields) {
  const parts = [];
  for (const { field, wire, value } of fields) {
    parts.push(varintBytes((field << 3) | wire));
    if (wire === kVarint) {
      parts.push(varintBytes(value));
      continue;
    }
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    if (wire === kBytes) parts.push(varintBytes(bytes.length));
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** All values of one field. */
export const valuesOf = (fields, field) =>
  fields.filter((entry) => entry.field === field).map(({ value }) => value);

/** Integers of a repeated field, packed or not. */
export function integersOf(fields, field) {
  return fields
    .filter((entry) => entry.field === field)
    .flatMap(({ wire, value }) =>
      wire === kVarint ? [Number(BigInt.asIntN(64, value))] : unpackVarints(value),
    );
}

function unpackVarints(bytes) {
  const out = [];
  for (let at = 0; at < bytes.length; ) {
    let end = at;
    while (bytes[end] >= 0x80) end += 1;
    let value = 0n;
    for (let i = end; i >= at; i -= 1) value = (value << 7n) | BigInt(bytes[i] & 0x7f);
    out.push(Number(BigInt.asIntN(64, value)));
    at = end + 1;
  }
  return out;
}
