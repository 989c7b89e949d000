// Measures the ranges that quantise.mjs needs: what each tensor of a net takes on for pictures, and the cut that costs least.
//
//   node tools/onnx/calibrate.mjs MODEL WxH CROP PIXELS FOLDER COUNT [FLOAT…] > tools/onnx/ranges/NAME.json
//
// MODEL is the file of the package. COUNT of the pictures in FOLDER are taken, evenly spread by name; ffmpeg cuts CROP (w:h:x:y)
// out of each, brings it to WxH and gives PIXELS (bgr24 or rgb24). The tensors FLOAT stay as they are. docs/engine.md has the
// command that made each file.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { bendPrelu } from './bend_prelu.mjs';
import { equalisable, equalise } from './equalise.mjs';
import { bytesField, describe, readModel, writeModel } from './model.mjs';
import { rewriteModel } from './rewrite.mjs';

const ort = createRequire(join(import.meta.dirname, '../../package.json'))('onnxruntime-node');
const kSamples = 4096; // of each tensor and picture
const kGraphOutput = 12;

/** Pixels of a picture, cut and resized, as the net reads them. */
function pixelsOf(file, { width, height, crop, order }) {
  const filter = `crop=${crop},scale=${width}:${height}:flags=area`;
  const arguments_ = ['-v', 'error', '-i', file, '-vf', filter, '-frames:v', '1', '-f', 'rawvideo'];
  const bytes = execFileSync('ffmpeg', [...arguments_, '-pix_fmt', order, '-'], { maxBuffer: 1 << 24 });
  const plane = width * height;
  return Float32Array.from({ length: 3 * plane }, (_, i) => {
    return (bytes[3 * (i % plane) + Math.floor(i / plane)] - 127) / 128;
  });
}

/** The tensors that could be integers: what convolutions and sums read and give, less what a Relu cuts at once. */
function candidates(model) {
  const outputs = model.nodes
    .filter(({ op }) => ['Conv', 'Relu', 'Add'].includes(op))
    .map(({ outputs }) => outputs[0]);
  const cut = new Set(model.nodes.filter(({ op }) => op === 'Relu').map(({ inputs }) => inputs[0]));
  return outputs.filter((name) => !cut.has(name) && !model.outputs.includes(name));
}

/** The part of the range whose bytes come closest to the values: few large ones are cut off for finer steps. */
function bestRange(values, low, high) {
  let best = { error: Number.POSITIVE_INFINITY, range: [low, high] };
  for (let part = 1; part > 0.3; part -= 0.02) {
    const [least, most] = [Math.min(low * part, 0), Math.max(high * part, 0)];
    const step = (most - least) / 255;
    let error = 0;
    for (const value of values) {
      const kept = Math.min(most, Math.max(least, Math.round(value / step) * step));
      error += (value - kept) ** 2;
    }
    if (error < best.error) best = { error, range: [least, most] };
  }
  return best.range.map((value) => Number(value.toPrecision(5)));
}

/** Runs the model on all pictures and shows `see` each of the named tensors. */
async function look(model, names, { pictures, dims }, see) {
  for (const name of names) model.rest.graph.push(bytesField(kGraphOutput, describe(name)));
  const options = { intraOpNumThreads: 1, logSeverityLevel: 3 };
  const session = await ort.InferenceSession.create(writeModel(model), options);
  for (const picture of pictures) {
    const outputs = await session.run({ input: new ort.Tensor('float32', picture, dims) }, names);
    for (const name of names) see(name, outputs[name]);
  }
}

/** Largest weight with which `node` reads each of `channels` input channels. */
function mostRead(model, node, channels) {
  const { dims, data } = model.initializers.get(node.inputs[1]);
  const area = data.length / dims[0] / dims[1];
  const most = new Float64Array(channels);
  data.forEach((w, i) => {
    const channel = Math.floor(i / area) % dims[1];
    most[channel] = Math.max(most[channel], Math.abs(w));
  });
  return most;
}

/**
 * Where a depthwise convolution reads, each channel has its own scale of weights, so channels become equal at no cost. Elsewhere
 * what activations win the weights lose: half of the way, in powers.
 */
function factorSteps(model, { after }, most) {
  const depthwise = after.attributes.group > 1;
  const read = depthwise ? undefined : mostRead(model, after, most.length);
  const least = 1e-3 * most.reduce((a, b) => Math.max(a, b), 0); // less is a channel that does nothing
  const wanted = Array.from(most, (m, i) => {
    if (m <= least || read?.[i] === 0) return undefined;
    return depthwise ? -Math.log2(m) : Math.log2(read[i] / m) / 2;
  });
  const known = wanted.filter((value) => value !== undefined).sort((a, b) => a - b);
  const middle = known[known.length >> 1];
  const steps = wanted.map((value) => {
    return value === undefined ? 0 : Math.max(-24, Math.min(24, Math.round(4 * (value - middle))));
  });
  return Buffer.from(Int8Array.from(steps).buffer).toString('base64');
}

async function measureFactors(bytes, shown) {
  const places = equalisable(readModel(bytes));
  const most = new Map();
  const names = places.map(({ bend }) => bend.inputs[0]);
  await look(readModel(bytes), names, shown, (name, { data, dims }) => {
    const area = data.length / dims[1];
    const all = most.get(name) ?? new Float64Array(dims[1]);
    most.set(name, all);
    const here = new Float64Array(dims[1]);
    data.forEach((value, i) => {
      const channel = Math.floor(i / area);
      here[channel] = Math.max(here[channel], Math.abs(value));
    });
    here.forEach((value, channel) => {
      all[channel] += value / shown.pictures.length;
    });
  });
  const model = readModel(bytes);
  return Object.fromEntries(
    places.map((at) => [at.bend.outputs[0], factorSteps(model, at, most.get(at.bend.inputs[0]))]),
  );
}

async function measureRanges(model, shown, floats) {
  const names = candidates(model).filter((name) => !floats.includes(name));
  const seen = new Map(names.map((name) => [name, { low: 0, high: 0, values: [] }]));
  await look(model, names, shown, (name, { data }) => {
    const all = seen.get(name);
    const step = Math.max(1, Math.floor(data.length / kSamples));
    data.forEach((value, i) => {
      all.low = Math.min(all.low, value);
      all.high = Math.max(all.high, value);
      if (i % step === 0) all.values.push(value);
    });
  });
  return Object.fromEntries(
    [...seen].map(([name, { low, high, values }]) => [name, bestRange(values, low, high)]),
  );
}

const [modelFile, size, crop, order, folder, count, ...floats] = process.argv.slice(2);
const [width, height] = size.split('x').map(Number);
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.jpg'))
  .map((entry) => resolve(entry.parentPath, entry.name))
  .sort();
const chosen = Array.from({ length: Number(count) }, (_, i) => files[Math.floor((i * files.length) / count)]);
const shown = {
  pictures: chosen.map((file) => pixelsOf(file, { width, height, crop, order })),
  dims: [1, 3, height, width],
};
const padded = rewriteModel(readFileSync(modelFile), 'pad_channels');
const factors = await measureFactors(padded, shown);
const ranges = await measureRanges(bendPrelu(equalise(readModel(padded), factors)), shown, floats);
process.stdout.write(`${JSON.stringify({ factors, ranges }, null, 1)}\n`);
