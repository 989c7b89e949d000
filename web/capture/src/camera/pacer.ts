import type { Limits } from '../state/model';

/** How many pictures may travel without an acknowledgement; more would only queue up and arrive stale. */
export const kMaxInFlight = 3;
export const kKeyIntervalMs = 200;
export const kSlowKeyIntervalMs = 800;
export const kChallengeIntervalMs = 83;
/** Movements take seconds; seven pictures a second show them well. */
export const kMovementIntervalMs = 140;
/** An acknowledgement later than this ends the capture as `network_slow`. */
export const kAckPatienceMs = 20_000;
const kFramesPerStep = 4;
const kChallengeFrameBytes = 12_000;

/** What one capture has sent so far. Times are the page's clock in milliseconds. */
export interface Pacer {
  readonly limits: Limits;
  readonly steps: number;
  /** Movements are shown: their own budget counts, from `budgetFrom` on. */
  readonly moving: boolean;
  readonly budgetFrom: { readonly requested: number; readonly bytes: number };
  readonly requested: number;
  readonly acknowledged: number;
  readonly bytes: number;
  readonly lastAtMs: number;
  readonly waitingSinceMs: number | null;
}

export function newPacer(limits: Limits, steps: number): Pacer {
  return {
    limits,
    steps,
    moving: false,
    budgetFrom: { requested: 0, bytes: 0 },
    requested: 0,
    acknowledged: 0,
    bytes: 0,
    lastAtMs: Number.NEGATIVE_INFINITY,
    waitingSinceMs: null,
  };
}

/** Frames and bytes that the challenge will need are kept back from the key frames. */
function keyBudget(pacer: Pacer): { readonly frames: number; readonly bytes: number } {
  const reserved = pacer.steps * kFramesPerStep;
  return {
    frames: pacer.limits.maxFrames - reserved,
    bytes: pacer.limits.maxTotalBytes - reserved * kChallengeFrameBytes - pacer.limits.maxFrameBytes,
  };
}

/** Called for every movement step; only the first one starts the new budget. */
export function beginMovements(pacer: Pacer, limits: Limits): Pacer {
  if (pacer.moving) return pacer;
  const { requested, bytes } = pacer;
  return { ...pacer, limits, steps: 0, moving: true, budgetFrom: { requested, bytes } };
}

export function mayRequest(pacer: Pacer, phase: 0 | 1, atMs: number): boolean {
  if (pacer.requested - pacer.acknowledged >= kMaxInFlight) return false;
  const { limits } = pacer;
  if (phase === 1) {
    const frames = pacer.requested - pacer.budgetFrom.requested;
    const bytes = pacer.bytes - pacer.budgetFrom.bytes;
    const room = frames < limits.maxFrames && bytes + kChallengeFrameBytes < limits.maxTotalBytes;
    const interval = pacer.moving ? kMovementIntervalMs : kChallengeIntervalMs;
    return room && atMs - pacer.lastAtMs >= interval;
  }
  const budget = keyBudget(pacer);
  if (pacer.requested >= budget.frames || pacer.bytes >= budget.bytes) return false;
  const halfGone = pacer.requested * 2 >= budget.frames || pacer.bytes * 2 >= budget.bytes;
  return atMs - pacer.lastAtMs >= (halfGone ? kSlowKeyIntervalMs : kKeyIntervalMs);
}

export function noteRequested(pacer: Pacer, atMs: number): Pacer {
  return {
    ...pacer,
    requested: pacer.requested + 1,
    lastAtMs: atMs,
    waitingSinceMs: pacer.waitingSinceMs ?? atMs,
  };
}

export function noteSent(pacer: Pacer, bytes: number): Pacer {
  return { ...pacer, bytes: pacer.bytes + bytes };
}

/** The picture could not be encoded: it never took a sequence number, so nothing will be acknowledged. */
export function noteDropped(pacer: Pacer, atMs: number): Pacer {
  return settle({ ...pacer, requested: pacer.requested - 1 }, atMs);
}

export function noteAcknowledged(pacer: Pacer, seq: number, atMs: number): Pacer {
  const acknowledged = Math.min(pacer.requested, Math.max(pacer.acknowledged, seq + 1));
  return acknowledged === pacer.acknowledged ? pacer : settle({ ...pacer, acknowledged }, atMs);
}

function settle(pacer: Pacer, atMs: number): Pacer {
  return { ...pacer, waitingSinceMs: pacer.requested > pacer.acknowledged ? atMs : null };
}

export function acknowledgementIsLate(pacer: Pacer, atMs: number): boolean {
  return pacer.waitingSinceMs !== null && atMs - pacer.waitingSinceMs >= kAckPatienceMs;
}
