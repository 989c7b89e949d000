import { describe, expect, it } from 'vitest';
import { type HintCode, type HintGate, isHintCode, kEmptyGate, offerHint } from './gate';

function offerAll(gate: HintGate, codes: readonly HintCode[], startMs: number, everyMs = 33): HintGate {
  return codes.reduce((state, code, index) => offerHint(state, code, startMs + index * everyMs), gate);
}

describe('the one hint on the screen', () => {
  it('appears after three agreeing frames, not after two', () => {
    expect(offerAll(kEmptyGate, ['too_far', 'too_far'], 0).shown).toBeNull();
    expect(offerAll(kEmptyGate, ['too_far', 'too_far', 'too_far'], 0).shown).toBe('too_far');
  });

  it('does not appear while frames disagree', () => {
    expect(offerAll(kEmptyGate, ['too_far', 'no_face', 'too_far', 'no_face', 'too_far'], 0).shown).toBeNull();
  });

  it('stays at least 700 ms', () => {
    const shown = offerAll(kEmptyGate, ['too_far', 'too_far', 'too_far'], 0);
    const soon = offerAll(shown, ['great', 'great', 'great', 'great'], 100);
    expect(soon.shown).toBe('too_far');
    expect(offerHint(soon, 'great', 66 + 700).shown).toBe('great');
  });

  it('needs three new agreeing frames after one frame of the old hint', () => {
    const shown = offerAll(kEmptyGate, ['too_far', 'too_far', 'too_far'], 0);
    const mixed = offerAll(shown, ['great', 'great', 'too_far', 'great', 'great'], 1_000);
    expect(mixed.shown).toBe('too_far');
  });

  it('does not change identity when the same hint is offered again', () => {
    const shown = offerAll(kEmptyGate, ['great', 'great', 'great'], 0);
    expect(offerHint(shown, 'great', 5_000)).toBe(shown);
  });
});

describe('hint codes of the server', () => {
  it('are recognised, and unknown ones are not', () => {
    expect(isHintCode('glasses_glare')).toBe(true);
    expect(isHintCode('dance')).toBe(false);
    expect(isHintCode('toString')).toBe(false);
  });
});
