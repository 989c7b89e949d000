import { paddedChannels, planMemory, roundUpToFour, tensorFloats } from './plan.mjs';

const kMagic = 'FTM1';
const kFormatVersion = 1;
const kProgramHeaderWords = 16;
const kRecordWords = 20;
const kMaxOutputs = 4;
const kNone = -1;
const kKinds = { convolution: 0, depthwise: 1, maxpool: 2 };
const kActivations = { none: 0, relu: 1, prelu: 2 };

/** Writes layers as one FTM1 file. The same layers always give the same bytes. */
export function writeFtm(network, { model, inputSide, origin }) {
  const memory = planMemory(network);
  const weights = new WeightSection();
  const records = network.layers.map((layer) => layerRecord(layer, memory.offsets, weights));
  const section = weights.finish();
  const program = programHeader(network, memory, records.length, section.length, inputSide);
  const payload = Buffer.concat([words(program), ...records.map(words), section]);
  const header = headerBytes({
    format: kMagic,
    formatVersion: kFormatVersion,
    model,
    inputSide,
    layers: records.length,
    weights: 'int8 per output channel, scale = max/127',
    payloadBytes: payload.length,
    origin,
  });
  const prelude = Buffer.alloc(8);
  prelude.write(kMagic, 0, 'latin1');
  prelude.writeUInt32LE(header.length, 4);
  return Buffer.concat([prelude, header, payload]);
}

/** JSON, filled up with spaces so that the payload starts at a multiple of four. */
function headerBytes(header) {
  const json = JSON.stringify(header);
  return Buffer.from(json.padEnd(roundUpToFour(Buffer.byteLength(json)), ' '));
}

function programHeader(network, memory, layerCount, weightBytes, inputSide) {
  const { input, outputs } = network;
  const program = [
    layerCount,
    memory.floats,
    weightBytes,
    inputSide,
    memory.offsets.get(input),
    outputs.length,
  ];
  for (let i = 0; i < kMaxOutputs; ++i)
    program.push(i < outputs.length ? memory.offsets.get(outputs[i]) : kNone);
  for (let i = 0; i < kMaxOutputs; ++i) program.push(i < outputs.length ? tensorFloats(outputs[i]) : 0);
  return program.concat(new Array(kProgramHeaderWords - program.length).fill(0));
}

function layerRecord(layer, offsets, weights) {
  const { input, output, residual, geometry, activation } = layer;
  const tables = layer.kind === 'maxpool' ? [kNone, kNone, kNone, kNone] : weights.add(layer);
  const record = [
    kKinds[layer.kind],
    kActivations[activation?.kind ?? 'none'],
    input.height,
    input.width,
    paddedChannels(input.channels),
    output.height,
    output.width,
    paddedChannels(output.channels),
    geometry.kernel,
    geometry.stride,
    geometry.padding,
    offsets.get(input),
    offsets.get(output),
    residual === null ? kNone : offsets.get(residual),
    residual === null ? 0 : paddedChannels(residual.channels),
    ...tables,
    0,
  ];
  if (record.length !== kRecordWords) throw new Error('a layer record has the wrong length');
  return record;
}

function words(values) {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeInt32LE(value, index * 4);
  return bytes;
}

/** Collects weights, scales, biases and slopes; hands out byte offsets, each a multiple of four. */
class WeightSection {
  #parts = [];
  #length = 0;

  /** @returns byte offsets of int8 weights, scales, biases and slopes; −1 where there is none. */
  add(layer) {
    const matrix = paddedMatrix(layer);
    const { quantised, scales } = quantise(matrix);
    const channels = matrix.columns;
    return [
      this.#append(Buffer.from(quantised.buffer)),
      this.#append(floats(scales, channels)),
      layer.bias === undefined ? kNone : this.#append(floats(layer.bias, channels)),
      layer.activation?.alpha ? this.#append(floats(layer.activation.alpha, channels)) : kNone,
    ];
  }

  finish() {
    return Buffer.concat(this.#parts);
  }

  #append(bytes) {
    const offset = this.#length;
    const filled = Buffer.alloc(roundUpToFour(bytes.length));
    bytes.copy(filled);
    this.#parts.push(filled);
    this.#length += filled.length;
    return offset;
  }
}

/** Weights as rows × columns with zero rows and columns for padded channels; columns are output channels. */
function paddedMatrix({ kind, input, output, geometry, weights }) {
  const taps = geometry.kernel * geometry.kernel;
  const from = kind === 'depthwise' ? 1 : input.channels;
  const paddedFrom = kind === 'depthwise' ? 1 : paddedChannels(input.channels);
  const columns = paddedChannels(output.channels);
  const values = new Float32Array(taps * paddedFrom * columns);
  for (let tap = 0; tap < taps; ++tap) {
    for (let row = 0; row < from; ++row) {
      const source = (tap * from + row) * output.channels;
      const target = (tap * paddedFrom + row) * columns;
      values.set(weights.subarray(source, source + output.channels), target);
    }
  }
  return { values, rows: taps * paddedFrom, columns };
}

function quantise({ values, rows, columns }) {
  const quantised = new Int8Array(values.length);
  const scales = new Float32Array(columns);
  for (let column = 0; column < columns; ++column) {
    let largest = 0;
    for (let row = 0; row < rows; ++row)
      largest = Math.max(largest, Math.abs(values[row * columns + column]));
    scales[column] = largest / 127;
    if (scales[column] === 0) continue;
    for (let at = column; at < values.length; at += columns) {
      quantised[at] = Math.round(values[at] / scales[column]);
    }
  }
  return { quantised, scales };
}

function floats(values, count) {
  const bytes = Buffer.alloc(count * 4);
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes;
}
