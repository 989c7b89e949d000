import {
  type Branding,
  type Challenge,
  kMovements,
  type Limits,
  type Liveness,
  type Movement,
  type Session,
} from '../state/model';
import { asObject, numberOf, textOf, textsOf } from './read';

const kLiveness: readonly Liveness[] = ['both', 'active', 'passive', 'none'];

/** Null when the answer is not a session this page understands; the caller then reports a protocol error. */
export function parseSession(json: unknown): Session | null {
  const object = asObject(json);
  const consent = asObject(object?.consent);
  const policy = asObject(object?.policy);
  const attempts = asObject(object?.attempts);
  const verificationId = textOf(object, 'verification_id');
  const purpose = textOf(object, 'purpose');
  const status = textOf(object, 'status');
  if (verificationId === null) return null;
  if (purpose !== 'enrolment' && purpose !== 'verification') return null;
  if (status !== 'open' && status !== 'passed' && status !== 'failed') return null;
  const liveness = textOf(policy, 'liveness');
  return {
    verificationId,
    purpose,
    status,
    code: textOf(object, 'code'),
    application: textOf(object, 'application') ?? '',
    account: textOf(object, 'account') ?? '',
    locale: textOf(object, 'locale') ?? 'en',
    consent: {
      required: consent?.required !== false,
      version: textOf(consent, 'version') ?? '',
      sha256: textOf(consent, 'sha256') ?? '',
      title: textOf(consent, 'title') ?? '',
      paragraphs: textsOf(consent, 'paragraphs'),
    },
    branding: parseBranding(object?.branding),
    policy: {
      liveness: kLiveness.find((known) => known === liveness) ?? 'both',
      minFaceFraction: numberOf(policy, 'min_face_fraction') ?? 0.28,
      maxFaceFraction: numberOf(policy, 'max_face_fraction') ?? 0.8,
    },
    attempts: { used: numberOf(attempts, 'used') ?? 0, max: numberOf(attempts, 'max') ?? 0 },
    expiresAt: textOf(object, 'expires_at') ?? '',
  };
}

const kColor = /^#[0-9a-f]{6}$/i;
const kLogo = /^\/api\/capture\/v1\/logos\/[\w/]+$/;

function parseBranding(json: unknown): Branding {
  const object = asObject(json);
  const matching = (name: string, form: RegExp) => {
    const text = textOf(object, name);
    return text !== null && form.test(text) ? text : null;
  };
  return {
    name: textOf(object, 'name'),
    accent: matching('accent', kColor),
    logo: matching('logo', kLogo),
    supportEmail: textOf(object, 'support_email'),
    headline: textOf(object, 'headline'),
  };
}

export function parseChallenge(json: unknown): Challenge | null {
  const object = asObject(json);
  const challengeId = textOf(object, 'challenge_id');
  const ticket = textOf(object, 'ticket');
  const nonce = textOf(object, 'nonce');
  const macKey = textOf(object, 'mac_key');
  const kind = textOf(object, 'kind');
  if (challengeId === null || ticket === null || nonce === null || macKey === null) return null;
  if (kind !== 'colour_sequence' && kind !== 'movement' && kind !== 'none') return null;
  return {
    challengeId,
    ticket,
    nonce,
    macKey,
    kind,
    steps: numberOf(object, 'steps') ?? 0,
    limits: parseLimits(object?.limits),
    movementLimits: parseLimits(object?.movement_limits ?? { max_frames: 240, max_total_bytes: 4_000_000 }),
  };
}

function parseLimits(json: unknown): Limits {
  const object = asObject(json);
  return {
    maxFrames: numberOf(object, 'max_frames') ?? 60,
    maxFrameBytes: numberOf(object, 'max_frame_bytes') ?? 200_000,
    maxTotalBytes: numberOf(object, 'max_total_bytes') ?? 1_500_000,
    maxSide: numberOf(object, 'max_side') ?? 1280,
  };
}

export type ServerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'ack'; readonly seq: number }
  | { readonly type: 'hint'; readonly code: string }
  | { readonly type: 'step'; readonly index: number; readonly color: string }
  | { readonly type: 'movement'; readonly index: number; readonly movement: Movement }
  | { readonly type: 'restart'; readonly secondCheck: boolean }
  | { readonly type: 'checking' }
  | { readonly type: 'result'; readonly status: string; readonly code: string; readonly attemptsLeft: number }
  | { readonly type: 'error'; readonly code: string };

function movementStep(index: number | null, name: string | null): ServerMessage | null {
  const movement = kMovements.find((known) => known === name);
  return index === null || movement === undefined ? null : { type: 'movement', index, movement };
}

/** Null for messages of a later protocol version: they are ignored. */
export function parseMessage(json: unknown): ServerMessage | null {
  const object = asObject(json);
  const code = textOf(object, 'code') ?? '';
  switch (textOf(object, 'type')) {
    case 'ready':
      return { type: 'ready' };
    case 'ack':
      return { type: 'ack', seq: numberOf(object, 'seq') ?? -1 };
    case 'hint':
      return { type: 'hint', code };
    case 'step': {
      const index = numberOf(object, 'index');
      if (textOf(object, 'kind') === 'movement') return movementStep(index, textOf(object, 'movement'));
      const color = textOf(object, 'color');
      return index === null || color === null || !kColor.test(color) ? null : { type: 'step', index, color };
    }
    case 'restart':
      return { type: 'restart', secondCheck: code === 'second_check' };
    case 'checking':
      return { type: 'checking' };
    case 'result': {
      const attemptsLeft = numberOf(object, 'attempts_left') ?? 0;
      return { type: 'result', status: textOf(object, 'status') ?? 'failed', code, attemptsLeft };
    }
    case 'error':
      return { type: 'error', code };
    default:
      return null;
  }
}
