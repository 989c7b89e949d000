import { beforeEach, describe, expect, it } from 'vitest';
import { kAckPatienceMs } from '../camera/pacer';
import type { StreamHandlers } from '../protocol/stream';
import type { CaptureEvent } from '../state/events';
import { kChallenge } from '../state/fixtures';
import { kSilenceMs, type Line, openLine } from './line';

let nowMs: number;
let server: StreamHandlers;
let sent: unknown[];
let events: CaptureEvent[];
let line: Line;

beforeEach(() => {
  nowMs = 1_000;
  sent = [];
  events = [];
  line = openLine(
    kChallenge,
    () => nowMs,
    (handlers) => {
      server = handlers;
      return {
        sendFrame: (frame) => sent.push(frame),
        send: (message) => sent.push(message),
        close: () => sent.push('close'),
      };
    },
    (event) => events.push(event),
  );
});

describe('a capture’s line', () => {
  it('sends nothing before the server is ready', () => {
    expect(line.claim(0, nowMs)).toBe(false);
    server.message({ type: 'ready' });
    expect(line.claim(0, nowMs)).toBe(true);
  });

  it('waits when three frames are on their way, until one is acknowledged', () => {
    server.message({ type: 'ready' });
    for (const atMs of [1_000, 2_000, 3_000]) expect(line.claim(0, atMs)).toBe(true);
    expect(line.claim(0, 9_000)).toBe(false);
    server.message({ type: 'ack', seq: 0 });
    expect(line.claim(0, 9_000)).toBe(true);
  });

  it('frees the place of a picture that was not made', () => {
    server.message({ type: 'ready' });
    for (const atMs of [1_000, 2_000, 3_000]) line.claim(0, atMs);
    line.pictureDropped(4_000);
    expect(line.claim(0, 9_000)).toBe(true);
  });

  it('passes pictures and "painted" on, and nothing once closed', () => {
    line.pictureMade(Uint8Array.of(1));
    line.painted(2);
    line.close();
    line.pictureMade(Uint8Array.of(2));
    expect(sent).toEqual([Uint8Array.of(1), { type: 'painted', index: 2 }, 'close']);
    server.message({ type: 'ready' });
    expect(line.claim(0, nowMs)).toBe(false);
  });

  it('turns messages into events', () => {
    server.message({ type: 'hint', code: 'too_far' });
    server.message({ type: 'step', index: 1, color: '#FFFFFF' });
    server.message({ type: 'restart', secondCheck: false });
    server.message({ type: 'checking' });
    server.message({ type: 'result', status: 'passed', code: 'passed', attemptsLeft: 2 });
    server.message({ type: 'error', code: 'expired' });
    server.failed('network_lost');
    expect(events).toEqual([
      { kind: 'server_hint', code: 'too_far', atMs: 1_000 },
      { kind: 'step', index: 1, color: '#FFFFFF' },
      { kind: 'restart', secondCheck: false },
      { kind: 'checking' },
      { kind: 'result', status: 'passed', code: 'passed', attemptsLeft: 2 },
      { kind: 'stream_failed', code: 'expired' },
      { kind: 'stream_failed', code: 'network_lost' },
    ]);
  });

  it('calls a server that acknowledges nothing slow', () => {
    server.message({ type: 'ready' });
    line.claim(0, 1_000);
    line.checkPatience(1_000 + kAckPatienceMs - 1);
    expect(events).toEqual([]);
    line.checkPatience(1_000 + kAckPatienceMs);
    expect(events).toEqual([{ kind: 'stream_failed', code: 'network_slow' }]);
  });

  it('calls a server that says nothing at all slow, unless the line is closed', () => {
    line.checkPatience(1_000 + kSilenceMs);
    expect(events).toHaveLength(1);
    line.close();
    line.checkPatience(9_000 + kSilenceMs);
    expect(events).toHaveLength(1);
  });
});
