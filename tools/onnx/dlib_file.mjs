// Reads a net of dlib as `dlib::serialize` writes it: the versions of all layers from the last to the first, then the
// settings and weights from the first to the last. Only the layers that its face net has are known; all else is refused.
// Source: dlib 19.24, dnn/core.h, dnn/layers.h, cuda/tensor.h, serialize.h.

const kLayer = 2;
const kTag = 1;
const kInput = 3;

/** A cursor over the file: numbers, texts and tensors in dlib's own coding. */
class Cursor {
  #bytes;
  #at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  take(count) {
    if (this.#at + count > this.#bytes.length) throw new Error('a dlib file that ends too early');
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  /** One byte says how many follow, and in its highest bit the sign; these are little-endian. */
  integer() {
    const [head] = this.take(1);
    const size = head & 0x0f;
    if (size === 0 || size > 6) throw new Error('a dlib file with an integer that cannot be');
    const value = this.take(size).readUIntLE(0, size);
    return head & 0x80 ? -value : value;
  }

  /** A mantissa and a power of two. */
  real() {
    const mantissa = this.integer();
    return mantissa * 2 ** this.integer();
  }

  text() {
    return this.take(this.integer()).toString('latin1');
  }

  #shape(version) {
    if (this.integer() !== version) throw new Error('a dlib file with tensors of another version');
    return [this.integer(), this.integer(), this.integer(), this.integer()];
  }

  tensor() {
    const values = this.take(4 * this.#shape(2).reduce((a, b) => a * b, 1));
    return Float32Array.from({ length: values.length / 4 }, (_, i) => values.readFloatLE(4 * i));
  }

  /** Where a part of a layer's weights lies: only its shape is told. */
  part() {
    return this.#shape(1);
  }

  atEnd() {
    return this.#at === this.#bytes.length;
  }
}

function readWindow(cursor) {
  const [height, width, strideY, strideX, padY, padX] = Array.from({ length: 6 }, () => cursor.integer());
  return { kernel: [height, width], strides: [strideY, strideX], pad: [padY, padX] };
}

function readConvolution(cursor) {
  const values = cursor.tensor();
  cursor.integer();
  const window = readWindow(cursor);
  const dims = cursor.part();
  cursor.part();
  for (let rate = 0; rate < 4; rate += 1) cursor.real();
  const count = dims.reduce((a, b) => a * b, 1);
  return { kind: 'convolution', dims, weights: values.slice(0, count), bias: values.slice(count), ...window };
}

function readAffine(cursor) {
  const values = cursor.tensor();
  const channels = cursor.part()[1];
  cursor.part();
  cursor.integer();
  return { kind: 'affine', factors: values.slice(0, channels), offsets: values.slice(channels) };
}

function readFullyConnected(cursor) {
  const outputs = cursor.integer();
  const inputs = cursor.integer();
  const weights = cursor.tensor();
  cursor.part();
  cursor.part();
  if (weights.length !== inputs * outputs) throw new Error('a dlib net whose last layer has a bias');
  cursor.integer();
  for (let rate = 0; rate < 4; rate += 1) cursor.real();
  return { kind: 'fully_connected', inputs, outputs, weights };
}

const kReaders = new Map([
  ['con_4', readConvolution],
  ['affine_', readAffine],
  ['fc_2', readFullyConnected],
  ['relu_', () => ({ kind: 'relu' })],
  ['add_prev_', () => ({ kind: 'add' })],
  ['max_pool_2', (cursor) => ({ kind: 'max_pool', ...readWindow(cursor) })],
  ['avg_pool_2', (cursor) => ({ kind: 'average_pool', ...readWindow(cursor) })],
]);

function readDetails(cursor) {
  const name = cursor.text();
  const read = kReaders.get(name);
  if (!read) throw new Error(`a dlib net with an unknown layer "${name}"`);
  return read(cursor);
}

/** What training leaves behind: three flags, gradients and outputs, all of no use here. */
function skipState(cursor) {
  cursor.take(3);
  for (let i = 0; i < 3; i += 1) cursor.tensor();
}

function readInput(cursor) {
  if (cursor.text() !== 'input_rgb_image_sized') throw new Error('a dlib net that does not read pictures');
  const mean = [cursor.real(), cursor.real(), cursor.real()];
  return { mean, height: cursor.integer(), width: cursor.integer() };
}

/**
 * { input: { mean, height, width }, layers }: the layers from the first to the last. A layer of kind `tag` marks a place:
 * `tags` is 1 where what arrives is kept, and 2 where what arrives is put aside and what was kept comes back.
 */
export function readDlibFile(bytes) {
  const cursor = new Cursor(bytes);
  if (cursor.integer() !== 1 || cursor.text() !== 'loss_metric_2') throw new Error('not a dlib face net');
  cursor.real();
  cursor.real();
  const versions = [];
  for (let version = cursor.integer(); version !== kInput; version = cursor.integer()) {
    if (version !== kLayer && version !== kTag) throw new Error(`a dlib layer of version ${version}`);
    if (version === kTag && versions.at(-1) === 'tag') versions[versions.length - 1] = 'skip';
    else versions.push(version === kTag ? 'tag' : 'layer');
  }
  const input = readInput(cursor);
  const layers = [readDetails(cursor)];
  skipState(cursor);
  cursor.integer();
  for (const version of versions.reverse()) {
    if (version !== 'layer') {
      layers.push({ kind: 'tag', tags: version === 'skip' ? 2 : 1 });
      continue;
    }
    layers.push(readDetails(cursor));
    skipState(cursor);
  }
  if (!cursor.atEnd()) throw new Error('a dlib file that goes on after its net');
  return { input, layers };
}
