import type { ModelName, Outcome, TrackerError, WasmSource } from './types';

/** What `facetrack.wasm` exports; see src/engine/exports.cpp. Pointers are byte offsets into `memory`. */
export interface Engine {
  readonly memory: WebAssembly.Memory;
  ft_image(): number;
  ft_image_bytes(): number;
  ft_detections(): number;
  ft_mesh_points(): number;
  ft_load(model: number, bytes: number): number;
  ft_detect(width: number, height: number): number;
  ft_mesh(width: number, height: number): number;
}

export const kModelIndex: Readonly<Record<ModelName, number>> = { detector: 0, mesh: 1 };

const kExportedFunctions = [
  'ft_image',
  'ft_image_bytes',
  'ft_detections',
  'ft_mesh_points',
  'ft_load',
  'ft_detect',
  'ft_mesh',
] as const;

/** A module of one function that returns a v128 constant: valid only where SIMD is. */
const kSimdProbe = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
]);

/** Compiles and starts the engine; a `Response` is compiled while it arrives if its media type allows that. */
export async function startEngine(source: WasmSource): Promise<Outcome<Engine>> {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(kSimdProbe)) {
    return failed({ kind: 'wasm_unsupported', detail: 'this browser has no WebAssembly SIMD' });
  }
  try {
    const engine: unknown = (await instantiate(await source)).exports;
    if (isEngine(engine)) return { kind: 'ok', value: engine };
    return failed({ kind: 'wasm_failed', detail: 'the module is not a face tracker engine' });
  } catch (cause) {
    return failed({ kind: 'wasm_failed', detail: cause instanceof Error ? cause.message : String(cause) });
  }
}

async function instantiate(source: ArrayBuffer | Uint8Array | Response): Promise<WebAssembly.Instance> {
  if (!isResponse(source)) return (await WebAssembly.instantiate(toBufferSource(source))).instance;
  if (!source.ok) throw new Error(`the engine was answered with HTTP ${source.status}`);
  if (typeof WebAssembly.instantiateStreaming !== 'function') return fromBytes(source);
  const retry = source.clone();
  try {
    return (await WebAssembly.instantiateStreaming(source)).instance;
  } catch {
    return fromBytes(retry); // served with another media type than application/wasm
  }
}

async function fromBytes(response: Response): Promise<WebAssembly.Instance> {
  return (await WebAssembly.instantiate(await response.arrayBuffer())).instance;
}

/** A view of exactly the given bytes on plain memory, which is all that compilation accepts. */
function toBufferSource(bytes: ArrayBuffer | Uint8Array): ArrayBuffer | Uint8Array<ArrayBuffer> {
  return bytes instanceof Uint8Array ? new Uint8Array(bytes) : bytes;
}

function isResponse(source: ArrayBuffer | Uint8Array | Response): source is Response {
  return typeof Response !== 'undefined' && source instanceof Response;
}

function isEngine(exports: unknown): exports is Engine {
  if (typeof exports !== 'object' || exports === null) return false;
  const members = exports as Readonly<Record<string, unknown>>;
  if (!(members.memory instanceof WebAssembly.Memory)) return false;
  return kExportedFunctions.every((name) => typeof members[name] === 'function');
}

function failed(error: TrackerError): Outcome<never> {
  return { kind: 'error', error };
}
