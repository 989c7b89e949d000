import type { FaceReading, Observation } from '../hints/observation';
import type { CaptureEvent, Effect, Step } from './events';
import type { Challenge, Environment, Model, Session } from './model';
import { initialModel, reduce } from './reducer';

/** Building blocks of the reducer's tests. */
export const kEnvironment: Environment = {
  secureContext: true,
  cameraApi: true,
  cameraPolicy: true,
  inAppBrowser: false,
  reducedMotion: false,
};

export const kSession: Session = {
  verificationId: 'ver_1',
  purpose: 'enrolment',
  status: 'open',
  code: null,
  application: 'Demo Bank',
  account: 'alice',
  locale: 'en',
  consent: { required: true, version: '1', sha256: 'aa', title: 'Notice', paragraphs: ['one'] },
  branding: { name: null, accent: null, logo: null, supportEmail: null, headline: null },
  policy: { liveness: 'both', minFaceFraction: 0.28, maxFaceFraction: 0.8 },
  attempts: { used: 0, max: 3 },
  expiresAt: '',
};

export const kAgreed: Session = { ...kSession, consent: { ...kSession.consent, required: false } };

export const kChallenge: Challenge = {
  challengeId: 'chl_1',
  ticket: 't',
  nonce: 'n',
  macKey: 'k',
  kind: 'colour_sequence',
  steps: 6,
  limits: { maxFrames: 60, maxFrameBytes: 200_000, maxTotalBytes: 1_500_000, maxSide: 1280 },
  movementLimits: { maxFrames: 240, maxFrameBytes: 200_000, maxTotalBytes: 4_000_000, maxSide: 1280 },
};

const kFace: FaceReading = {
  fraction: 0.55,
  centre: { x: 0.5, y: 0.52 },
  yaw: 0,
  pitch: 0.55,
  rollDegrees: 0,
  luma: 120,
  leftLuma: 120,
  rightLuma: 120,
  backgroundLuma: 120,
  sharpness: 80,
  eyeOpening: null,
};

export const kGoodFrame: Observation = { faces: 1, luma: 120, face: kFace };
export const kFarFrame: Observation = { faces: 1, luma: 120, face: { ...kFace, fraction: 0.1 } };
export const kBlackFrame: Observation = { faces: 0, luma: 0, face: null };

export interface Run {
  readonly model: Model;
  readonly effects: readonly Effect[];
  readonly last: readonly Effect[];
}

/** Plays events from the start (or from a model) and collects the effects. */
export function play(events: readonly CaptureEvent[], from: Model = initialModel(kEnvironment)): Run {
  return events.reduce<Run>(
    (run, event) => {
      const step: Step = reduce(run.model, event);
      return { model: step.model, effects: [...run.effects, ...step.effects], last: step.effects };
    },
    { model: from, effects: [], last: [] },
  );
}

export const booted: CaptureEvent = { kind: 'booted', entry: { kind: 'verification', id: 'ver_1' } };
export const loaded = (session: Session): CaptureEvent => ({ kind: 'session_loaded', session });
export const seen = (observation: Observation, atMs = 0): CaptureEvent => ({
  kind: 'observed',
  observation,
  atMs,
});
export const failed = (
  request: 'session' | 'consent' | 'challenge' | 'cancel',
  code: string,
  retryAfterS: number | null = null,
): CaptureEvent => ({ kind: 'request_failed', request, problem: { code, reference: 'req_1', retryAfterS } });

export const kToIntro: readonly CaptureEvent[] = [booted, loaded(kAgreed), { kind: 'tracker_ready' }];
export const kToPermission: readonly CaptureEvent[] = [...kToIntro, { kind: 'start_camera' }];
export const kToStarting: readonly CaptureEvent[] = [
  ...kToPermission,
  { kind: 'camera_opened', cameras: [{ deviceId: 'one', label: 'One' }], deviceId: 'one' },
];
export const kToGuide: readonly CaptureEvent[] = [...kToStarting, { kind: 'first_frame', atMs: 0 }];
export const kToOpening: readonly CaptureEvent[] = [
  ...kToGuide,
  ...Array.from({ length: 6 }, () => seen(kGoodFrame)),
];
export const kToHold: readonly CaptureEvent[] = [
  ...kToOpening,
  { kind: 'challenge_opened', challenge: kChallenge, atMs: 0 },
];
export const kToStep: readonly CaptureEvent[] = [...kToHold, { kind: 'step', index: 0, color: '#FFB3A7' }];
export const kToChallenge: readonly CaptureEvent[] = [...kToStep, { kind: 'painted', index: 0 }];
export const kToChecking: readonly CaptureEvent[] = [...kToChallenge, { kind: 'checking' }];
