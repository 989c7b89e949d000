// Turns the convolutions and sums of a net into integer ones: activations are unsigned bytes, one scale for a tensor; weights
// are signed bytes, one scale for each output channel. ONNX Runtime has fast kernels for just that pair. A Relu costs nothing:
// its result begins at zero, and what is below is cut off when bytes are made.
//
// The ranges of the activations were measured (calibrate.mjs) and are part of the recipe. What they do not name stays float.
import { bytesField, intField } from './model.mjs';
import { writeFields } from './protobuf.mjs';

/** Even about zero. On processors without VNNI the session must ask ONNX Runtime for exact sums (engine/session.cpp). */
const kMostWeight = 127;
const kMostActivation = 255;

/** { scale, zero }: zero is the byte that means 0, which must be exact, for borders are filled with it. */
export function activationScale([low, high]) {
  const least = Math.min(low, 0);
  const scale = Math.fround((Math.max(high, 0) - least) / kMostActivation);
  return { scale, zero: Math.min(kMostActivation, Math.max(0, Math.round(-least / scale))) };
}

/** Bytes of the weights of a convolution, and the scale of each of its output channels. */
export function quantiseWeights({ dims, data }) {
  const perChannel = data.length / dims[0];
  const scales = Float32Array.from({ length: dims[0] }, (_, channel) => {
    const most = data
      .subarray(channel * perChannel, (channel + 1) * perChannel)
      .reduce((a, w) => Math.max(a, Math.abs(w)), 0);
    return most > 0 ? most / kMostWeight : 1;
  });
  return {
    scales,
    bytes: Int8Array.from(data, (w, i) => Math.round(w / scales[Math.floor(i / perChannel)])),
  };
}

/** Writes one net: bytes are made where a float is read, and floats where an integer is. */
class Writer {
  nodes = [];
  #made = new Set();

  constructor(model, ranges) {
    this.model = model;
    this.scales = new Map(Object.entries(ranges).map(([name, range]) => [name, activationScale(range)]));
    for (const [name, { scale, zero }] of this.scales) {
      model.initializers.set(`${name}_scale`, { dims: [], data: Float32Array.of(scale) });
      model.initializers.set(`${name}_zero`, { dims: [], data: Uint8Array.of(zero) });
    }
  }

  /** Name of the tensor and how its bytes are to be read. */
  #quantised(name) {
    return [`${name}_bytes`, `${name}_scale`, `${name}_zero`];
  }

  #once(name, node) {
    if (this.#made.has(name)) return;
    this.#made.add(name);
    this.nodes.push(node);
  }

  bytesOf(name) {
    const [bytes, scale, zero] = this.#quantised(name);
    this.#once(bytes, {
      op: 'QuantizeLinear',
      inputs: [name, scale, zero],
      outputs: [bytes],
      attributes: {},
    });
    return [bytes, scale, zero];
  }

  #emit(op, inputs, output, attributes, domain) {
    const [bytes, scale, zero] = this.#quantised(output);
    this.#made.add(bytes);
    this.nodes.push({ op, inputs: [...inputs(scale, zero)], outputs: [bytes], attributes, domain });
  }

  convolution(node, output) {
    const [input, weightName, biasName] = node.inputs;
    const { initializers } = this.model;
    const { dims, data } = initializers.get(weightName);
    const { scales, bytes } = quantiseWeights({ dims, data });
    const inputScale = this.scales.get(input).scale;
    const bias = Int32Array.from(initializers.get(biasName).data, (b, i) =>
      Math.round(b / (inputScale * scales[i])),
    );
    const name = (part) => `${output}_${part}`;
    initializers.set(name('weights'), { dims, data: bytes });
    initializers.set(name('weight_scales'), { dims: [dims[0]], data: scales });
    initializers.set(name('weight_zeros'), { dims: [dims[0]], data: new Int8Array(dims[0]) });
    initializers.set(name('bias_sums'), { dims: [dims[0]], data: bias });
    const weights = ['weights', 'weight_scales', 'weight_zeros'].map(name);
    const from = this.bytesOf(input);
    this.#emit(
      'QLinearConv',
      (scale, zero) => [...from, ...weights, scale, zero, name('bias_sums')],
      output,
      node.attributes,
    );
  }

  sum(node) {
    const terms = node.inputs.flatMap((name) => this.bytesOf(name));
    this.#emit('QLinearAdd', (...result) => [...terms, ...result], node.outputs[0], {}, 'com.microsoft');
  }

  /** A node that stays as it is. */
  float(node) {
    for (const name of node.inputs.filter((input) => this.#made.has(`${input}_bytes`))) {
      this.#once(name, {
        op: 'DequantizeLinear',
        inputs: this.#quantised(name),
        outputs: [name],
        attributes: {},
      });
    }
    for (const name of node.outputs) this.#made.add(name);
    this.nodes.push(node);
  }
}

/** The Relu that alone reads what `node` gives. */
function reluAfter(model, node) {
  const readers = model.nodes.filter(({ inputs }) => inputs.includes(node.outputs[0]));
  return readers.length === 1 && readers[0].op === 'Relu' ? readers[0] : undefined;
}

const kOpset = 13;
const kOpsetImport = 8;

/** Changes the model in place and returns it. `ranges`: name of a tensor → [least, most]. */
export function quantise(model, ranges) {
  const writer = new Writer(model, ranges);
  const named = (names) => names.every((name) => Object.hasOwn(ranges, name));
  const fused = new Set();
  for (const node of model.nodes) {
    if (fused.has(node)) continue;
    const relu = node.op === 'Conv' ? reluAfter(model, node) : undefined;
    const output = relu?.outputs[0] ?? node.outputs[0];
    const integer = named(node.op === 'Conv' ? [node.inputs[0], output] : [...node.inputs, output]);
    if (node.op === 'Conv' && integer) {
      writer.convolution(node, output);
      if (relu) fused.add(relu);
    } else if (node.op === 'Add' && integer) writer.sum(node);
    else writer.float(node);
  }
  model.nodes = writer.nodes;
  const opsets = [
    ['', kOpset],
    ['com.microsoft', 1],
  ].map(([domain, version]) =>
    bytesField(kOpsetImport, writeFields([...(domain ? [bytesField(1, domain)] : []), intField(2, version)])),
  );
  model.rest.model = [...model.rest.model.filter(({ field }) => field !== kOpsetImport), ...opsets];
  return model;
}
