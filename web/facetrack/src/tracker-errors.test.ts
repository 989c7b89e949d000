import { beforeAll, describe, expect, it } from 'vitest';
import { clipFrame, plain, randomBytes } from '../test/support/pictures';
import { errorOf, faceIn, facesIn, newTracker, product, unwrap } from '../test/support/trackers';
import { createTracker, type Detection, type Tracker, type WasmSource } from './index';

let wasm: ArrayBuffer;
let detector: ArrayBuffer;
let mesh: ArrayBuffer;
beforeAll(() => {
  wasm = product('facetrack.wasm');
  detector = product('detector.ftm');
  mesh = product('mesh.ftm');
});

/** The file with the bytes at `offset` replaced. */
function patched(file: ArrayBuffer, offset: number, bytes: readonly number[]): ArrayBuffer {
  const copy = file.slice(0);
  new Uint8Array(copy).set(bytes, offset);
  return copy;
}

function payloadStart(file: ArrayBuffer): number {
  return 8 + new DataView(file).getUint32(4, true);
}

/** The file with one 32-bit word of its payload replaced. */
function withWord(file: ArrayBuffer, word: number, value: number): ArrayBuffer {
  const copy = file.slice(0);
  new DataView(copy).setInt32(payloadStart(copy) + word * 4, value, true);
  return copy;
}

async function startError(source: WasmSource): Promise<{ kind: string; detail: string }> {
  return errorOf(await createTracker({ wasm: source, detector }));
}

async function modelError(file: ArrayBuffer): Promise<{ kind: string; detail: string }> {
  return errorOf(await createTracker({ wasm, detector: file }));
}

describe('starting the engine', () => {
  it('accepts bytes, a view of bytes, and the answer of a fetch', async () => {
    const answer = () => new Response(wasm, { headers: { 'content-type': 'application/wasm' } });
    for (const source of [wasm, new Uint8Array(wasm), answer(), Promise.resolve(answer())]) {
      expect((await createTracker({ wasm: source, detector })).kind).toBe('ok');
    }
  });

  it('falls back to plain bytes when the server sends another media type', async () => {
    const source = new Response(wasm, { headers: { 'content-type': 'application/octet-stream' } });
    expect((await createTracker({ wasm: source, detector })).kind).toBe('ok');
  });

  it('reports bytes that are no WebAssembly', async () => {
    expect((await startError(new ArrayBuffer(10))).kind).toBe('wasm_failed');
  });

  it('reports a module that is no face tracker', async () => {
    const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
    expect(await startError(empty)).toEqual({
      kind: 'wasm_failed',
      detail: 'the module is not a face tracker engine',
    });
  });

  it('reports an answer that is an error page', async () => {
    expect(await startError(new Response('gone', { status: 404 }))).toEqual({
      kind: 'wasm_failed',
      detail: 'the engine was answered with HTTP 404',
    });
  });

  it('reports a download that breaks off', async () => {
    expect(await startError(Promise.reject(new TypeError('network lost')))).toEqual({
      kind: 'wasm_failed',
      detail: 'network lost',
    });
  });
});

describe('loading a model', () => {
  it.each([
    ['an empty file', () => new ArrayBuffer(0), 'empty or truncated'],
    ['another format', () => patched(detector, 0, [0x46, 0x54, 0x4d, 0x32]), 'does not start with FTM1'],
    [
      'a header longer than the file',
      () => patched(detector, 4, [255, 255, 255, 127]),
      'header is truncated',
    ],
    ['a header that is not JSON', () => patched(detector, 8, [0x5b]), 'not a JSON object'],
    ['a cut payload', () => detector.slice(0, detector.byteLength - 4), 'payload is truncated'],
    [
      'a longer payload',
      () => new Uint8Array([...new Uint8Array(detector), 0]).buffer,
      'payload is truncated',
    ],
    ['the mesh in place of the detector', () => mesh, 'another model'],
    ['a layer kind of the future', () => withWord(detector, 16, 9), 'refuses the program (2)'],
    ['no layers', () => withWord(detector, 0, 0), 'refuses the program (2)'],
    ['more layers than the payload holds', () => withWord(detector, 0, 41), 'refuses the program (1)'],
    ['an output beyond the tensors', () => withWord(detector, 6, 344064), 'refuses the program (3)'],
    ['weights beyond the file', () => withWord(detector, 31, 113404), 'refuses the program (3)'],
    ['a negative weight offset', () => withWord(detector, 31, -4), 'refuses the program (3)'],
    ['more tensor memory than there is', () => withWord(detector, 1, 2 ** 30), 'refuses the program (4)'],
    [
      'outputs that are not those of a detector',
      () => withWord(detector, 10, 512),
      'refuses the program (5)',
    ],
  ])('refuses %s', async (_, file, reason) => {
    const error = await modelError(file());
    expect(error.kind).toBe('model_invalid');
    expect(error.detail).toContain(reason);
  });

  it('names the model that is wrong', async () => {
    const outcome = await createTracker({ wasm, detector, mesh: detector });
    expect(errorOf(outcome)).toMatchObject({ kind: 'model_invalid', model: 'mesh' });
  });

  it('survives any damage to the program: it is refused or runs, but never leaves its memory', async () => {
    const picture = plain(64, 64, 90);
    const next = randomBytes(7);
    const programWords = 16 + 40 * 20;
    let refused = 0;
    for (let round = 0; round < 150; ++round) {
      const word = ((next() << 8) | next()) % programWords;
      const value =
        [0, -1, 3, 4, 1 << (next() % 31), (next() << 8) | next(), -(next() << 16)][next() % 7] ?? 0;
      const outcome = await createTracker({ wasm, detector: withWord(detector, word, value) });
      if (outcome.kind === 'error') {
        expect(outcome.error.kind).toBe('model_invalid');
        ++refused;
      } else {
        expect(() => facesIn(outcome.value, picture)).not.toThrow();
      }
    }
    expect(refused).toBeGreaterThan(50);
  });
});

