import { describe, expect, it } from 'vitest';
import {
  acknowledgementIsLate,
  kAckPatienceMs,
  kChallengeIntervalMs,
  kKeyIntervalMs,
  kSlowKeyIntervalMs,
  mayRequest,
  newPacer,
  noteAcknowledged,
  noteDropped,
  noteRequested,
  noteSent,
  type Pacer,
} from './pacer';

const kLimits = { maxFrames: 60, maxFrameBytes: 200_000, maxTotalBytes: 1_500_000, maxSide: 1280 };

function sendOne(pacer: Pacer, atMs: number, bytes = 40_000): Pacer {
  return noteAcknowledged(noteSent(noteRequested(pacer, atMs), bytes), pacer.requested, atMs + 20);
}

describe('the rhythm', () => {
  it('is about five key frames and twelve challenge frames a second', () => {
    const pacer = sendOne(newPacer(kLimits, 6), 1_000);
    expect(mayRequest(pacer, 0, 1_000 + kKeyIntervalMs - 1)).toBe(false);
    expect(mayRequest(pacer, 0, 1_000 + kKeyIntervalMs)).toBe(true);
    expect(mayRequest(pacer, 1, 1_000 + kChallengeIntervalMs - 1)).toBe(false);
    expect(mayRequest(pacer, 1, 1_000 + kChallengeIntervalMs)).toBe(true);
  });

  it('slows down when half of the key frames are used', () => {
    let pacer = newPacer(kLimits, 6);
    for (let sent = 0; sent < 18; ++sent) pacer = sendOne(pacer, sent * 1_000, 1_000);
    expect(mayRequest(pacer, 0, 17_000 + kKeyIntervalMs)).toBe(false);
    expect(mayRequest(pacer, 0, 17_000 + kSlowKeyIntervalMs)).toBe(true);
  });
});

describe('the flow', () => {
  it('never has more than three frames without acknowledgement', () => {
    let pacer = newPacer(kLimits, 6);
    for (const atMs of [0, 1_000, 2_000]) pacer = noteRequested(pacer, atMs);
    expect(mayRequest(pacer, 0, 9_000)).toBe(false);
    expect(mayRequest(noteAcknowledged(pacer, 0, 9_000), 0, 9_000)).toBe(true);
  });

  it('gives the place back of a picture that could not be made', () => {
    let pacer = newPacer(kLimits, 6);
    for (const atMs of [0, 1_000, 2_000]) pacer = noteRequested(pacer, atMs);
    expect(mayRequest(noteDropped(pacer, 3_000), 0, 9_000)).toBe(true);
  });

  it('ignores acknowledgements of frames that were never sent and of old ones', () => {
    const pacer = noteRequested(newPacer(kLimits, 6), 0);
    expect(noteAcknowledged(pacer, 99, 5).acknowledged).toBe(1);
    expect(noteAcknowledged(pacer, -1, 5)).toBe(pacer);
  });

  it('notices an acknowledgement that does not come', () => {
    const pacer = noteRequested(noteRequested(newPacer(kLimits, 6), 0), 5_000);
    expect(acknowledgementIsLate(pacer, kAckPatienceMs - 1)).toBe(false);
    expect(acknowledgementIsLate(pacer, kAckPatienceMs)).toBe(true);
    expect(acknowledgementIsLate(noteAcknowledged(pacer, 1, 6_000), 99_000)).toBe(false);
  });
});

describe('the budget', () => {
  it('keeps room for the whole challenge', () => {
    let pacer = newPacer(kLimits, 6);
    let key = 0;
    while (mayRequest(pacer, 0, key * 10_000) && key < 100) pacer = sendOne(pacer, key++ * 10_000, 1_000);
    expect(key).toBe(36);
    expect(mayRequest(pacer, 1, 9_999_999)).toBe(true);
  });

  it('ends before the bytes are used up', () => {
    let pacer = newPacer(kLimits, 6);
    let key = 0;
    while (mayRequest(pacer, 0, key * 10_000) && key < 100) pacer = sendOne(pacer, key++ * 10_000, 114_000);
    expect(pacer.bytes + 24 * 12_000).toBeLessThan(kLimits.maxTotalBytes);
    expect(key).toBeGreaterThan(5);
  });

  it('stops the challenge at the last allowed frame', () => {
    let pacer = newPacer(kLimits, 6);
    for (let sent = 0; sent < 60; ++sent) pacer = sendOne(pacer, sent * 100, 1_000);
    expect(mayRequest(pacer, 1, 999_999)).toBe(false);
  });
});
