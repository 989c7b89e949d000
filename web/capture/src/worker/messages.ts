import type { Observation } from '../hints/observation';

export type ToWorker =
  | { readonly kind: 'load'; readonly wasmUrl: string; readonly detectorUrl: string }
  | { readonly kind: 'load_mesh'; readonly meshUrl: string }
  | {
      /** A new capture: the chain starts again. */
      readonly kind: 'begin';
      /** Counts the captures of this page; it comes back with every picture, so that none reaches another's line. */
      readonly capture: number;
      readonly nonce: Uint8Array<ArrayBuffer>;
      readonly macKey: Uint8Array<ArrayBuffer>;
      readonly maxFrameBytes: number;
      /** `performance.timeOrigin` of the page: all times in frames are on its clock. */
      readonly pageTimeOrigin: number;
    }
  | {
      readonly kind: 'frame';
      readonly bitmap: ImageBitmap;
      readonly captureTimeMs: number;
      readonly track: boolean;
      readonly picture: { readonly phase: 0 | 1; readonly step: number } | null;
    };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unavailable'; readonly detail: string }
  | { readonly kind: 'observation'; readonly observation: Observation }
  | { readonly kind: 'picture'; readonly capture: number; readonly frame: Uint8Array<ArrayBuffer> }
  /** The frame is finished; `sent` tells whether a picture left. */
  | { readonly kind: 'done'; readonly sent: boolean };