describe('loading the mesh later', () => {
  it('says so while it is missing, and works once it is there', async () => {
    const tracker = unwrap(await createTracker({ wasm, detector }));
    const picture = clipFrame('franck.mp4', 4, 320, 256);
    const face = faceIn(tracker, picture);
    const fit = () => tracker.mesh(picture.rgba, picture.width, picture.height, face);

    expect(tracker.hasMesh).toBe(false);
    expect(errorOf(fit()).kind).toBe('mesh_not_loaded');
    expect(errorOf(tracker.loadMesh(detector)).kind).toBe('model_invalid');
    expect(tracker.loadMesh(mesh).kind).toBe('ok');
    expect(tracker.hasMesh).toBe(true);
    expect(unwrap(fit())?.points).toHaveLength(1404);
    expect(tracker.loadMesh(mesh).kind).toBe('ok');
  });

  it('does not disturb the detector', async () => {
    const tracker = unwrap(await createTracker({ wasm, detector }));
    const picture = clipFrame('franck.mp4', 4, 320, 256);
    const before = facesIn(tracker, picture);
    tracker.loadMesh(mesh);
    expect(facesIn(tracker, picture)).toEqual(before);
  });
});

describe('pictures and detections that cannot be', () => {
  let tracker: Tracker;
  beforeAll(async () => {
    tracker = await newTracker();
  });

  it.each([
    ['fewer bytes than pixels', new Uint8ClampedArray(99), 5, 5],
    ['more bytes than pixels', new Uint8ClampedArray(101), 5, 5],
    ['no pixels', new Uint8ClampedArray(0), 0, 0],
    ['a negative size', new Uint8ClampedArray(100), -5, -5],
    ['a fraction of a pixel', new Uint8ClampedArray(100), 2.5, 10],
    ['a size that is no number', new Uint8ClampedArray(100), Number.NaN, 5],
    ['more pixels than the engine holds', new Uint8ClampedArray(4), 1281, 1280],
    ['a size that overflows', new Uint8ClampedArray(0), 2 ** 32, 2 ** 32],
  ])('refuses %s', (_, rgba, width, height) => {
    expect(errorOf(tracker.detect(rgba, width, height)).kind).toBe('image_invalid');
    const face = faceIn(tracker, clipFrame('franck.mp4', 4, 320, 256));
    expect(errorOf(tracker.mesh(rgba, width, height, face)).kind).toBe('image_invalid');
  });

  it('takes the largest picture allowed', () => {
    expect(facesIn(tracker, plain(1280, 1280, 10))).toEqual([]);
  });

  it.each<[string, (face: Detection) => Detection]>([
    ['a box without width and height', (face) => ({ ...face, box: { ...face.box, width: 0, height: 0 } })],
    ['a box with negative height', (face) => ({ ...face, box: { ...face.box, height: -10 } })],
    ['a box at no number', (face) => ({ ...face, box: { ...face.box, x: Number.NaN } })],
    ['a box at infinity', (face) => ({ ...face, box: { ...face.box, y: Number.POSITIVE_INFINITY } })],
    [
      'an eye at no number',
      ({ keyPoints: [, ...others], ...face }) => ({
        ...face,
        keyPoints: [{ x: Number.NaN, y: 0 }, ...others],
      }),
    ],
  ])('refuses a mesh for %s', (_, damage) => {
    const picture = clipFrame('franck.mp4', 4, 320, 256);
    const face = damage(faceIn(tracker, picture));
    expect(errorOf(tracker.mesh(picture.rgba, 320, 256, face)).kind).toBe('detection_invalid');
  });

  it('fits a box far outside the picture without harm', () => {
    const picture = clipFrame('franck.mp4', 4, 320, 256);
    const face = faceIn(tracker, picture);
    const away = { ...face, box: { x: -9000, y: 9000, width: 50, height: 50 } };
    expect(tracker.mesh(picture.rgba, 320, 256, away)).toEqual({ kind: 'ok', value: null });
  });
});
