/** A position in the caller's picture, in pixels; the origin is the top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An axis-parallel rectangle in pixels; it may reach beyond the picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Right and left are the subject's own; in an unmirrored picture the right eye lies on the picture's left.
 */
export type KeyPoints = readonly [
  rightEye: Point,
  leftEye: Point,
  nose: Point,
  mouth: Point,
  rightEar: Point,
  leftEar: Point,
];

export interface Detection {
  /** 0.5 … 1; weaker candidates are dropped. */
  readonly score: number;
  readonly box: Box;
  readonly keyPoints: KeyPoints;
}

export interface Mesh {
  /** 468 points as x, y, z triples in pixels; z grows away from the camera and is 0 near the face's centre. */
  readonly points: Float32Array;
  /** Probability 0 … 1 that the crop holds a face; below 0.5 the points mean nothing. */
  readonly faceScore: number;
}

export type ModelName = 'detector' | 'mesh';

/** Why a call gave no answer. `detail` is English, for the log, and never shown to a user. */
export type TrackerError =
  /** This browser has no WebAssembly or no SIMD: continue without a tracker. */
  | { readonly kind: 'wasm_unsupported'; readonly detail: string }
  /** The engine did not arrive or did not compile: reloading the asset may help. */
  | { readonly kind: 'wasm_failed'; readonly detail: string }
  /** The model file is truncated, foreign or of another format version. */
  | { readonly kind: 'model_invalid'; readonly model: ModelName; readonly detail: string }
  /** Sizes disagree, are not positive integers, or exceed 1280 × 1280 pixels in all. */
  | { readonly kind: 'image_invalid'; readonly detail: string }
  /** The detection given to `mesh` has no area, or numbers no picture can have. */
  | { readonly kind: 'detection_invalid'; readonly detail: string }
  /** `mesh` was called before the mesh model was loaded. */
  | { readonly kind: 'mesh_not_loaded'; readonly detail: string };

export type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'error'; readonly error: TrackerError };

/** The engine: bytes, or the answer of a fetch (which is compiled while it arrives). */
export type WasmSource = ArrayBuffer | Uint8Array | Response | Promise<Response>;

export interface TrackerSources {
  readonly wasm: WasmSource;
  /** Content of `detector.ftm`. */
  readonly detector: ArrayBuffer;
  /** Content of `mesh.ftm`; may be given later through `loadMesh`. */
  readonly mesh?: ArrayBuffer;
}

/**
 * One tracker holds 16 MB of memory. Every call is synchronous, takes a few milliseconds and belongs in a worker.
 */
export interface Tracker {
  /** All faces with a score above 0.5, best first, at most 16. No face is `ok` with an empty list. */
  detect(rgba: Uint8ClampedArray, width: number, height: number): Outcome<readonly Detection[]>;
  /** The 468 points of one detected face; `null` when the crop turns out to hold no face. */
  mesh(rgba: Uint8ClampedArray, width: number, height: number, detection: Detection): Outcome<Mesh | null>;
  readonly hasMesh: boolean;
  /** Adds the mesh model once it has been downloaded; a second call replaces nothing and is `ok`. */
  loadMesh(model: ArrayBuffer): Outcome<void>;
}
