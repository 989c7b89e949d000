// Rewrites a net without PRelu so that its steps can be integers, for which ONNX Runtime has no PRelu. With slope a per channel,
//
//   PRelu(x) = x + Relu((a − 1)·x)   for a ≤ 1      and      −PRelu(x) = y + Relu((a − 1)·y), y = −x   for a > 1
//
// The second term is a 1×1 depthwise convolution, which is cheap on bytes. Where the sign is turned, the convolutions before and
// after are turned, too.
import { turnReaders } from './split_prelu.mjs';

/** Turns the sign of the channels with a slope above 1 in the convolution that gives them. */
function turnProducer(model, node, slopes) {
  for (const name of node.inputs.slice(1, 3)) {
    const tensor = model.initializers.get(name);
    const perChannel = tensor.data.length / slopes.length;
    tensor.data = tensor.data.map((value, i) => (slopes[Math.floor(i / perChannel)] > 1 ? -value : value));
  }
}

function bend(model, input, slopes, output) {
  const channels = slopes.length;
  const name = `${output}_bend`;
  model.initializers.set(`${name}_weight`, {
    dims: [channels, 1, 1, 1],
    data: slopes.map((a) => a - 1),
  });
  model.initializers.set(`${name}_bias`, { dims: [channels], data: new Float32Array(channels) });
  const attributes = {
    group: channels,
    kernel_shape: [1, 1],
    pads: [0, 0, 0, 0],
    strides: [1, 1],
    dilations: [1, 1],
  };
  return [
    { op: 'Conv', inputs: [input, `${name}_weight`, `${name}_bias`], outputs: [name], attributes },
    { op: 'Relu', inputs: [name], outputs: [`${output}_relu`], attributes: {} },
    { op: 'Add', inputs: [input, `${output}_relu`], outputs: [output], attributes: {} },
  ];
}

/** Changes the model in place and returns it. Throws for a PRelu it cannot express. */
export function bendPrelu(model) {
  const producers = new Map(model.nodes.map((node) => [node.outputs[0], node]));
  model.nodes = model.nodes.flatMap((node) => {
    if (node.op !== 'PRelu') return [node];
    const [input, slopeName] = node.inputs;
    const slopes = model.initializers.get(slopeName).data;
    if (slopes.some((a) => a > 1)) {
      const before = producers.get(input);
      const readers = model.nodes.filter(({ inputs }) => inputs.includes(input));
      if (before?.op !== 'Conv' || readers.length !== 1)
        throw new Error(`${input}: a slope above 1 after ${before?.op}`);
      turnReaders(model, node.outputs[0], slopes);
      turnProducer(model, before, slopes);
    }
    return bend(model, input, slopes, node.outputs[0]);
  });
  return model;
}
