export type { EyeOpening, Pose } from './measures';
export { eyeAspectRatio, faceFraction, meshPose, pitchRatio, rollDegrees, yawRatio } from './measures';
export { createTracker } from './tracker';
export type {
  Box,
  Detection,
  KeyPoints,
  Mesh,
  ModelName,
  Outcome,
  Point,
  Tracker,
  TrackerError,
  TrackerSources,
  WasmSource,
} from './types';
