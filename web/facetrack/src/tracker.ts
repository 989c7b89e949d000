import { type Engine, kModelIndex, startEngine } from './engine-abi';
import { modelPayload } from './model-file';
import type {
  Detection,
  KeyPoints,
  Mesh,
  ModelName,
  Outcome,
  Point,
  Tracker,
  TrackerError,
  TrackerSources,
} from './types';

const kDetectionFloats = 17; // score, x, y, width, height, six key points
const kMeshFloats = 468 * 3;
const kLeastFaceScore = 0.5;
const kFarthestPixel = 1e5;

/** Starts an engine and loads the detector, and the mesh if it is given. Never rejects. */
export async function createTracker(sources: TrackerSources): Promise<Outcome<Tracker>> {
  const started = await startEngine(sources.wasm);
  if (started.kind === 'error') return started;
  const engine = started.value;
  const loaded = loadModel(engine, 'detector', sources.detector);
  if (loaded.kind === 'error') return loaded;

  const tracker = new EngineTracker(engine);
  if (sources.mesh !== undefined) {
    const mesh = tracker.loadMesh(sources.mesh);
    if (mesh.kind === 'error') return mesh;
  }
  return { kind: 'ok', value: tracker };
}

/** The only class here: it keeps the engine's state, whether the mesh is loaded. */
class EngineTracker implements Tracker {
  readonly #engine: Engine;
  #hasMesh = false;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get hasMesh(): boolean {
    return this.#hasMesh;
  }

  loadMesh(model: ArrayBuffer): Outcome<void> {
    if (this.#hasMesh) return { kind: 'ok', value: undefined };
    const loaded = loadModel(this.#engine, 'mesh', model);
    this.#hasMesh = loaded.kind === 'ok';
    return loaded;
  }

  detect(rgba: Uint8ClampedArray, width: number, height: number): Outcome<readonly Detection[]> {
    const refusal = writeImage(this.#engine, rgba, width, height);
    if (refusal !== null) return { kind: 'error', error: refusal };
    const count = this.#engine.ft_detect(width, height);
    const records = floatsAt(this.#engine, this.#engine.ft_detections(), count * kDetectionFloats);
    return { kind: 'ok', value: Array.from({ length: count }, (_, index) => readDetection(records, index)) };
  }

  mesh(rgba: Uint8ClampedArray, width: number, height: number, detection: Detection): Outcome<Mesh | null> {
    if (!this.#hasMesh) {
      return { kind: 'error', error: { kind: 'mesh_not_loaded', detail: 'load the mesh model first' } };
    }
    const record = toRecord(detection);
    const refusal = checkRecord(record) ?? writeImage(this.#engine, rgba, width, height);
    if (refusal !== null) return { kind: 'error', error: refusal };
    floatsAt(this.#engine, this.#engine.ft_detections(), kDetectionFloats).set(record);
    const faceScore = this.#engine.ft_mesh(width, height);
    if (!(faceScore >= kLeastFaceScore)) return { kind: 'ok', value: null };
    const points = floatsAt(this.#engine, this.#engine.ft_mesh_points(), kMeshFloats).slice();
    return { kind: 'ok', value: { points, faceScore } };
  }
}

/** The image buffer doubles as the landing place of a model: both are read once, before the next call. */
function loadModel(engine: Engine, model: ModelName, file: ArrayBuffer): Outcome<void> {
  const payload = modelPayload(file, model);
  if (payload.kind === 'error') return payload;
  const bytes = payload.value;
  const refused = (detail: string): Outcome<void> => ({
    kind: 'error',
    error: { kind: 'model_invalid', model, detail },
  });
  if (bytes.byteLength > engine.ft_image_bytes())
    return refused('the model is larger than the engine allows');
  new Uint8Array(engine.memory.buffer, engine.ft_image(), bytes.byteLength).set(bytes);
  const status = engine.ft_load(kModelIndex[model], bytes.byteLength);
  return status === 0
    ? { kind: 'ok', value: undefined }
    : refused(`the engine refuses the program (${status})`);
}

function writeImage(
  engine: Engine,
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
): TrackerError | null {
  const invalid = (detail: string): TrackerError => ({ kind: 'image_invalid', detail });
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    return invalid(`width and height must be positive integers, not ${width} and ${height}`);
  }
  const bytes = width * height * 4;
  if (bytes > engine.ft_image_bytes())
    return invalid(`${width}×${height} is larger than 1280×1280 pixels in all`);
  if (rgba.length !== bytes) return invalid(`${width}×${height} needs ${bytes} bytes, got ${rgba.length}`);
  new Uint8Array(engine.memory.buffer, engine.ft_image(), bytes).set(rgba);
  return null;
}

function floatsAt(engine: Engine, pointer: number, count: number): Float32Array {
  return new Float32Array(engine.memory.buffer, pointer, count);
}

function readDetection(records: Float32Array, index: number): Detection {
  const start = index * kDetectionFloats;
  const at = (offset: number): number => records[start + offset] ?? 0;
  const pointAt = (point: number): Point => ({ x: at(5 + point * 2), y: at(6 + point * 2) });
  const keyPoints: KeyPoints = [pointAt(0), pointAt(1), pointAt(2), pointAt(3), pointAt(4), pointAt(5)];
  return { score: at(0), box: { x: at(1), y: at(2), width: at(3), height: at(4) }, keyPoints };
}

function toRecord(detection: Detection): number[] {
  const { score, box, keyPoints } = detection;
  return [score, box.x, box.y, box.width, box.height, ...keyPoints.flatMap((point) => [point.x, point.y])];
}

function checkRecord(record: readonly number[]): TrackerError | null {
  const [, , , width = 0, height = 0] = record;
  const isSane = record.every((value) => Math.abs(value) <= kFarthestPixel); // false for NaN too
  if (isSane && width > 0 && height > 0) return null;
  return { kind: 'detection_invalid', detail: 'the box has no area or a coordinate is not a pixel position' };
}
