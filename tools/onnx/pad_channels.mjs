// Pads the channels of a net to whole blocks of 16 with zeros. ONNX Runtime keeps its fast, blocked memory layout only
// through convolutions of whole blocks; a pruned net (13 or 103 channels) falls out of it at every step. The added channels
// stay zero, so the result does not change.

const kBlock = 16;
const kElementwise = new Set(['PRelu', 'Relu', 'Sigmoid', 'Add', 'Mul', 'GlobalAveragePool']);

const wholeBlocks = (count) => Math.ceil(count / kBlock) * kBlock;

/** `data` of shape `dims` in the corner of zeros of shape `wanted`; both have the same number of dimensions. */
export function padTo({ dims, data }, wanted) {
  const out = new Float32Array(wanted.reduce((a, b) => a * b, 1));
  for (let i = 0; i < data.length; i += 1) {
    let rest = i;
    let at = 0;
    let stride = 1;
    for (let d = dims.length - 1; d >= 0; d -= 1) {
      at += (rest % dims[d]) * stride;
      rest = Math.floor(rest / dims[d]);
      stride *= wanted[d];
    }
    out[at] = data[i];
  }
  return { dims: wanted, data: out };
}

/** Groups of tensors that must have the same channels, because an element-wise node joins them. */
function channelClasses(model) {
  const parent = new Map();
  const root = (name) => {
    const next = parent.get(name) ?? name;
    return next === name ? name : root(next);
  };
  const isDepthwise = (node) => node.op === 'Conv' && model.initializers.get(node.inputs[1]).dims[1] === 1;
  for (const node of model.nodes) {
    const joined = kElementwise.has(node.op) || (isDepthwise(node) && node.attributes.group > 1);
    if (!joined) continue;
    const tensors = node.op === 'PRelu' || node.op === 'Conv' ? node.inputs.slice(0, 1) : node.inputs;
    for (const name of tensors) parent.set(root(name), root(node.outputs[0]));
  }
  return root;
}

/** Classes that a node reads or writes which does not take padded channels. */
function fixedClasses(model, root) {
  const fixed = new Set([...model.inputs, ...model.outputs].map(root));
  for (const node of model.nodes) {
    if (node.op === 'Conv') continue;
    if (kElementwise.has(node.op)) continue;
    for (const name of [...node.inputs, ...node.outputs]) fixed.add(root(name));
  }
  return fixed;
}

function padConvolution(model, node, padded) {
  const [weightName, biasName] = node.inputs.slice(1);
  const weights = model.initializers.get(weightName);
  const [outputs, inputs, ...area] = weights.dims;
  const wideOutputs = padded(node.outputs[0]) ? wholeBlocks(outputs) : outputs;
  const depthwise = node.attributes.group > 1;
  const wideInputs = !depthwise && padded(node.inputs[0]) ? wholeBlocks(inputs) : inputs;
  model.initializers.set(weightName, padTo(weights, [wideOutputs, wideInputs, ...area]));
  model.initializers.set(biasName, padTo(model.initializers.get(biasName), [wideOutputs]));
  if (depthwise) node.attributes.group = wideOutputs;
}

/** Changes the model in place and returns it. */
export function padChannels(model) {
  const root = channelClasses(model);
  const fixed = fixedClasses(model, root);
  const padded = (name) => !fixed.has(root(name));
  for (const node of model.nodes) {
    if (node.op === 'Conv') padConvolution(model, node, padded);
    if (node.op === 'PRelu' && padded(node.outputs[0])) {
      const slopes = model.initializers.get(node.inputs[1]);
      model.initializers.set(node.inputs[1], padTo(slopes, [wholeBlocks(slopes.dims[0]), 1, 1]));
    }
  }
  return model;
}
