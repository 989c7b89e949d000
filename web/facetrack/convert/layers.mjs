import { ConversionError } from './graph.mjs';

/**
 * Turns the nodes the outputs need into layers the engine knows, each with everything fused that can be:
 * convolution + bias + (zero-padded) residual + ReLU or PReLU, depthwise convolution, 2×2 max-pool.
 *
 * @returns {{input, layers, outputs}} tensors are {height, width, channels}; layers are in execution order.
 */
export function toLayers(graph, source) {
  const context = {
    graph,
    uses: countUses(graph),
    tensors: new Map(),
    layers: [],
    input: { height: source.inputSide, width: source.inputSide, channels: 3 },
  };
  const outputs = source.outputs.map((name) => visit(context, name));
  return { input: context.input, layers: context.layers, outputs };
}

function countUses(graph) {
  const uses = new Map();
  for (const node of graph.nodes.values()) {
    for (const input of node.inputs) uses.set(input, (uses.get(input) ?? 0) + 1);
  }
  return uses;
}

function visit(context, name) {
  const known = context.tensors.get(name);
  if (known !== undefined) return known;
  const tensor = emit(context, nodeNamed(context, name));
  context.tensors.set(name, tensor);
  return tensor;
}

function emit(context, node) {
  switch (node.op) {
    case 'Placeholder':
      return context.input;
    case '_FusedConv2D':
      return emitConvolution(context, node, fusedActivation(context, node), null);
    case 'DepthwiseConv2dNative':
      return emitDepthwise(context, node);
    case 'MaxPool':
      return emitMaxPool(context, node);
    case 'Relu':
      return emitResidualBlock(context, node, { kind: 'relu', alpha: null });
    case 'Prelu':
      return emitResidualBlock(context, node, {
        kind: 'prelu',
        alpha: constant(context, node.inputs[1]).values,
      });
    default:
      throw unsupported(node, 'this operation is unknown');
  }
}

/** activation(convolution + residual): the convolution is the summand that nobody else reads. */
function emitResidualBlock(context, node, activation) {
  const sum = nodeNamed(context, node.inputs[0]);
  if (sum.op !== 'AddV2') throw unsupported(node, 'an activation must follow an addition');
  const summands = sum.inputs.map((name) => nodeNamed(context, name));
  const convolution = summands.find((summand) => isPlainConvolution(context, summand));
  if (convolution === undefined) throw unsupported(sum, 'one summand must be a convolution used only here');
  const other = summands.find((summand) => summand !== convolution);
  const residual = other.op === 'Pad' ? visitPadded(context, other) : visit(context, other.name);
  return emitConvolution(context, convolution, activation, residual);
}

function isPlainConvolution(context, node) {
  return node.op === '_FusedConv2D' && fusedOps(node).length === 1 && context.uses.get(node.name) === 1;
}

/** Appending zero channels needs no layer: the engine adds a residual to the first channels only. */
function visitPadded(context, node) {
  const { values } = constant(context, node.inputs[1]);
  const onlyAppendsChannels =
    values.length === 8 && values.every((value, index) => index === 7 || value === 0);
  if (!onlyAppendsChannels) throw unsupported(node, 'padding may only append channels');
  return visit(context, node.inputs[0]);
}

function emitConvolution(context, node, activation, residual) {
  const input = visit(context, node.inputs[0]);
  const { shape, values } = constant(context, node.inputs[1]);
  const [kernelHeight, kernelWidth, inputChannels, outputChannels] = shape;
  if (kernelHeight !== kernelWidth) throw unsupported(node, 'the kernel is not square');
  if (inputChannels !== input.channels) throw unsupported(node, 'the weights do not fit the input');
  const geometry = windowGeometry(node, input, kernelHeight);
  const output = { height: geometry.height, width: geometry.width, channels: outputChannels };
  if (residual !== null && (residual.height !== output.height || residual.channels > output.channels)) {
    throw unsupported(node, 'the residual does not fit');
  }
  const bias = constant(context, node.inputs[2]).values;
  context.layers.push({
    kind: 'convolution',
    input,
    output,
    residual,
    geometry,
    weights: values,
    bias,
    activation,
  });
  return output;
}

function emitDepthwise(context, node) {
  const input = visit(context, node.inputs[0]);
  const { shape, values } = constant(context, node.inputs[1]);
  if (shape[0] !== 3 || shape[1] !== 3 || shape[2] !== input.channels || shape[3] !== 1) {
    throw unsupported(node, 'only 3×3 depthwise kernels with one filter per channel are supported');
  }
  const geometry = windowGeometry(node, input, 3);
  const output = { height: geometry.height, width: geometry.width, channels: input.channels };
  context.layers.push({ kind: 'depthwise', input, output, residual: null, geometry, weights: values });
  return output;
}

function emitMaxPool(context, node) {
  const input = visit(context, node.inputs[0]);
  const window = integers(node, 'ksize');
  const geometry = windowGeometry(node, input, window[1]);
  const isHalving = geometry.kernel === 2 && geometry.stride === 2 && geometry.padding === 0;
  if (!isHalving || input.height % 2 !== 0)
    throw unsupported(node, 'only 2×2 pooling of even sizes is supported');
  const output = { height: geometry.height, width: geometry.width, channels: input.channels };
  context.layers.push({ kind: 'maxpool', input, output, residual: null, geometry });
  return output;
}

/** Output size and leading padding as TensorFlow defines SAME and VALID; all pictures here are square. */
function windowGeometry(node, input, kernel) {
  const [, stride, strideAcross] = integers(node, 'strides');
  const dilations = node.attributes.dilations === undefined ? [1] : integers(node, 'dilations');
  if (stride !== strideAcross || dilations.some((value) => value !== 1)) {
    throw unsupported(node, 'strides must be equal and dilations one');
  }
  const mode = text(node.attributes.padding.s);
  if (mode === 'VALID') {
    const size = Math.floor((input.height - kernel) / stride) + 1;
    return { kernel, stride, padding: 0, height: size, width: size };
  }
  if (mode !== 'SAME') throw unsupported(node, `padding ${mode} is unknown`);
  const size = Math.ceil(input.height / stride);
  const total = Math.max(0, (size - 1) * stride + kernel - input.height);
  return { kernel, stride, padding: Math.floor(total / 2), height: size, width: size };
}

function fusedActivation(context, node) {
  switch (fusedOps(node).slice(1).join('+')) {
    case '':
      return { kind: 'none', alpha: null };
    case 'Relu':
      return { kind: 'relu', alpha: null };
    case 'Prelu':
      return { kind: 'prelu', alpha: constant(context, node.inputs[3]).values };
    default:
      throw unsupported(node, `the fusion ${fusedOps(node)} is unknown`);
  }
}

function fusedOps(node) {
  const names = node.attributes.fused_ops.list.s.map(text);
  if (names[0] !== 'BiasAdd') throw unsupported(node, 'a convolution must start with its bias');
  return names;
}

function nodeNamed(context, name) {
  const node = context.graph.nodes.get(name);
  if (node === undefined) throw new ConversionError(`the graph has no node ${name}`);
  return node;
}

function constant(context, name) {
  const value = context.graph.constants.get(name);
  if (value === undefined) throw new ConversionError(`the graph has no constant ${name}`);
  return value;
}

function integers(node, attribute) {
  return node.attributes[attribute].list.i.map(Number);
}

function text(base64) {
  return Buffer.from(base64, 'base64').toString('latin1');
}

function unsupported(node, reason) {
  return new ConversionError(`${node.op} ${node.name}: ${reason}`);
}
