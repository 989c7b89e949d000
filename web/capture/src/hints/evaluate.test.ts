import { describe, expect, it } from 'vitest';
import type { Policy } from '../state/model';
import { evaluate } from './evaluate';
import type { HintCode } from './gate';
import type { FaceReading, Observation } from './observation';

const kPolicy: Policy = { liveness: 'both', minFaceFraction: 0.28, maxFaceFraction: 0.8 };

const kGoodFace: FaceReading = {
  fraction: 0.55,
  centre: { x: 0.5, y: 0.52 },
  yaw: 0,
  pitch: 0.55,
  rollDegrees: 0,
  luma: 120,
  leftLuma: 120,
  rightLuma: 118,
  backgroundLuma: 130,
  sharpness: 80,
  eyeOpening: null,
};

function seen(face: Partial<FaceReading>, frame: Partial<Observation> = {}): Observation {
  return { faces: 1, luma: 120, face: { ...kGoodFace, ...face }, ...frame };
}

describe('a frame without exactly one face', () => {
  it('asks for a face, or for light when the scene is too dark to show one', () => {
    expect(evaluate({ faces: 0, luma: 120, face: null }, kPolicy, null)).toBe('no_face');
    expect(evaluate({ faces: 0, luma: 20, face: null }, kPolicy, null)).toBe('too_dark');
  });

  it('speaks of a second person before anything else about the first', () => {
    expect(evaluate(seen({ fraction: 0.1 }, { faces: 2, luma: 20 }), kPolicy, null)).toBe('multiple_faces');
  });
});

describe('one face', () => {
  it('is great when nothing is wrong', () => {
    expect(evaluate(seen({}), kPolicy, { x: 0.5, y: 0.52 })).toBe('great');
  });

  const cases: readonly [HintCode, Partial<FaceReading>, Partial<Observation>?][] = [
    ['too_dark', {}, { luma: 34 }],
    ['too_bright', {}, { luma: 226 }],
    ['backlit', { luma: 60, backgroundLuma: 200 }],
    ['uneven_light', { leftLuma: 60, rightLuma: 160 }],
    ['too_far', { fraction: 0.29 }],
    ['too_close', { fraction: 0.79 }],
    ['look_straight', { yaw: 0.23 }],
    ['look_straight', { yaw: -0.23 }],
    ['look_straight', { rollDegrees: -21 }],
    ['look_straight', { pitch: 0.9 }],
    ['raise_phone', { pitch: 0.2 }],
    ['blurry', { sharpness: 5 }],
    ['eyes_closed', { eyeOpening: 0.05 }],
  ];
  it.each(cases)('gets the hint %s for %o', (code, face, frame) => {
    expect(evaluate(seen(face, frame), kPolicy, null)).toBe(code);
  });

  it('is told its own directions although the camera sees them mirrored', () => {
    expect(evaluate(seen({ centre: { x: 0.7, y: 0.52 } }), kPolicy, null)).toBe('move_right');
    expect(evaluate(seen({ centre: { x: 0.3, y: 0.52 } }), kPolicy, null)).toBe('move_left');
    expect(evaluate(seen({ centre: { x: 0.5, y: 0.75 } }), kPolicy, null)).toBe('move_up');
    expect(evaluate(seen({ centre: { x: 0.5, y: 0.3 } }), kPolicy, null)).toBe('move_down');
  });

  it('has to hold still between two frames', () => {
    expect(evaluate(seen({}), kPolicy, { x: 0.46, y: 0.52 })).toBe('hold_still');
    expect(evaluate(seen({}), kPolicy, { x: 0.48, y: 0.52 })).toBe('great');
  });

  it('follows the distance of the policy', () => {
    const strict: Policy = { ...kPolicy, minFaceFraction: 0.6 };
    expect(evaluate(seen({ fraction: 0.55 }), strict, null)).toBe('too_far');
  });

  it('hears the most important thing first', () => {
    expect(evaluate(seen({ fraction: 0.2, yaw: 0.5, sharpness: 1 }), kPolicy, null)).toBe('too_far');
    expect(evaluate(seen({ yaw: 0.5, sharpness: 1 }), kPolicy, null)).toBe('look_straight');
  });
});
