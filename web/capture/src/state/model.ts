import type { HintCode, HintGate } from '../hints/gate';
import type { Point } from '../hints/observation';

export type Purpose = 'enrolment' | 'verification';
export type Liveness = 'both' | 'active' | 'passive' | 'none';

/** What the server says about this verification; the page shows it and never changes it. */
export interface Session {
  readonly verificationId: string;
  readonly purpose: Purpose;
  readonly status: 'open' | 'passed' | 'failed';
  readonly code: string | null;
  readonly application: string;
  readonly account: string;
  readonly locale: string;
  readonly consent: Consent;
  readonly branding: Branding;
  readonly policy: Policy;
  readonly attempts: { readonly used: number; readonly max: number };
  readonly expiresAt: string;
}

export interface Consent {
  readonly required: boolean;
  readonly version: string;
  readonly sha256: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** How the organisation wants the page to look. null: the page's own. */
export interface Branding {
  readonly name: string | null;
  /** '#rrggbb', readable with white. */
  readonly accent: string | null;
  /** Path of a PNG on this host. */
  readonly logo: string | null;
  readonly supportEmail: string | null;
  readonly headline: string | null;
}

export interface Policy {
  readonly liveness: Liveness;
  readonly minFaceFraction: number;
  readonly maxFaceFraction: number;
}

export interface Limits {
  readonly maxFrames: number;
  readonly maxFrameBytes: number;
  readonly maxTotalBytes: number;
  readonly maxSide: number;
}

/** One charged attempt. `nonce` and `macKey` are base64url, as received. */
export interface Challenge {
  readonly challengeId: string;
  readonly ticket: string;
  readonly nonce: string;
  readonly macKey: string;
  readonly kind: 'colour_sequence' | 'movement' | 'none';
  readonly steps: number;
  readonly limits: Limits;
  /** A budget of its own: it starts with the first movement. */
  readonly movementLimits: Limits;
}

export const kMovements = ['look_ahead', 'turn_left', 'turn_right', 'approach', 'close_eyes'] as const;
export type Movement = (typeof kMovements)[number];

/** Facts about the browser, gathered once before anything else. */
export interface Environment {
  readonly secureContext: boolean;
  readonly cameraApi: boolean;
  readonly cameraPolicy: boolean;
  readonly inAppBrowser: boolean;
  /** The user asked the system for calm screens: colours are not the first choice. */
  readonly reducedMotion: boolean;
}

export interface Camera {
  readonly deviceId: string;
  readonly label: string;
}

export interface Problem {
  readonly code: string;
  /** Request id to quote to support; null when the request never reached the server. */
  readonly reference: string | null;
  readonly retryAfterS: number | null;
}

/** Which request or stage to repeat when the user (or the countdown) asks for another try. */
export type RetryPlan = 'session' | 'consent' | 'capture' | 'cancel' | 'none';

export interface Tracking {
  readonly sinceMs: number;
  readonly goodFrames: number;
  readonly blackFrames: number;
  readonly centre: Point | null;
  readonly gate: HintGate;
  /** The server's word on the key frames; it stands until the next one. */
  readonly serverHint: HintCode | null;
}

export type CaptureScreen =
  | { readonly kind: 'permission'; readonly ignored: boolean }
  | { readonly kind: 'camera_starting' }
  | {
      readonly kind: 'guide';
      /** `search`: nothing is sent yet. `opening`: an attempt is being charged. `hold`: key frames are sent. */
      readonly stage: 'search' | 'opening' | 'hold';
      readonly challenge: Challenge | null;
      readonly tracking: Tracking;
    }
  | {
      readonly kind: 'challenge_colour';
      readonly challenge: Challenge;
      /** −1 after a restart until the next step is revealed. */
      readonly index: number;
      readonly color: string | null;
      readonly painted: boolean;
      readonly interrupted: boolean;
    }
  | {
      readonly kind: 'challenge_movement';
      readonly challenge: Challenge;
      readonly index: number;
      /** Null until the next step is revealed: after an interruption, or between two kinds of challenge. */
      readonly movement: Movement | null;
      readonly interrupted: boolean;
    }
  | { readonly kind: 'checking' };

export type Screen =
  | { readonly kind: 'boot' }
  | { readonly kind: 'unsupported'; readonly code: 'insecure_context' | 'unsupported_browser' }
  | { readonly kind: 'in_app' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'consent'; readonly busy: boolean; readonly unticked: boolean }
  | { readonly kind: 'consent_declined'; readonly busy: boolean }
  | { readonly kind: 'intro' }
  | CaptureScreen
  | { readonly kind: 'retry'; readonly code: string; readonly attemptsLeft: number }
  | { readonly kind: 'success' }
  | { readonly kind: 'returning' }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'attempts_used' }
  | { readonly kind: 'cancel_confirm'; readonly behind: Screen; readonly busy: boolean }
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly reference: string | null;
      readonly plan: RetryPlan;
      /** Seconds until the page repeats the request by itself; null when only the user may. */
      readonly retryInS: number | null;
    };

export interface Model {
  readonly screen: Screen;
  readonly environment: Environment;
  readonly session: Session | null;
  readonly receipt: string | null;
  /** `server`: no tracker here, the server's hints guide. */
  readonly guidance: 'loading' | 'tracker' | 'server';
  readonly cameras: readonly Camera[];
  readonly deviceId: string | null;
  readonly cancelReason: 'cancelled' | 'other_method';
  /** The user's choice: movements in place of colours. */
  readonly prefersMovement: boolean;
}
