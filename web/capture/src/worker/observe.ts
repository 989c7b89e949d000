import {
  type Detection,
  eyeAspectRatio,
  faceFraction,
  pitchRatio,
  rollDegrees,
  type Tracker,
  yawRatio,
} from '@countersign/facetrack';
import type { FaceReading, Observation } from '../hints/observation';
import { type Area, faceLight, laplacianVariance, meanLuma, type Raster } from './measure';

/** Smaller boxes are posters and patterns in the background, not bystanders. */
const kSmallestFaceFraction = 0.1;

/** Everything the hints need from one picture. A tracker failure reads as "no face": the hint asks for another look. */
export function observe(tracker: Tracker, raster: Raster): Observation {
  const found = tracker.detect(raster.data, raster.width, raster.height);
  const detections = found.kind === 'ok' ? found.value : [];
  const faces = detections.filter(
    (detection) => faceFraction(detection, raster.height) >= kSmallestFaceFraction,
  );
  const largest = faces.reduce<Detection | null>(
    (best, face) => (best === null || face.box.height > best.box.height ? face : best),
    null,
  );
  return {
    faces: faces.length,
    luma: meanLuma(raster),
    face: largest === null ? null : readFace(tracker, raster, largest),
  };
}

function readFace(tracker: Tracker, raster: Raster, detection: Detection): FaceReading {
  const { box } = detection;
  return {
    fraction: faceFraction(detection, raster.height),
    centre: { x: (box.x + box.width / 2) / raster.width, y: (box.y + box.height / 2) / raster.height },
    yaw: yawRatio(detection),
    pitch: pitchRatio(detection),
    rollDegrees: rollDegrees(detection),
    ...faceLight(raster, box),
    sharpness: laplacianVariance(raster, innerFace(box)),
    eyeOpening: eyeOpening(tracker, raster, detection),
  };
}

/** Without the outline, whose edge would hide a soft face. */
function innerFace(box: Area): Area {
  return {
    x: box.x + box.width * 0.15,
    y: box.y + box.height * 0.15,
    width: box.width * 0.7,
    height: box.height * 0.7,
  };
}

function eyeOpening(tracker: Tracker, raster: Raster, detection: Detection): number | null {
  if (!tracker.hasMesh) return null;
  const mesh = tracker.mesh(raster.data, raster.width, raster.height, detection);
  if (mesh.kind !== 'ok' || mesh.value === null || mesh.value.faceScore < 0.5) return null;
  const opening = eyeAspectRatio(mesh.value);
  return Math.max(opening.left, opening.right);
}
