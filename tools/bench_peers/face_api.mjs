// Peer: @vladmandic/face-api with the nets of its own package: SSD MobileNet, 68 points, dlib's face net (128 numbers).
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { embedAll, folderOf, readPicture, startTensorflow } from './pictures.mjs';

const tf = await startTensorflow();
const faceapi = createRequire(import.meta.url)('@vladmandic/face-api/dist/face-api.node-wasm.js');
const models = join(folderOf('@vladmandic/face-api'), 'model');
await faceapi.nets.ssdMobilenetv1.loadFromDisk(models);
await faceapi.nets.faceLandmark68Net.loadFromDisk(models);
await faceapi.nets.faceRecognitionNet.loadFromDisk(models);
const options = new faceapi.SsdMobilenetv1Options({ minConfidence: 0.5 });

await embedAll(async (path) => {
  const picture = await readPicture(tf, path);
  const face = await faceapi.detectSingleFace(picture, options).withFaceLandmarks().withFaceDescriptor();
  picture.dispose();
  return face?.descriptor ?? null;
});
