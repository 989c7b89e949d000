export const kHintCodes = [
  'no_face',
  'multiple_faces',
  'too_dark',
  'too_bright',
  'backlit',
  'uneven_light',
  'too_far',
  'too_close',
  'move_left',
  'move_right',
  'move_up',
  'move_down',
  'look_straight',
  'raise_phone',
  'hold_still',
  'blurry',
  'clean_lens',
  'eyes_closed',
  'look_at_screen',
  'glasses_glare',
  'sunglasses',
  'mask_or_hand',
  'hat_shadow',
  'neutral_face',
  'low_fps',
  'great',
] as const;

export type HintCode = (typeof kHintCodes)[number];

export function isHintCode(code: string): code is HintCode {
  return (kHintCodes as readonly string[]).includes(code);
}

/** One hint at a time: a new one needs agreeing frames, and the old one its time on the screen. */
export const kMinimumShownMs = 700;
export const kAgreeingFrames = 3;
/** So many good frames in a row end the search. */
export const kGoodFrames = 6;

export interface HintGate {
  readonly shown: HintCode | null;
  readonly shownAtMs: number;
  readonly candidate: HintCode | null;
  readonly agreeing: number;
}

export const kEmptyGate: HintGate = { shown: null, shownAtMs: 0, candidate: null, agreeing: 0 };

export function offerHint(gate: HintGate, code: HintCode, atMs: number): HintGate {
  if (code === gate.shown) return gate.candidate === null ? gate : { ...gate, candidate: null, agreeing: 0 };
  const agreeing = code === gate.candidate ? gate.agreeing + 1 : 1;
  const oldHasHadItsTime = gate.shown === null || atMs - gate.shownAtMs >= kMinimumShownMs;
  if (agreeing >= kAgreeingFrames && oldHasHadItsTime) {
    return { shown: code, shownAtMs: atMs, candidate: null, agreeing: 0 };
  }
  return { ...gate, candidate: code, agreeing };
}
