// Makes an ONNX model of dlib's face net: the same function in fewer steps.
// - An affine layer after a convolution is folded into it, and so is what the net does to its picture (less a mean per
//   channel, by 256): the model takes pixels ÷ 256, and its first convolution has no border that this could change.
// - Where dlib adds two tensors of different size it fills the smaller one with zeros; here a Pad node does that.
// - The last layer is a 1×1 convolution of the pooled channels.

import { readDlibFile } from './dlib_file.mjs';
import { bytesField, describe, intField } from './model.mjs';
import { writeFields } from './protobuf.mjs';

const kOpset = 9;
const kIrVersion = 4;

/** Output channel o becomes factors[o] · (weights · x + bias) + offsets[o]; in double, rounded once. */
function foldAffine(convolution, { factors, offsets }) {
  const perChannel = convolution.weights.length / factors.length;
  return {
    ...convolution,
    weights: convolution.weights.map((w, i) => w * factors[Math.floor(i / perChannel)]),
    bias: convolution.bias.map((b, i) => b * factors[i] + offsets[i]),
  };
}

/** The first convolution on pixels ÷ 256 instead of (pixels − mean) ÷ 256. */
function foldMean(convolution, mean) {
  if (convolution.pad.some((pad) => pad !== 0)) throw new Error('a dlib net whose picture has a border');
  const perOutput = convolution.weights.length / convolution.bias.length;
  const perChannel = perOutput / mean.length;
  const bias = Float64Array.from(convolution.bias);
  for (const [i, w] of convolution.weights.entries())
    bias[Math.floor(i / perOutput)] -= (w * mean[Math.floor((i % perOutput) / perChannel)]) / 256;
  return { ...convolution, bias };
}

/** Layers in double, with every affine layer in the convolution before it, and the mean in the first one. */
function folded({ input, layers }) {
  const out = [];
  for (const layer of layers) {
    if (layer.kind === 'affine') {
      if (out.at(-1)?.kind !== 'convolution') throw new Error('a dlib net with a loose affine layer');
      out.push(foldAffine(out.pop(), layer));
    } else if (layer.kind === 'convolution') {
      const exact = Float64Array.from(layer.weights);
      out.push({ ...layer, weights: exact, bias: Float64Array.from(layer.bias) });
    } else {
      out.push(layer);
    }
  }
  return [foldMean(out[0], input.mean), ...out.slice(1)];
}

const covered = (size, kernel, stride, pad) => Math.floor((size + 2 * pad - kernel) / stride) + 1;

/** Collects nodes while it knows the size of what each gives: { name, dims: [channels, height, width] }. */
class Graph {
  nodes = [];
  initializers = new Map();

  add(op, inputs, dims, attributes = {}) {
    const name = `${op.toLowerCase()}_${this.nodes.length}`;
    this.nodes.push({ op, domain: '', inputs, outputs: [name], attributes });
    return { name, dims };
  }

  #window(op, from, channels, { kernel, strides, pad }, more = [], attributes = {}) {
    const [, height, width] = from.dims;
    const dims = [
      channels,
      covered(height, kernel[0], strides[0], pad[0]),
      covered(width, kernel[1], strides[1], pad[1]),
    ];
    const pads = [...pad, ...pad];
    return this.add(op, [from.name, ...more], dims, { kernel_shape: kernel, strides, pads, ...attributes });
  }

  convolution(from, { dims, weights, bias, ...window }) {
    if (dims[1] !== from.dims[0]) throw new Error('a dlib net whose layers do not fit');
    const name = `weights_${this.nodes.length}`;
    this.initializers.set(name, { dims, data: Float32Array.from(weights) });
    this.initializers.set(`${name}_bias`, { dims: [dims[0]], data: Float32Array.from(bias) });
    return this.#window('Conv', from, dims[0], window, [name, `${name}_bias`], { group: 1 });
  }

  pool(op, from, window) {
    const everything = window.kernel[0] === 0;
    if (everything) return this.add('GlobalAveragePool', [from.name], [from.dims[0], 1, 1]);
    return this.#window(op, from, from.dims[0], window);
  }

  relu(from) {
    return this.add('Relu', [from.name], from.dims);
  }

  /** `from` with zeros at its end, up to `dims`. */
  #widened(from, dims) {
    const missing = dims.map((size, i) => size - from.dims[i]);
    if (missing.every((size) => size === 0)) return from;
    return this.add('Pad', [from.name], dims, { mode: 'constant', pads: [0, 0, 0, 0, 0, ...missing] });
  }

  sum(a, b) {
    const dims = a.dims.map((size, i) => Math.max(size, b.dims[i]));
    return this.add('Add', [this.#widened(a, dims).name, this.#widened(b, dims).name], dims);
  }

  /** The weights lie input by input, each with all outputs. */
  fullyConnected(from, { inputs, outputs, weights }) {
    const turned = Float32Array.from(
      weights,
      (_, i) => weights[(i % inputs) * outputs + Math.floor(i / inputs)],
    );
    const window = { kernel: [1, 1], strides: [1, 1], pad: [0, 0] };
    const bias = new Float32Array(outputs);
    return this.convolution(from, { dims: [outputs, inputs, 1, 1], weights: turned, bias, ...window });
  }
}

function build(layers, size) {
  const graph = new Graph();
  let now = { name: 'input', dims: [3, size.height, size.width] };
  let kept = now;
  const steps = {
    convolution: (layer) => graph.convolution(now, layer),
    relu: () => graph.relu(now),
    max_pool: (layer) => graph.pool('MaxPool', now, layer),
    average_pool: (layer) => graph.pool('AveragePool', now, layer),
    fully_connected: (layer) => graph.fullyConnected(now, layer),
    add: () => graph.sum(now, kept),
  };
  for (const layer of layers) {
    if (layer.kind === 'tag' && layer.tags === 1) kept = now;
    else if (layer.kind === 'tag') [now, kept] = [kept, now];
    else now = steps[layer.kind](layer);
  }
  graph.nodes.at(-1).outputs = ['output'];
  return { graph, outputs: now.dims[0] };
}

/** A model as `readModel` gives it; input `input` [1, 3, height, width] of RGB ÷ 256, output `output` [1, n, 1, 1]. */
export function fromDlib(bytes) {
  const file = readDlibFile(bytes);
  const { graph, outputs } = build(folded(file), file.input);
  const opset = writeFields([intField(2, kOpset)]);
  return {
    nodes: graph.nodes,
    initializers: graph.initializers,
    inputs: ['input'],
    outputs: ['output'],
    rest: {
      model: [intField(1, kIrVersion), bytesField(8, opset)],
      graph: [
        bytesField(2, 'dlib_face_net'),
        bytesField(11, describe('input', [1, 3, file.input.height, file.input.width])),
        bytesField(12, describe('output', [1, outputs, 1, 1])),
      ],
    },
  };
}
