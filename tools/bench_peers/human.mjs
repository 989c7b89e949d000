// Peer: @vladmandic/human with the nets of its own package: BlazeFace, face mesh, faceres (1 024 numbers).
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { embedAll, folderOf, readPicture, startTensorflow } from './pictures.mjs';

/** Its WebAssembly build loads nets by fetch, which Node does not do for files. */
const fetchWeb = globalThis.fetch;
globalThis.fetch = async (url, init) =>
  String(url).startsWith('file:')
    ? new Response(await readFile(fileURLToPath(String(url))))
    : fetchWeb(url, init);

const tf = await startTensorflow();
const { Human } = createRequire(import.meta.url)(
  join(folderOf('@vladmandic/human'), 'dist/human.node-wasm.js'),
);
const off = { enabled: false };
const human = new Human({
  backend: 'wasm',
  wasmPath: join(folderOf('@tensorflow/tfjs-backend-wasm'), 'dist/'),
  modelBasePath: pathToFileURL(join(folderOf('@vladmandic/human'), 'models/')).href,
  cacheSensitivity: 0,
  debug: false,
  filter: off,
  gesture: off,
  body: off,
  hand: off,
  object: off,
  face: {
    enabled: true,
    detector: { rotation: true, maxDetected: 1, minConfidence: 0.2 },
    mesh: { enabled: true },
    iris: off,
    emotion: off,
    antispoof: off,
    liveness: off,
    description: { enabled: true },
  },
});
await human.load();

await embedAll(async (path) => {
  const picture = await readPicture(tf, path);
  const { face } = await human.detect(picture);
  picture.dispose();
  return face[0]?.embedding ?? null;
});
