import { evaluate } from '../hints/evaluate';
import { type HintCode, isHintCode, kAgreeingFrames, kGoodFrames, offerHint } from '../hints/gate';
import type { Observation } from '../hints/observation';
import { guideByServer } from './camera-steps';
import type { CaptureEvent, Step } from './events';
import { runPlan } from './exit-steps';
import type { Challenge, Model, Movement, Policy, Screen, Tracking } from './model';
import { endedScreen } from './session-steps';
import { assertNever, show, showError, stay } from './step';

export const kFaceTimeoutMs = 20_000;
/** How long a guide waits for the tracker before the server guides instead. */
export const kTrackerPatienceMs = 6_000;
/** A covered lens delivers black pictures; this many in a row are no accident. */
export const kBlackFrames = 40;
const kBlackLuma = 3;
const kDefaultPolicy: Policy = { liveness: 'both', minFaceFraction: 0.28, maxFaceFraction: 0.8 };

type CaptureStepEvent = Extract<
  CaptureEvent,
  {
    kind:
      | 'observed'
      | 'tick'
      | 'challenge_opened'
      | 'server_hint'
      | 'step'
      | 'movement'
      | 'painted'
      | 'restart'
      | 'checking'
      | 'result'
      | 'stream_failed';
  }
>;

type GuideScreen = Extract<Screen, { kind: 'guide' }>;

/** From the first frame to the verdict. */
export function reduceCapture(model: Model, event: CaptureStepEvent): Step {
  const { screen } = model;
  switch (event.kind) {
    case 'observed':
      return screen.kind === 'guide' ? observe(model, screen, event.observation, event.atMs) : stay(model);
    case 'tick':
      return tick(model, event.atMs);
    case 'challenge_opened':
      if (screen.kind !== 'guide' || screen.stage !== 'opening') return stay(model);
      return show(
        model,
        { ...screen, stage: 'hold', challenge: event.challenge },
        { kind: 'open_stream', challenge: event.challenge },
      );
    case 'server_hint':
      return serverHint(model, event.code, event.atMs);
    case 'step':
      return reveal(model, event.index, event.color);
    case 'movement':
      return instruct(model, event.index, event.movement);
    case 'painted':
      if (screen.kind !== 'challenge_colour' || screen.index !== event.index) return stay(model);
      return show(model, { ...screen, painted: true });
    case 'restart':
      return restart(model, event.secondCheck);
    case 'checking':
      return screen.kind === 'guide' || challengeOf(screen) !== null
        ? show(model, { kind: 'checking' })
        : stay(model);
    case 'result':
      return result(model, event.status, event.code, event.attemptsLeft);
    case 'stream_failed':
      return streamFailed(model, event.code);
    default:
      return assertNever(event);
  }
}

function observe(model: Model, screen: GuideScreen, observation: Observation, atMs: number): Step {
  const { tracking } = screen;
  const blackFrames = observation.luma < kBlackLuma ? tracking.blackFrames + 1 : 0;
  if (blackFrames >= kBlackFrames) return showError(model, 'camera_muted', 'capture');
  const code = evaluate(observation, model.session?.policy ?? kDefaultPolicy, tracking.centre);
  const goodFrames = code === 'great' ? tracking.goodFrames + 1 : 0;
  const next: Tracking = {
    ...tracking,
    goodFrames,
    blackFrames,
    centre: observation.face?.centre ?? null,
    gate: offerHint(tracking.gate, withServerHint(code, tracking), atMs),
  };
  if (screen.stage === 'search' && goodFrames >= kGoodFrames) {
    return show(model, { ...screen, stage: 'opening', tracking: next }, { kind: 'open_challenge' });
  }
  return show(model, { ...screen, tracking: next });
}

/** Where the tracker has no complaint, the server's counts: it sees glare, masks and bystanders that the tracker cannot. */
function withServerHint(code: HintCode, tracking: Tracking): HintCode {
  return code === 'great' ? (tracking.serverHint ?? code) : code;
}

