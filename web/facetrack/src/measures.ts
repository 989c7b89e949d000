import type { Detection, Mesh, Point } from './types';

/** Points of the 468-point topology, named from the subject's side. */
const kRightEyeOuter = 33;
const kRightEyeInner = 133;
const kLeftEyeInner = 362;
const kLeftEyeOuter = 263;
const kForehead = 10;
const kChin = 152;
const kRightLids = [
  [160, 144],
  [158, 153],
] as const;
const kLeftLids = [
  [385, 380],
  [387, 373],
] as const;

const kDegreesPerRadian = 180 / Math.PI;

export interface Pose {
  /** Degrees; positive when the nose points to the right side of the unmirrored picture. */
  readonly yawDegrees: number;
  /** Degrees; positive when the face looks up. Zero is the model's own upright plane. */
  readonly pitchDegrees: number;
  /** Degrees; positive when the head leans clockwise in the picture. */
  readonly rollDegrees: number;
}

/**
 * (nose − middle of the eyes) ÷ eye distance, measured along the eye line so that a tilted head reads the same.
 * About 0 when straight; positive when the nose points to the right side of the unmirrored picture.
 */
export function yawRatio(detection: Detection): number {
  const [rightEye, leftEye, nose] = detection.keyPoints;
  const eyes = between(rightEye, leftEye);
  const span = distance(rightEye, leftEye);
  if (span === 0) return 0;
  return along(rightEye, leftEye, eyes, nose) / span;
}

/**
 * (nose − eye line) ÷ (mouth − eye line), measured across the eye line: 0.4 to 0.5 when straight, smaller when
 * the face looks up, larger when it looks down.
 */
export function pitchRatio(detection: Detection): number {
  const [rightEye, leftEye, nose, mouth] = detection.keyPoints;
  const eyes = between(rightEye, leftEye);
  const toMouth = across(rightEye, leftEye, eyes, mouth);
  if (toMouth === 0) return 0;
  return across(rightEye, leftEye, eyes, nose) / toMouth;
}

/** Slope of the eye line in degrees; positive when the head leans clockwise in the picture. */
export function rollDegrees(detection: Detection): number {
  const [rightEye, leftEye] = detection.keyPoints;
  return Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x) * kDegreesPerRadian;
}

/** Height of the face box as a share of the picture's height. */
export function faceFraction(detection: Detection, frameHeight: number): number {
  return frameHeight > 0 ? detection.box.height / frameHeight : 0;
}

/** Head direction from the mesh; steadier than the ratios of the detector's six points. */
export function meshPose(mesh: Mesh): Pose {
  const right = point3(mesh, kRightEyeOuter);
  const left = point3(mesh, kLeftEyeOuter);
  const top = point3(mesh, kForehead);
  const chin = point3(mesh, kChin);
  const roll = Math.atan2(left.y - right.y, left.x - right.x);
  const faceHeight = Math.hypot(chin.x - top.x, chin.y - top.y);
  return {
    yawDegrees:
      Math.atan2(left.z - right.z, Math.hypot(left.x - right.x, left.y - right.y)) * kDegreesPerRadian,
    pitchDegrees: Math.atan2(top.z - chin.z, faceHeight) * kDegreesPerRadian,
    rollDegrees: roll * kDegreesPerRadian,
  };
}

export interface EyeOpening {
  readonly right: number;
  readonly left: number;
}

/**
 * Lid distance ÷ eye width of each eye: roughly 0.3 open, 0.2 closed, and different for every person, so compare
 * with the same person's open eyes rather than with a fixed number.
 */
export function eyeAspectRatio(mesh: Mesh): EyeOpening {
  return {
    right: aspectRatio(mesh, kRightEyeOuter, kRightEyeInner, kRightLids),
    left: aspectRatio(mesh, kLeftEyeInner, kLeftEyeOuter, kLeftLids),
  };
}

type LidPairs = readonly (readonly [upper: number, lower: number])[];

function aspectRatio(mesh: Mesh, corner: number, otherCorner: number, lids: LidPairs): number {
  const width = distance(point3(mesh, corner), point3(mesh, otherCorner));
  if (width === 0) return 0;
  let opening = 0;
  for (const [upper, lower] of lids) opening += distance(point3(mesh, upper), point3(mesh, lower));
  return opening / lids.length / width;
}

interface Point3 extends Point {
  readonly z: number;
}

function point3(mesh: Mesh, index: number): Point3 {
  const [x = 0, y = 0, z = 0] = mesh.points.subarray(index * 3, index * 3 + 3);
  return { x, y, z };
}

function between(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Signed distance from `origin` to `target` in the direction a → b. */
function along(a: Point, b: Point, origin: Point, target: Point): number {
  const span = distance(a, b);
  return ((target.x - origin.x) * (b.x - a.x) + (target.y - origin.y) * (b.y - a.y)) / span;
}

/** Signed distance from `origin` to `target` at a right angle to a → b, positive downwards in an upright face. */
function across(a: Point, b: Point, origin: Point, target: Point): number {
  const span = distance(a, b);
  if (span === 0) return 0;
  return ((target.y - origin.y) * (b.x - a.x) - (target.x - origin.x) * (b.y - a.y)) / span;
}
