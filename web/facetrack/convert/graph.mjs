import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A failure the person who builds must act on: wrong package content, or a graph this converter cannot express. */
export class ConversionError extends Error {}

/**
 * Reads one TensorFlow.js graph model and checks both files against the pinned hashes.
 *
 * @returns nodes by name ({op, name, inputs, attributes}) and constants by name ({shape, values: Float32Array}).
 */
export function readGraph(source, folder) {
  const graphBytes = readPinned(path.join(folder, source.graphFile), source.graphSha256);
  const weightBytes = readPinned(path.join(folder, source.weightsFile), source.weightsSha256);
  const document = JSON.parse(graphBytes.toString('utf8'));
  const nodes = new Map();
  for (const node of document.modelTopology.node) {
    const inputs = (node.input ?? []).filter((name) => !name.startsWith('^'));
    nodes.set(node.name, { op: node.op, name: node.name, inputs, attributes: node.attr ?? {} });
  }
  return { nodes, constants: readConstants(document.weightsManifest, weightBytes) };
}

function readPinned(file, expectedSha256) {
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new ConversionError(`cannot read ${file}: run npm install first (${cause.code ?? cause.message})`);
  }
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== expectedSha256) {
    throw new ConversionError(
      `${file} has SHA-256 ${actual}, expected ${expectedSha256}: refusing to use it`,
    );
  }
  return bytes;
}

function readConstants(manifest, bytes) {
  const constants = new Map();
  let offset = 0;
  for (const { name, shape, dtype, quantization } of manifest.flatMap((group) => group.weights)) {
    const count = shape.reduce((product, size) => product * size, 1);
    const type = quantization?.dtype ?? dtype;
    const width = type === 'float16' ? 2 : 4;
    if (!['float16', 'float32', 'int32'].includes(type)) {
      throw new ConversionError(`constant ${name} is stored as ${type}, which is not supported`);
    }
    if (offset + count * width > bytes.length)
      throw new ConversionError(`constant ${name} lies beyond the file`);
    constants.set(name, { shape, values: readValues(bytes, offset, count, type) });
    offset += count * width;
  }
  if (offset !== bytes.length)
    throw new ConversionError(`${bytes.length - offset} bytes of weights are left over`);
  return constants;
}

function readValues(bytes, offset, count, type) {
  const values = new Float32Array(count);
  for (let i = 0; i < count; ++i) {
    if (type === 'float16') values[i] = halfToNumber(bytes.readUInt16LE(offset + i * 2));
    else if (type === 'float32') values[i] = bytes.readFloatLE(offset + i * 4);
    else values[i] = bytes.readInt32LE(offset + i * 4);
  }
  return values;
}

/** IEEE 754 binary16; infinities and NaN have no place in weights. */
function halfToNumber(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) throw new ConversionError('a weight is not a finite number');
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
