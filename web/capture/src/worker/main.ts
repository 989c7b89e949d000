import { createTracker, type Tracker } from '@countersign/facetrack';
import { createFramer, type Framer } from '../protocol/framing';
import { cropTo, kChallengeSide, kKeySide, kTrackingSide } from './crop';
import type { FromWorker, ToWorker } from './messages';
import { observe } from './observe';

type FrameJob = Extract<ToWorker, { kind: 'frame' }>;
interface Capture {
  readonly number: number;
  readonly framer: Framer;
  readonly maxFrameBytes: number;
  readonly clockOffsetMs: number;
}

const kKeyQualities = [0.9, 0.75, 0.6];
const kChallengeQualities = [0.7, 0.5];

let tracker: Tracker | null = null;
let capture: Capture | null = null;
let surface: OffscreenCanvas | null = null;
/** Frames and captures are handled strictly one after the other: each MAC covers the one before. */
let queue: Promise<void> = Promise.resolve();

function answer(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

function draw(bitmap: ImageBitmap, longSide: number): OffscreenCanvasRenderingContext2D | null {
  const crop = cropTo(bitmap.width, bitmap.height, longSide);
  surface ??= new OffscreenCanvas(crop.width, crop.height);
  if (surface.width !== crop.width) surface.width = crop.width;
  if (surface.height !== crop.height) surface.height = crop.height;
  const context = surface.getContext('2d', { alpha: false, willReadFrequently: true });
  context?.drawImage(bitmap, crop.sx, crop.sy, crop.sw, crop.sh, 0, 0, crop.width, crop.height);
  return context;
}

/** The first quality that fits the server's limit; null when none does. */
async function encode(
  canvas: OffscreenCanvas,
  qualities: readonly number[],
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  for (const quality of qualities) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (blob.size <= limit) return new Uint8Array(await blob.arrayBuffer());
  }
  return null;
}

async function sendPicture(job: FrameJob, current: Capture): Promise<boolean> {
  if (job.picture === null) return false;
  const { phase, step } = job.picture;
  const context = draw(job.bitmap, phase === 0 ? kKeySide : kChallengeSide);
  if (context === null) return false;
  const qualities = phase === 0 ? kKeyQualities : kChallengeQualities;
  const picture = await encode(context.canvas, qualities, current.maxFrameBytes);
  if (picture === null) return false;
  const sendTimeMs = performance.now() + current.clockOffsetMs;
  const frame = await current.framer.frame(picture, {
    phase,
    step,
    captureTimeMs: job.captureTimeMs,
    sendTimeMs,
  });
  answer({ kind: 'picture', capture: current.number, frame }, [frame.buffer]);
  return true;
}

async function handleFrame(job: FrameJob): Promise<void> {
  let sent = false;
  try {
    if (job.track && tracker !== null) {
      const context = draw(job.bitmap, kTrackingSide);
      const { width, height } = context?.canvas ?? { width: 0, height: 0 };
      const image = context?.getImageData(0, 0, width, height);
      if (image !== undefined) answer({ kind: 'observation', observation: observe(tracker, image) });
    }
    if (capture !== null) sent = await sendPicture(job, capture);
  } finally {
    job.bitmap.close();
    answer({ kind: 'done', sent });
  }
}

async function load(wasmUrl: string, detectorUrl: string): Promise<void> {
  const detector = await fetch(detectorUrl);
  if (!detector.ok) throw new Error(`detector ${detector.status}`);
  const made = await createTracker({ wasm: fetch(wasmUrl), detector: await detector.arrayBuffer() });
  if (made.kind === 'error') throw new Error(made.error.kind);
  tracker = made.value;
  answer({ kind: 'ready' });
}

/** The eyes are a refinement: without the mesh the guidance simply does not speak of them. */
async function loadMesh(meshUrl: string): Promise<void> {
  const response = await fetch(meshUrl);
  if (response.ok) tracker?.loadMesh(await response.arrayBuffer());
}

async function begin(message: Extract<ToWorker, { kind: 'begin' }>): Promise<void> {
  capture = {
    number: message.capture,
    framer: await createFramer(crypto.subtle, message.macKey, message.nonce),
    maxFrameBytes: message.maxFrameBytes,
    clockOffsetMs: performance.timeOrigin - message.pageTimeOrigin,
  };
}

self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  switch (message.kind) {
    case 'load':
      load(message.wasmUrl, message.detectorUrl).catch((error: unknown) =>
        answer({ kind: 'unavailable', detail: error instanceof Error ? error.message : 'unknown' }),
      );
      break;
    case 'load_mesh':
      loadMesh(message.meshUrl).catch(() => undefined);
      break;
    case 'begin':
      queue = queue.then(() => begin(message));
      break;
    case 'frame':
      queue = queue.then(() => handleFrame(message)).catch(() => undefined);
      break;
  }
});
