import { describe, expect, it } from 'vitest';
import { parseChallenge, parseMessage } from './parse';

describe('a server message', () => {
  it.each([
    [{ type: 'ready' }, { type: 'ready' }],
    [
      { type: 'ack', seq: 3 },
      { type: 'ack', seq: 3 },
    ],
    [{ type: 'ack' }, { type: 'ack', seq: -1 }],
    [
      { type: 'hint', code: 'too_far' },
      { type: 'hint', code: 'too_far' },
    ],
    [
      { type: 'step', index: 0, kind: 'colour', color: '#FFB3A7', hold_ms: 280 },
      { type: 'step', index: 0, color: '#FFB3A7' },
    ],
    [
      { type: 'restart', code: 'challenge_interrupted' },
      { type: 'restart', secondCheck: false },
    ],
    [
      { type: 'restart', code: 'second_check' },
      { type: 'restart', secondCheck: true },
    ],
    [
      { type: 'step', index: 1, kind: 'movement', movement: 'turn_left' },
      { type: 'movement', index: 1, movement: 'turn_left' },
    ],
    [{ type: 'checking' }, { type: 'checking' }],
    [
      { type: 'result', status: 'retry', code: 'not_verified', attempts_left: 2 },
      { type: 'result', status: 'retry', code: 'not_verified', attemptsLeft: 2 },
    ],
    [
      { type: 'error', code: 'expired' },
      { type: 'error', code: 'expired' },
    ],
  ])('%o is understood', (json, message) => {
    expect(parseMessage(json)).toEqual(message);
  });

  it('fails closed: a result without status is a failure', () => {
    expect(parseMessage({ type: 'result' })).toEqual({
      type: 'result',
      status: 'failed',
      code: '',
      attemptsLeft: 0,
    });
  });

  it.each([
    null,
    [],
    'ready',
    { type: 'later' },
    { type: 'step', index: 0, color: 'red; background: url(x)' },
    { type: 'step', color: '#FFB3A7' },
  ])('%o is ignored', (json) => {
    expect(parseMessage(json)).toBeNull();
  });
});

describe('a challenge', () => {
  const whole = {
    challenge_id: 'chl_1',
    ticket: 't',
    nonce: 'n',
    mac_key: 'k',
    kind: 'colour_sequence',
    steps: 6,
  };

  it('falls back to the documented limits', () => {
    expect(parseChallenge(whole)?.limits).toEqual({
      maxFrames: 60,
      maxFrameBytes: 200_000,
      maxTotalBytes: 1_500_000,
      maxSide: 1280,
    });
  });

  it.each(['challenge_id', 'ticket', 'nonce', 'mac_key', 'kind'])('is refused without %s', (name) => {
    expect(parseChallenge({ ...whole, [name]: undefined })).toBeNull();
  });
});
