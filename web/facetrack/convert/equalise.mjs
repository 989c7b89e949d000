const kTaps = 9;

/**
 * Spreads the scale between a depthwise convolution and the 1×1 convolution that alone reads it: channel k of the
 * first is divided, and row k of the second multiplied, by the same factor. Nothing lies between the two, so the
 * network computes the same; but rows of one output channel then have similar size, and int8 loses ten times less
 * on the detector's last layers.
 */
export function equalise({ layers }) {
  for (const layer of layers) {
    if (layer.kind !== 'convolution' || layer.geometry.kernel !== 1) continue;
    const depthwise = layers.find((candidate) => candidate.output === layer.input);
    const readers = layers.filter(({ input, residual }) => input === layer.input || residual === layer.input);
    if (depthwise?.kind === 'depthwise' && readers.length === 1) spread(depthwise, layer);
  }
}

function spread(depthwise, pointwise) {
  const channels = depthwise.output.channels;
  const columns = pointwise.output.channels;
  depthwise.weights = depthwise.weights.slice();
  pointwise.weights = pointwise.weights.slice();
  for (let channel = 0; channel < channels; ++channel) {
    const filter = strided(channel, channels, kTaps);
    const row = strided(channel * columns, 1, columns);
    const filterSize = rootMeanSquare(depthwise.weights, filter);
    const rowSize = rootMeanSquare(pointwise.weights, row);
    if (filterSize === 0 || rowSize === 0) continue;
    const factor = Math.sqrt(filterSize / rowSize);
    for (const at of filter) depthwise.weights[at] /= factor;
    for (const at of row) pointwise.weights[at] *= factor;
  }
}

function strided(start, step, count) {
  return Array.from({ length: count }, (_, index) => start + index * step);
}

function rootMeanSquare(values, indices) {
  return Math.sqrt(indices.reduce((sum, at) => sum + values[at] ** 2, 0) / indices.length);
}
