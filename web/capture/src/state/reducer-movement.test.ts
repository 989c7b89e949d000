import { describe, expect, test } from 'vitest';
import { kEnvironment, kToChallenge, kToHold, kToIntro, play } from './fixtures';
import { initialModel } from './reducer';
import { wantedPicture } from './select';

const turn = { kind: 'movement', index: 1, movement: 'turn_left' } as const;

describe('movements', () => {
  test('are the first choice of a user who asked the system for calm screens', () => {
    expect(initialModel(kEnvironment).prefersMovement).toBe(false);
    expect(initialModel({ ...kEnvironment, reducedMotion: true }).prefersMovement).toBe(true);
  });

  test('can be chosen, and colours again, before the camera starts', () => {
    const chosen = play([...kToIntro, { kind: 'prefer_movement', movement: true }]).model;
    expect(chosen.prefersMovement).toBe(true);
    expect(play([{ kind: 'prefer_movement', movement: false }], chosen).model.prefersMovement).toBe(false);
  });

  test('are shown one by one, and pictures of the step are sent from then on', () => {
    const { model, last } = play([...kToHold, turn]);
    expect(model.screen).toMatchObject({ kind: 'challenge_movement', index: 1, movement: 'turn_left' });
    expect(last).toEqual([{ kind: 'instruct', index: 1 }]);
    expect(wantedPicture(model)).toEqual({ phase: 1, step: 1 });
  });

  test('follow doubtful colours; key frames are sent until the first one is revealed', () => {
    const { model } = play([...kToChallenge, { kind: 'restart', secondCheck: true }]);
    expect(model.screen).toMatchObject({ kind: 'challenge_movement', movement: null, interrupted: false });
    expect(wantedPicture(model)).toEqual({ phase: 0, step: 0 });
  });

  test('start again after an interruption and end in the verdict', () => {
    const interrupted = play([...kToHold, turn, { kind: 'restart', secondCheck: false }]).model;
    expect(interrupted.screen).toMatchObject({ movement: null, interrupted: true });
    const checking = play([turn, { kind: 'checking' }], interrupted).model;
    expect(checking.screen.kind).toBe('checking');
  });
});
