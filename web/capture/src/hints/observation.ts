/** Position as a share of the picture, 0 … 1; the picture is the camera's own, not mirrored. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface FaceReading {
  /** Height of the face box as a share of the picture's height. */
  readonly fraction: number;
  readonly centre: Point;
  /** Sideways turn as a ratio of the eye distance, 0 when straight. */
  readonly yaw: number;
  /** About 0.5 when straight, smaller when the face looks up. */
  readonly pitch: number;
  readonly rollDegrees: number;
  /** Mean luma 0 … 255 of the face, of its halves (left and right in the picture), and of everything else. */
  readonly luma: number;
  readonly leftLuma: number;
  readonly rightLuma: number;
  readonly backgroundLuma: number;
  /** Variance of the Laplacian over the face at 128 pixels a side; small means soft. */
  readonly sharpness: number;
  /** Lid distance ÷ eye width, the better eye; null while the mesh is not loaded. */
  readonly eyeOpening: number | null;
}

/** What the tracker saw in one camera frame. Guidance only: the server measures again and decides. */
export interface Observation {
  readonly faces: number;
  /** Mean luma 0 … 255 of a 32×24 thumbnail. */
  readonly luma: number;
  readonly face: FaceReading | null;
}
