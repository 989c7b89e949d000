import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Detection, Mesh, Outcome, Tracker, TrackerError } from '../../src/index';
import { createTracker } from '../../src/index';
import type { Picture } from './pictures';

const kDist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../dist');

/** A product of `npm run build`, as a page would receive it. */
export function product(name: 'facetrack.wasm' | 'detector.ftm' | 'mesh.ftm'): ArrayBuffer {
  const bytes = readFileSync(path.join(kDist, name));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

export async function newTracker(): Promise<Tracker> {
  const sources = {
    wasm: product('facetrack.wasm'),
    detector: product('detector.ftm'),
    mesh: product('mesh.ftm'),
  };
  return unwrap(await createTracker(sources));
}

export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'ok') return outcome.value;
  throw new Error(`${outcome.error.kind}: ${outcome.error.detail}`);
}

export function errorOf<T>(outcome: Outcome<T>): TrackerError {
  if (outcome.kind === 'error') return outcome.error;
  throw new Error('the call succeeded');
}

export function facesIn(tracker: Tracker, picture: Picture): readonly Detection[] {
  return unwrap(tracker.detect(picture.rgba, picture.width, picture.height));
}

/** The best face; throws when there is none. */
export function faceIn(tracker: Tracker, picture: Picture): Detection {
  const [face] = facesIn(tracker, picture);
  if (face === undefined) throw new Error('no face in the picture');
  return face;
}

/** The mesh of the best face; throws when there is none. */
export function meshOf(tracker: Tracker, picture: Picture, face = faceIn(tracker, picture)): Mesh {
  const mesh = unwrap(tracker.mesh(picture.rgba, picture.width, picture.height, face));
  if (mesh === null) throw new Error('no mesh for the face');
  return mesh;
}
