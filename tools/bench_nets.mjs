// What bounds the speed of the nets on this machine: multiplications and bytes of each, the time it takes, the time it would take if
// all its convolutions ran as fast as the fastest one, and whether convolutions are faster on bytes. One thread, ONNX Runtime of the
// engine, the fastest of many runs.
//
//   node tools/bench_nets.mjs [--json]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { bytesField, describe, intField, readModel, writeModel } from './onnx/model.mjs';
import { writeFields } from './onnx/protobuf.mjs';
import { quantise } from './onnx/quantise.mjs';

const root = resolve(import.meta.dirname, '..');
const ort = createRequire(join(root, 'package.json'))('onnxruntime-node');
const kRuns = 200;

const product = (list) => list.reduce((a, b) => a * b, 1);
const noise = (count) => Float32Array.from({ length: count }, () => Math.random() - 0.5);

async function open(bytes) {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, graphOptimizationLevel: 'all' };
  return ort.InferenceSession.create(bytes, { ...options, logSeverityLevel: 3 });
}

async function fastestMs(session, dims) {
  const input = new ort.Tensor('float32', noise(product(dims)), dims);
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < kRuns; run += 1) {
    const begin = performance.now();
    await session.run({ input });
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}

/** Multiplications of all convolutions, for an input of this height and width. */
function multiplications({ nodes, initializers }, size) {
  const sizes = new Map([['input', size]]);
  let sum = 0;
  for (const { op, inputs, outputs, attributes } of nodes) {
    const weights = initializers.get(inputs[1]);
    const before = sizes.get(inputs[0]) ?? sizes.get(inputs.find((name) => sizes.has(name))) ?? [1, 1];
    let after = before;
    if (attributes?.kernel_shape) {
      const { kernel_shape: kernel, pads, strides = [1, 1], dilations } = attributes;
      after = before.map((length, i) => {
        const reach = (dilations?.[i] ?? 1) * (kernel[i] - 1) + 1;
        return Math.floor((length + (pads?.[i] ?? 0) + (pads?.[i + 2] ?? 0) - reach) / strides[i]) + 1;
      });
      if (op.endsWith('Conv')) sum += product(weights.dims) * product(after);
    } else if (op === 'GlobalAveragePool') after = [1, 1];
    for (const name of outputs) sizes.set(name, after);
  }
  return sum;
}

async function measureNet(file) {
  const bytes = readFileSync(file);
  const session = await open(bytes);
  const dims = session.inputMetadata[0].shape;
  // A net on bytes multiplies as often as the one that it was made of.
  const source = readModel(readFileSync(file.replace('_int8.', '.')));
  const million = multiplications(source, dims.slice(2)) / 1e6;
  const ms = await fastestMs(session, dims);
  await session.release();
  return { mmac: million, megabytes: bytes.length / 1e6, ms, gflops: (2 * million) / ms };
}

/** `count` convolutions and Relus of one kind, one after the other. */
function chain({ channels, size, kernel, depthwise }, count, onBytes) {
  const dims = [channels, depthwise ? 1 : channels, kernel, kernel];
  const border = (kernel - 1) / 2;
  const attributes = {
    group: depthwise ? channels : 1,
    kernel_shape: [kernel, kernel],
    pads: [border, border, border, border],
    strides: [1, 1],
    dilations: [1, 1],
  };
  const initializers = new Map();
  const ranges = { input: [-0.5, 0.5] };
  const nodes = [];
  for (let i = 0; i < count; i += 1) {
    const name = `t${i}`;
    initializers.set(`${name}_w`, { dims, data: noise(product(dims)) });
    initializers.set(`${name}_b`, { dims: [channels], data: noise(channels) });
    const before = i === 0 ? 'input' : `t${i - 1}`;
    nodes.push({
      op: 'Conv',
      inputs: [before, `${name}_w`, `${name}_b`],
      outputs: [`${name}_c`],
      attributes,
    });
    nodes.push({ op: 'Relu', inputs: [`${name}_c`], outputs: [name], attributes: {} });
    ranges[name] = [0, 4];
  }
  nodes.push({ op: 'Relu', inputs: [`t${count - 1}`], outputs: ['output'], attributes: {} });
  const shape = [1, channels, size, size];
  const model = {
    nodes,
    initializers,
    inputs: ['input'],
    outputs: ['output'],
    rest: {
      model: [intField(1, 7), bytesField(8, writeFields([intField(2, 13)]))],
      graph: [
        bytesField(2, 'chain'),
        bytesField(11, describe('input', shape)),
        bytesField(12, describe('output', shape)),
      ],
    },
  };
  return { bytes: writeModel(onBytes ? quantise(model, ranges) : model), shape };
}

/** Of one convolution: what eight more add, so that nothing of the ends counts. */
async function convolutionMs(kind, onBytes) {
  const times = [];
  for (const count of [1, 9]) {
    const { bytes, shape } = chain(kind, count, onBytes);
    const session = await open(bytes);
    times.push(await fastestMs(session, shape));
    await session.release();
  }
  return (times[1] - times[0]) / 8;
}

/** Kinds that the nets are made of: name, channels, side, kernel. */
const kKinds = [
  ['1×1, 64 channels, 56×56', 64, 56, 1],
  ['1×1, 128 channels, 28×28', 128, 28, 1],
  ['1×1, 256 channels, 14×14', 256, 14, 1],
  ['3×3 depthwise, 128 channels, 56×56', 128, 56, 3],
  ['3×3 depthwise, 256 channels, 14×14', 256, 14, 3],
];

async function measureKind([name, channels, size, kernel]) {
  const depthwise = kernel > 1;
  const kind = { channels, size, kernel, depthwise };
  const million = (channels * (depthwise ? 1 : channels) * kernel ** 2 * size ** 2) / 1e6;
  const [float, bytes] = [await convolutionMs(kind, false), await convolutionMs(kind, true)];
  return { name, float_us: 1e3 * float, bytes_us: 1e3 * bytes, gflops: (2 * million) / float };
}

const folder = join(root, '.cache/models');
if (!existsSync(folder)) throw new Error('run "make setup" first');
const convolutions = [];
for (const kind of kKinds) convolutions.push(await measureKind(kind));
const peak = Math.max(...convolutions.map(({ gflops }) => gflops));
const nets = [];
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.onnx'))
  .sort()) {
  const net = await measureNet(join(folder, file));
  nets.push({ net: file.slice(0, -5), ...net, floor_ms: (2 * net.mmac) / peak });
}

if (process.argv.includes('--json')) {
  process.stdout.write(`${JSON.stringify({ convolutions, peak_gflops: peak, nets }, null, 2)}\n`);
} else {
  const cell = (value, digits) => value.toFixed(digits).padStart(10);
  const lines = [`${'convolution'.padEnd(36)}  float µs  bytes µs   GFLOP/s`];
  for (const { name, float_us: float, bytes_us: bytes, gflops } of convolutions)
    lines.push(`${name.padEnd(36)}${cell(float, 0)}${cell(bytes, 0)}${cell(gflops, 0)}`);
  lines.push('', `${'net'.padEnd(20)}      MMAC        MB        ms   GFLOP/s  floor ms`);
  for (const net of nets)
    lines.push(
      `${net.net.padEnd(20)}${cell(net.mmac, 1)}${cell(net.megabytes, 1)}${cell(net.ms, 2)}${cell(net.gflops, 0)}${cell(net.floor_ms, 2)}`,
    );
  process.stdout.write(`${lines.join('\n')}\n`);
}