function serverHint(model: Model, name: string, atMs: number): Step {
  const { screen } = model;
  const code = name === 'none' ? 'great' : name;
  if (screen.kind !== 'guide' || !isHintCode(code)) return stay(model);
  const next: GuideScreen = { ...screen, tracking: { ...screen.tracking, serverHint: code } };
  return model.guidance === 'server' ? show(model, offerServerHint(next, atMs)) : show(model, next);
}

/** The server speaks only when its hint changes, so each of its words stands for agreeing frames, and is offered again. */
function offerServerHint(screen: GuideScreen, atMs: number): GuideScreen {
  const { tracking } = screen;
  const code = tracking.serverHint;
  if (code === null || code === tracking.gate.shown) return screen;
  const agreed = { ...tracking.gate, candidate: code, agreeing: kAgreeingFrames };
  return { ...screen, tracking: { ...tracking, gate: offerHint(agreed, code, atMs) } };
}

function tick(model: Model, atMs: number): Step {
  const { screen } = model;
  if (screen.kind === 'error' && screen.retryInS !== null) return countDown(model, screen, screen.retryInS);
  if (screen.kind !== 'guide') return stay(model);
  if (model.guidance === 'server') return show(model, offerServerHint(screen, atMs));
  if (screen.stage !== 'search') return stay(model);
  const waitedMs = atMs - screen.tracking.sinceMs;
  if (model.guidance === 'loading' && waitedMs >= kTrackerPatienceMs) return guideByServer(model);
  return waitedMs >= kFaceTimeoutMs ? showError(model, 'face_timeout', 'capture') : stay(model);
}

/** Called once a second; at zero the refused request is repeated. */
function countDown(model: Model, screen: Extract<Screen, { kind: 'error' }>, retryInS: number): Step {
  return retryInS > 1 ? show(model, { ...screen, retryInS: retryInS - 1 }) : runPlan(model, screen.plan);
}

function reveal(model: Model, index: number, color: string): Step {
  const { screen } = model;
  const challenge = challengeOf(screen);
  if (challenge === null) return stay(model);
  return show(
    model,
    { kind: 'challenge_colour', challenge, index, color, painted: false, interrupted: false },
    { kind: 'paint', index, color },
  );
}

/** The charged attempt of a screen on which the server may still ask for something. */
function challengeOf(screen: Screen): Challenge | null {
  switch (screen.kind) {
    case 'guide':
    case 'challenge_colour':
    case 'challenge_movement':
      return screen.challenge;
    default:
      return null;
  }
}

function instruct(model: Model, index: number, movement: Movement): Step {
  const challenge = challengeOf(model.screen);
  if (challenge === null) return stay(model);
  return show(
    model,
    { kind: 'challenge_movement', challenge, index, movement, interrupted: false },
    { kind: 'instruct', index },
  );
}

function restart(model: Model, secondCheck: boolean): Step {
  const { screen } = model;
  if (screen.kind === 'challenge_movement')
    return show(model, { ...screen, index: -1, movement: null, interrupted: true });
  if (screen.kind !== 'challenge_colour') return stay(model);
  if (!secondCheck)
    return show(model, { ...screen, index: -1, color: null, painted: false, interrupted: true });
  const { challenge } = screen;
  return show(model, {
    kind: 'challenge_movement',
    challenge,
    index: -1,
    movement: null,
    interrupted: false,
  });
}

function result(model: Model, status: string, code: string, attemptsLeft: number): Step {
  const { screen } = model;
  if (screen.kind !== 'guide' && challengeOf(screen) === null && screen.kind !== 'checking')
    return stay(model);
  if (status === 'passed') return show(model, { kind: 'success' }, { kind: 'show_success' });
  if (status === 'retry' && attemptsLeft > 0) return show(model, { kind: 'retry', code, attemptsLeft });
  return show(model, endedScreen(status === 'retry' ? 'failed' : code));
}

function streamFailed(model: Model, code: string): Step {
  const { screen } = model;
  if (screen.kind !== 'guide' && challengeOf(screen) === null && screen.kind !== 'checking')
    return stay(model);
  return showError(model, code, 'session');
}
