import type { Policy } from '../state/model';
import type { HintCode } from './gate';
import type { FaceReading, Observation, Point } from './observation';

/**
 * Starting values. They proved themselves on recorded clips, not on a population: they shape what the page says,
 * never who passes.
 */
export const kThresholds = {
  darkLuma: 35,
  brightLuma: 225,
  /** The page asks for slightly more than the server's limits, so that a face it accepts is not at the edge. */
  fractionMargin: 0.02,
  centre: { x: 0.5, y: 0.52 },
  offCentreX: 0.13,
  offCentreY: 0.17,
  yaw: 0.22,
  rollDegrees: 20,
  pitchUp: 0.26,
  pitchDown: 0.86,
  motion: 0.03,
  backlitRatio: 2.2,
  backlitFaceLuma: 80,
  unevenRatio: 2.4,
  sharpness: 14,
  eyeOpening: 0.12,
} as const;

type Check = (face: FaceReading, policy: Policy, previous: Point | null) => HintCode | null;

const light: Check = (face) => {
  if (face.luma < kThresholds.backlitFaceLuma && face.backgroundLuma > face.luma * kThresholds.backlitRatio)
    return 'backlit';
  const [darker, brighter] = [
    Math.min(face.leftLuma, face.rightLuma),
    Math.max(face.leftLuma, face.rightLuma),
  ];
  return brighter > darker * kThresholds.unevenRatio ? 'uneven_light' : null;
};

const distance: Check = (face, policy) => {
  if (face.fraction < policy.minFaceFraction + kThresholds.fractionMargin) return 'too_far';
  return face.fraction > policy.maxFaceFraction - kThresholds.fractionMargin ? 'too_close' : null;
};

/** Directions are the user's own: the camera sees the user's right hand on the left side of its picture. */
const position: Check = (face) => {
  const x = face.centre.x - kThresholds.centre.x;
  const y = face.centre.y - kThresholds.centre.y;
  if (Math.abs(x) > kThresholds.offCentreX) return x > 0 ? 'move_right' : 'move_left';
  if (Math.abs(y) > kThresholds.offCentreY) return y > 0 ? 'move_up' : 'move_down';
  return null;
};

const pose: Check = (face) => {
  if (Math.abs(face.yaw) > kThresholds.yaw || Math.abs(face.rollDegrees) > kThresholds.rollDegrees)
    return 'look_straight';
  if (face.pitch < kThresholds.pitchUp) return 'raise_phone';
  return face.pitch > kThresholds.pitchDown ? 'look_straight' : null;
};

const stillness: Check = (face, _policy, previous) =>
  previous !== null && Math.hypot(face.centre.x - previous.x, face.centre.y - previous.y) > kThresholds.motion
    ? 'hold_still'
    : null;

const sharpness: Check = (face) => (face.sharpness < kThresholds.sharpness ? 'blurry' : null);

const eyes: Check = (face) =>
  face.eyeOpening !== null && face.eyeOpening < kThresholds.eyeOpening ? 'eyes_closed' : null;

const kChecks: readonly Check[] = [light, distance, position, pose, stillness, sharpness, eyes];

/** The most important thing to change in this frame, or `great`. `previous` is the face's centre one frame earlier. */
export function evaluate(observation: Observation, policy: Policy, previous: Point | null): HintCode {
  const { faces, luma, face } = observation;
  if (face === null) return luma < kThresholds.darkLuma ? 'too_dark' : 'no_face';
  if (faces > 1) return 'multiple_faces';
  if (luma < kThresholds.darkLuma) return 'too_dark';
  if (luma > kThresholds.brightLuma) return 'too_bright';
  for (const check of kChecks) {
    const code = check(face, policy, previous);
    if (code !== null) return code;
  }
  return 'great';
}
