import { describe, expect, it } from 'vitest';
import {
  type Detection,
  eyeAspectRatio,
  faceFraction,
  type Mesh,
  meshPose,
  type Point,
  pitchRatio,
  rollDegrees,
  yawRatio,
} from './index';

/** Eyes 60 apart at height 100, mouth 80 below them, nose where the test wants it. */
function faceWithNose(nose: Point): Detection {
  return {
    score: 0.9,
    box: { x: 60, y: 60, width: 80, height: 120 },
    keyPoints: [
      { x: 70, y: 100 },
      { x: 130, y: 100 },
      nose,
      { x: 100, y: 180 },
      { x: 60, y: 110 },
      { x: 140, y: 110 },
    ],
  };
}

function turnedBy(face: Detection, degrees: number): Detection {
  const angle = (degrees * Math.PI) / 180;
  const turn = ({ x, y }: Point): Point => ({
    x: x * Math.cos(angle) - y * Math.sin(angle),
    y: x * Math.sin(angle) + y * Math.cos(angle),
  });
  const [a, b, c, d, e, f] = face.keyPoints;
  return { ...face, keyPoints: [turn(a), turn(b), turn(c), turn(d), turn(e), turn(f)] };
}

/** A mesh that is zero except for the points given. */
function meshWith(points: Readonly<Record<number, readonly [number, number, number]>>): Mesh {
  const mesh = { points: new Float32Array(468 * 3), faceScore: 1 };
  for (const [index, point] of Object.entries(points)) mesh.points.set(point, Number(index) * 3);
  return mesh;
}

describe('yaw ratio', () => {
  it('is zero when the nose lies under the middle of the eyes', () => {
    expect(yawRatio(faceWithNose({ x: 100, y: 140 }))).toBeCloseTo(0);
  });

  it('is positive to the right of the picture, negative to the left, in eye distances', () => {
    expect(yawRatio(faceWithNose({ x: 115, y: 140 }))).toBeCloseTo(0.25);
    expect(yawRatio(faceWithNose({ x: 85, y: 140 }))).toBeCloseTo(-0.25);
  });

  it('does not change when the head is tilted', () => {
    expect(yawRatio(turnedBy(faceWithNose({ x: 115, y: 140 }), 35))).toBeCloseTo(0.25);
  });

  it('is zero, not a fraction of nothing, when both eyes coincide', () => {
    const face = faceWithNose({ x: 115, y: 140 });
    const [eye, , ...others] = face.keyPoints;
    expect(yawRatio({ ...face, keyPoints: [eye, eye, ...others] })).toBe(0);
  });
});

describe('pitch ratio', () => {
  it('is the nose between eye line and mouth, smaller when looking up', () => {
    expect(pitchRatio(faceWithNose({ x: 100, y: 140 }))).toBeCloseTo(0.5);
    expect(pitchRatio(faceWithNose({ x: 100, y: 120 }))).toBeCloseTo(0.25);
  });

  it('does not change when the head is tilted', () => {
    expect(pitchRatio(turnedBy(faceWithNose({ x: 100, y: 120 }), -50))).toBeCloseTo(0.25);
  });
});

describe('roll, size', () => {
  it('roll is the slope of the eye line, clockwise positive', () => {
    expect(rollDegrees(turnedBy(faceWithNose({ x: 100, y: 140 }), 20))).toBeCloseTo(20);
    expect(rollDegrees(turnedBy(faceWithNose({ x: 100, y: 140 }), -20))).toBeCloseTo(-20);
  });

  it('the face fraction is the height of the box over that of the frame', () => {
    expect(faceFraction(faceWithNose({ x: 100, y: 140 }), 480)).toBeCloseTo(0.25);
    expect(faceFraction(faceWithNose({ x: 100, y: 140 }), 0)).toBe(0);
  });
});

describe('pose of a mesh', () => {
  const kUpright = { 33: [70, 100, 0], 263: [130, 100, 0], 10: [100, 60, 0], 152: [100, 180, 0] } as const;

  it('is zero for a flat, upright face', () => {
    const { yawDegrees, pitchDegrees, rollDegrees: roll } = meshPose(meshWith(kUpright));
    expect([yawDegrees, pitchDegrees, roll]).toEqual([0, 0, 0]);
  });

  it('yaw is positive when the left eye is the farther one', () => {
    const pose = meshPose(meshWith({ ...kUpright, 33: [70, 100, -30], 263: [130, 100, 30] }));
    expect(pose.yawDegrees).toBeCloseTo(45);
  });

  it('pitch is positive when the forehead is farther away than the chin', () => {
    const pose = meshPose(meshWith({ ...kUpright, 10: [100, 60, 60], 152: [100, 180, -60] }));
    expect(pose.pitchDegrees).toBeCloseTo(45);
  });
});

describe('eye aspect ratio', () => {
  it('is the mean lid distance over the eye width, for each eye', () => {
    const mesh = meshWith({
      33: [0, 0, 0],
      133: [40, 0, 0],
      160: [10, -6, 0],
      144: [10, 6, 0],
      158: [30, -4, 0],
      153: [30, 4, 0],
      362: [100, 0, 0],
      263: [120, 0, 0],
      385: [105, -1, 0],
      380: [105, 1, 0],
      387: [115, -1, 0],
      373: [115, 1, 0],
    });
    expect(eyeAspectRatio(mesh).right).toBeCloseTo(10 / 40);
    expect(eyeAspectRatio(mesh).left).toBeCloseTo(2 / 20);
  });

  it('is zero when an eye has no width', () => {
    expect(eyeAspectRatio(meshWith({}))).toEqual({ right: 0, left: 0 });
  });
});
