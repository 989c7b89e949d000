import type { Detection, Tracker } from '@countersign/facetrack';
import { describe, expect, it } from 'vitest';
import { cropTo } from './crop';
import { faceLight, laplacianVariance, meanLuma, type Raster } from './measure';
import { observe } from './observe';

function raster(width: number, height: number, luma: (x: number, y: number) => number): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let index = 0; index < width * height; ++index) {
    const value = luma(index % width, Math.floor(index / width));
    data.set([value, value, value, 255], index * 4);
  }
  return { data, width, height };
}

describe('the crop', () => {
  it('keeps a 4:3 camera whole and scales it to the wanted side', () => {
    expect(cropTo(640, 480, 640)).toEqual({ sx: 0, sy: 0, sw: 640, sh: 480, width: 640, height: 480 });
    expect(cropTo(640, 480, 320)).toMatchObject({ width: 320, height: 240 });
  });

  it('takes the middle of a wide camera', () => {
    expect(cropTo(1280, 720, 640)).toEqual({ sx: 160, sy: 0, sw: 960, sh: 720, width: 640, height: 480 });
  });

  it('stands upright on a phone', () => {
    expect(cropTo(480, 640, 640)).toMatchObject({ sw: 480, sh: 640, width: 480, height: 640 });
    expect(cropTo(720, 1280, 320)).toMatchObject({ sy: 160, sw: 720, sh: 960, width: 240, height: 320 });
  });

  it('does not enlarge a small picture and survives an empty one', () => {
    expect(cropTo(160, 120, 640)).toMatchObject({ width: 160, height: 120 });
    expect(cropTo(0, 0, 640)).toMatchObject({ width: 1, height: 1 });
  });
});

describe('light', () => {
  it('is measured on face, halves and background', () => {
    const face = { x: 40, y: 20, width: 40, height: 60 };
    const inside = (x: number, y: number) => x >= 40 && x < 80 && y >= 20 && y < 80;
    const picture = raster(120, 100, (x, y) => (inside(x, y) ? (x < 60 ? 50 : 150) : 200));

    const light = faceLight(picture, face);

    expect(light).toMatchObject({ leftLuma: 50, rightLuma: 150, backgroundLuma: 200 });
    expect(light.luma).toBeCloseTo(100, -1);
    expect(meanLuma(raster(32, 24, () => 77))).toBeCloseTo(77, 5);
  });

  it('of a face that fills the picture has no background of its own', () => {
    const light = faceLight(
      raster(64, 48, () => 90),
      { x: -10, y: -10, width: 200, height: 200 },
    );
    expect(light.backgroundLuma).toBeCloseTo(90, 5);
  });

  it('of a face outside the picture is zero, not a crash', () => {
    expect(
      faceLight(
        raster(64, 48, () => 90),
        { x: 500, y: 500, width: 10, height: 10 },
      ).luma,
    ).toBe(0);
  });
});

describe('sharpness', () => {
  const area = { x: 0, y: 0, width: 64, height: 48 };
  it('is zero on a flat area and high on a checkerboard', () => {
    expect(
      laplacianVariance(
        raster(64, 48, () => 128),
        area,
      ),
    ).toBeCloseTo(0, 6);
    expect(
      laplacianVariance(
        raster(64, 48, (x, y) => ((x + y) % 2) * 255),
        area,
      ),
    ).toBeGreaterThan(100_000);
  });

  it('of an empty area is zero', () => {
    expect(
      laplacianVariance(
        raster(8, 8, () => 1),
        { x: 4, y: 4, width: 0, height: 0 },
      ),
    ).toBe(0);
  });
});

describe('an observation', () => {
  const points = [
    { x: 40, y: 40 },
    { x: 60, y: 40 },
    { x: 50, y: 50 },
    { x: 50, y: 60 },
    { x: 35, y: 42 },
    { x: 65, y: 42 },
  ] as const;
  const face = (x: number, size: number): Detection => ({
    score: 0.9,
    box: { x, y: 20, width: size, height: size },
    keyPoints: points,
  });
  const tracker = (faces: readonly Detection[] | null): Tracker => ({
    detect: () =>
      faces === null
        ? { kind: 'error', error: { kind: 'image_invalid', detail: '' } }
        : { kind: 'ok', value: faces },
    mesh: () => ({ kind: 'ok', value: null }),
    hasMesh: true,
    loadMesh: () => ({ kind: 'ok', value: undefined }),
  });
  const picture = raster(120, 100, () => 100);

  it('reads the largest face as shares of the picture', () => {
    const seen = observe(tracker([face(10, 20), face(30, 50)]), picture);
    expect(seen.faces).toBe(2);
    expect(seen.face).toMatchObject({
      fraction: 0.5,
      centre: { x: 55 / 120, y: 0.45 },
      yaw: 0,
      eyeOpening: null,
    });
  });

  it('does not count patterns that are too small to be bystanders', () => {
    expect(observe(tracker([face(30, 50), face(0, 5)]), picture).faces).toBe(1);
  });

  it('is "no face" when the tracker fails', () => {
    expect(observe(tracker(null), picture)).toMatchObject({ faces: 0, face: null });
  });
});
