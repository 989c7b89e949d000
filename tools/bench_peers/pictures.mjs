// What the peers on Node share: a list of pictures in, one JSON line a picture out.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const require = createRequire(import.meta.url);
sharp.concurrency(1);
sharp.cache(false);

/** The folder of an installed package. */
export const folderOf = (name) => fileURLToPath(new URL(`node_modules/${name}`, import.meta.url));

/** TensorFlow.js on its WebAssembly backend: the native one wants a download at installation, which is not allowed here. */
export async function startTensorflow() {
  const wasm = require('@tensorflow/tfjs-backend-wasm');
  const tf = require('@tensorflow/tfjs');
  wasm.setWasmPaths(join(folderOf('@tensorflow/tfjs-backend-wasm'), 'dist/'));
  wasm.setThreadsCount(1);
  if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js has no WebAssembly backend here');
  await tf.ready();
  return tf;
}

/** The pixels of a picture file as a tensor [height, width, 3]. */
export async function readPicture(tf, path) {
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return tf.tensor3d(new Uint8Array(data), [info.height, info.width, 3], 'int32');
}

/** The process CPU time of each call, in ms, beside what it gave: an embedding, or null where no face was found. */
export async function embedAll(embed) {
  const paths = readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean);
  for (const path of paths) {
    const before = process.cpuUsage();
    const embedding = await embed(path);
    const { user, system } = process.cpuUsage(before);
    console.log(
      JSON.stringify({ cpu_ms: (user + system) / 1000, embedding: embedding && Array.from(embedding) }),
    );
  }
}
