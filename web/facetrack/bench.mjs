import { readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

// Prints sizes and times as JSON. The picture is synthetic: both networks do the same work whatever they see, so
// the times hold for faces too, and the script needs no clip.

const kDist = path.join(path.dirname(fileURLToPath(import.meta.url)), 'dist');
const kWidth = 640;
const kHeight = 480;
const kWarmUp = 20;
const kRuns = 100;

function sizes() {
  const entries = ['facetrack.wasm', 'detector.ftm', 'mesh.ftm'].map((name) => {
    const bytes = readFileSync(path.join(kDist, name));
    const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    return [
      name,
      { bytes: bytes.length, brotliBytes: brotliCompressSync(bytes, { params: quality }).length },
    ];
  });
  return Object.fromEntries(entries);
}

async function startEngine() {
  const { instance } = await WebAssembly.instantiate(readFileSync(path.join(kDist, 'facetrack.wasm')));
  const engine = instance.exports;
  for (const [index, name] of ['detector.ftm', 'mesh.ftm'].entries()) {
    const file = readFileSync(path.join(kDist, name));
    const payload = file.subarray(8 + file.readUInt32LE(4));
    new Uint8Array(engine.memory.buffer).set(payload, engine.ft_image());
    const status = engine.ft_load(index, payload.length);
    if (status !== 0) throw new Error(`the engine refuses ${name} (${status})`);
  }
  return engine;
}

function measure(work) {
  const times = [];
  for (let run = -kWarmUp; run < kRuns; ++run) {
    const start = performance.now();
    work();
    if (run >= 0) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share) => Number(times[Math.floor(times.length * share)].toFixed(2));
  return { fastestMs: at(0), p50Ms: at(0.5), p95Ms: at(0.95) };
}

const engine = await startEngine();
const picture = new Uint8Array(kWidth * kHeight * 4).map((_, index) => (index * 37) % 251);
const face = new Float32Array([
  0.9, 200, 120, 240, 240, 260, 200, 380, 200, 320, 270, 320, 320, 210, 220, 430, 220,
]);
const write = (values, pointer) =>
  new values.constructor(engine.memory.buffer, pointer, values.length).set(values);

const detect = measure(() => {
  write(picture, engine.ft_image());
  engine.ft_detect(kWidth, kHeight);
});
const mesh = measure(() => {
  write(picture, engine.ft_image());
  write(face, engine.ft_detections());
  engine.ft_mesh(kWidth, kHeight);
});
const memoryBytes = engine.memory.buffer.byteLength;
console.log(
  JSON.stringify({ picture: `${kWidth}x${kHeight}`, files: sizes(), memoryBytes, detect, mesh }, null, 2),
);
