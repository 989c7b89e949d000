// Rewrites a net without PRelu, which ONNX Runtime computes slowly and in another memory layout than its convolutions:
// every PRelu costs two conversions of the layout beside itself. With slope a per channel,
//
//   PRelu(x) = a·x + Relu((1 − a)·x)   for a ≤ 1      and      −PRelu(x) = −a·x + Relu((a − 1)·x)   for a > 1
//
// Both terms are convolutions, so all stays in one layout. After a depthwise convolution they are that convolution with
// scaled weights; after another one, whose work is large, they are 1×1 depthwise convolutions of its result. Where the
// sign is turned, the weights of the convolutions that read the channel are turned, too.

const depthwise = (weights, group) => group > 1 && weights.dims[1] === 1;

/** Weights and bias of a convolution, each output channel times its factor. */
function scaled({ weights, bias, attributes }, factors) {
  const perChannel = weights.data.length / factors.length;
  return {
    weights: {
      dims: weights.dims,
      data: weights.data.map((w, i) => w * factors[Math.floor(i / perChannel)]),
    },
    bias: { dims: bias.dims, data: bias.data.map((b, i) => b * factors[i]) },
    attributes,
  };
}

function identity(channels) {
  return {
    weights: { dims: [channels, 1, 1, 1], data: new Float32Array(channels).fill(1) },
    bias: { dims: [channels], data: new Float32Array(channels) },
    attributes: {
      group: channels,
      kernel_shape: [1, 1],
      pads: [0, 0, 0, 0],
      strides: [1, 1],
      dilations: [1, 1],
    },
  };
}

/** The nodes of `scaled(convolution)(input)`, named after `name`. */
function place(model, convolution, factors, input, name) {
  const { weights, bias, attributes } = scaled(convolution, factors);
  model.initializers.set(`${name}_weight`, weights);
  model.initializers.set(`${name}_bias`, bias);
  return { op: 'Conv', inputs: [input, `${name}_weight`, `${name}_bias`], outputs: [name], attributes };
}

function split(model, convolution, input, slopes, output) {
  const linear = place(model, convolution, slopes.map(turned), input, `${output}_linear`);
  const bend = place(
    model,
    convolution,
    slopes.map((a) => Math.abs(1 - a)),
    input,
    `${output}_bend`,
  );
  const relu = { op: 'Relu', inputs: bend.outputs, outputs: [`${output}_relu`], attributes: {} };
  const add = { op: 'Add', inputs: [linear.outputs[0], relu.outputs[0]], outputs: [output], attributes: {} };
  return [bend, relu, linear, add];
}

const turned = (slope) => (slope > 1 ? -slope : slope);

/** Turns the sign of the channels with a slope above 1 in all that read them. */
export function turnReaders(model, name, slopes) {
  for (const reader of model.nodes.filter((node) => node.inputs.includes(name))) {
    const weights = model.initializers.get(reader.inputs[1]);
    if (reader.op !== 'Conv' || reader.inputs[0] !== name)
      throw new Error(`${name}: a slope above 1 before ${reader.op}`);
    const [outputs, inputs] = weights.dims;
    const area = weights.data.length / outputs / inputs;
    const perGroup = outputs / reader.attributes.group;
    weights.data = weights.data.map((w, i) => {
      const group = Math.floor(i / (area * inputs) / perGroup);
      const channel = group * inputs + (Math.floor(i / area) % inputs);
      return slopes[channel] > 1 ? -w : w;
    });
  }
}

/** Changes the model in place and returns it. Throws for a PRelu it cannot express. */
export function splitPrelu(model) {
  const producers = new Map(model.nodes.map((node) => [node.outputs[0], node]));
  const readers = (name) => model.nodes.filter((node) => node.inputs.includes(name)).length;
  const replaced = new Map();
  const absorbed = new Set();
  for (const node of model.nodes.filter(({ op }) => op === 'PRelu')) {
    const [input, slopeName] = node.inputs;
    const slopes = model.initializers.get(slopeName).data;
    if (slopes.some((a) => a > 1)) turnReaders(model, node.outputs[0], slopes);
    const before = producers.get(input);
    const weights = model.initializers.get(before?.inputs[1]);
    const bias = model.initializers.get(before?.inputs[2]);
    if (before?.op === 'Conv' && depthwise(weights, before.attributes.group) && readers(input) === 1) {
      const convolution = { weights, bias, attributes: before.attributes };
      absorbed.add(before);
      replaced.set(node, split(model, convolution, before.inputs[0], slopes, node.outputs[0]));
    } else {
      replaced.set(node, split(model, identity(slopes.length), input, slopes, node.outputs[0]));
    }
  }
  model.nodes = model.nodes
    .filter((node) => !absorbed.has(node))
    .flatMap((node) => replaced.get(node) ?? [node]);
  return model;
}
