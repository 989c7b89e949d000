import { type HintCode, kGoodFrames } from '../hints/gate';
import type { CaptureScreen, Model, Screen } from './model';

const kMovementSteps = 8;

const kLive: ReadonlySet<Screen['kind']> = new Set([
  'permission',
  'camera_starting',
  'guide',
  'challenge_colour',
  'challenge_movement',
  'checking',
]);

/** A capture is under way: from the permission prompt until the verdict. */
export function isLive(screen: Screen): screen is CaptureScreen {
  return kLive.has(screen.kind);
}

/** The screen that the user works on, also while the cancel question covers it. */
export function underlying(screen: Screen): Screen {
  return screen.kind === 'cancel_confirm' ? screen.behind : screen;
}

/** The camera may run on these screens only; everywhere else it is stopped, whatever led there. */
export function needsCamera(model: Model): boolean {
  const screen = underlying(model.screen);
  return isLive(screen) && screen.kind !== 'checking';
}

export function needsStream(model: Model): boolean {
  const screen = underlying(model.screen);
  if (screen.kind === 'guide') return screen.stage !== 'search';
  return (
    screen.kind === 'challenge_colour' || screen.kind === 'challenge_movement' || screen.kind === 'checking'
  );
}

/** Nothing is sent while the cancel question is open, nor before the colour is really on the screen. */
export function wantedPicture(model: Model): { readonly phase: 0 | 1; readonly step: number } | null {
  const { screen } = model;
  if (screen.kind === 'guide' && screen.stage === 'hold') {
    const good = model.guidance !== 'tracker' || screen.tracking.goodFrames > 0;
    return good ? { phase: 0, step: 0 } : null;
  }
  if (screen.kind === 'challenge_movement')
    return screen.movement === null ? { phase: 0, step: 0 } : { phase: 1, step: screen.index };
  if (screen.kind !== 'challenge_colour') return null;
  // In the pause before a new sequence key frames show the server that the face is back.
  if (screen.index < 0) return { phase: 0, step: 0 };
  return screen.painted ? { phase: 1, step: screen.index } : null;
}

export function shownHint(screen: Screen): HintCode | null {
  const inner = underlying(screen);
  return inner.kind === 'guide' ? inner.tracking.gate.shown : null;
}

/** 0 … 1 for the ring around the oval. */
export function progressOf(screen: Screen): number {
  const inner = underlying(screen);
  switch (inner.kind) {
    case 'guide':
      if (inner.stage === 'search') return 0.4 * Math.min(1, inner.tracking.goodFrames / kGoodFrames);
      return 0.4;
    case 'challenge_colour':
      return 0.45 + (0.55 * Math.max(0, inner.index)) / Math.max(1, inner.challenge.steps);
    case 'challenge_movement':
      return 0.45 + (0.55 * Math.max(0, inner.index)) / kMovementSteps;
    case 'checking':
      return 1;
    default:
      return 0;
  }
}
