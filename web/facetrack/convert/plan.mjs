/** Channels are padded with zeros so that the engine always handles four at a time; the 3-channel input is not. */
export function paddedChannels(channels) {
  return channels === 3 ? 3 : roundUpToFour(channels);
}

export function roundUpToFour(count) {
  return Math.ceil(count / 4) * 4;
}

/**
 * Gives every tensor a place in one shared buffer: two tensors share floats only if their lifetimes are disjoint.
 * First fit in order of birth; the outputs live to the end.
 *
 * @returns {{offsets: Map<object, number>, floats: number}} offsets and total size, in floats.
 */
export function planMemory({ input, layers, outputs }) {
  const lastUse = lastUses(input, layers, outputs);
  const offsets = new Map();
  let alive = [];
  let floats = 0;
  const place = (tensor, step) => {
    alive = alive.filter((block) => block.until >= step);
    const size = tensorFloats(tensor);
    const start = firstGap(alive, size);
    alive.push({ start, end: start + size, until: lastUse.get(tensor) });
    alive.sort((a, b) => a.start - b.start);
    offsets.set(tensor, start);
    floats = Math.max(floats, start + size);
  };
  place(input, 0);
  for (const [step, layer] of layers.entries()) place(layer.output, step);
  return { offsets, floats };
}

export function tensorFloats({ height, width, channels }) {
  return roundUpToFour(height * width * paddedChannels(channels));
}

function lastUses(input, layers, outputs) {
  const lastUse = new Map([[input, 0]]);
  for (const [step, layer] of layers.entries()) {
    lastUse.set(layer.output, step);
    lastUse.set(layer.input, step);
    if (layer.residual !== null) lastUse.set(layer.residual, step);
  }
  for (const output of outputs) lastUse.set(output, Number.POSITIVE_INFINITY);
  return lastUse;
}

function firstGap(blocks, size) {
  let start = 0;
  for (const block of blocks) {
    if (block.start - start >= size) return start;
    start = Math.max(start, block.end);
  }
  return start;
}
