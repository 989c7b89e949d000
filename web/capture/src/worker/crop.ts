export interface Crop {
  readonly sx: number;
  readonly sy: number;
  readonly sw: number;
  readonly sh: number;
  readonly width: number;
  readonly height: number;
}

/** Longer sides in pixels. Key frames carry the detail, challenge frames only colour and position. */
export const kKeySide = 640;
export const kChallengeSide = 448;
export const kTrackingSide = 320;

/**
 * The middle 4:3 (or 3:4) of a camera picture, so that every camera shows the whole face with background around it.
 * Small pictures are not enlarged.
 */
export function cropTo(sourceWidth: number, sourceHeight: number, longSide: number): Crop {
  const portrait = sourceHeight > sourceWidth;
  const aspect = portrait ? 3 / 4 : 4 / 3;
  const sw = Math.min(sourceWidth, Math.round(sourceHeight * aspect));
  const sh = Math.min(sourceHeight, Math.round(sourceWidth / aspect));
  const scale = Math.min(1, longSide / Math.max(sw, sh));
  return {
    sx: Math.floor((sourceWidth - sw) / 2),
    sy: Math.floor((sourceHeight - sh) / 2),
    sw,
    sh,
    width: Math.max(1, Math.round(sw * scale)),
    height: Math.max(1, Math.round(sh * scale)),
  };
}
