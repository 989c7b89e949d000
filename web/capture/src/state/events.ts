import type { Observation } from '../hints/observation';
import type { Camera, Challenge, Model, Movement, Problem, Session } from './model';

export type RequestName = 'session' | 'consent' | 'challenge' | 'cancel';

export type PageEntry =
  | { readonly kind: 'verification'; readonly id: string }
  | { readonly kind: 'notice'; readonly code: string };

export type UserEvent =
  | { readonly kind: 'continue_here' }
  | { readonly kind: 'agree'; readonly ticked: boolean }
  | { readonly kind: 'decline' }
  | { readonly kind: 'read_again' }
  | { readonly kind: 'start_camera' }
  | { readonly kind: 'prefer_movement'; readonly movement: boolean }
  | { readonly kind: 'choose_camera'; readonly deviceId: string }
  | { readonly kind: 'retry' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'keep_going' }
  | { readonly kind: 'confirm_cancel' }
  | { readonly kind: 'other_method' }
  | { readonly kind: 'back' };

export type CameraEvent =
  | { readonly kind: 'permission_slow' }
  | { readonly kind: 'permission_granted' }
  | { readonly kind: 'camera_opened'; readonly cameras: readonly Camera[]; readonly deviceId: string | null }
  | { readonly kind: 'first_frame'; readonly atMs: number }
  | { readonly kind: 'camera_failed'; readonly code: string }
  | { readonly kind: 'tracker_ready' }
  | { readonly kind: 'tracker_failed' }
  | { readonly kind: 'observed'; readonly observation: Observation; readonly atMs: number }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'tick'; readonly atMs: number };

export type ServerEvent =
  | { readonly kind: 'session_loaded'; readonly session: Session }
  | { readonly kind: 'consent_recorded'; readonly receipt: string }
  | { readonly kind: 'challenge_opened'; readonly challenge: Challenge; readonly atMs: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'request_failed'; readonly request: RequestName; readonly problem: Problem }
  | { readonly kind: 'server_hint'; readonly code: string; readonly atMs: number }
  | { readonly kind: 'step'; readonly index: number; readonly color: string }
  | { readonly kind: 'movement'; readonly index: number; readonly movement: Movement }
  | { readonly kind: 'painted'; readonly index: number }
  | { readonly kind: 'restart'; readonly secondCheck: boolean }
  | { readonly kind: 'checking' }
  | { readonly kind: 'result'; readonly status: string; readonly code: string; readonly attemptsLeft: number }
  | { readonly kind: 'stream_failed'; readonly code: string };

export type CaptureEvent =
  | { readonly kind: 'booted'; readonly entry: PageEntry }
  | { readonly kind: 'success_shown' }
  | UserEvent
  | CameraEvent
  | ServerEvent;

/** What the outside world has to do next. Camera and socket are closed by need, not by an effect: see select.ts. */
export type Effect =
  | { readonly kind: 'load_session' }
  | { readonly kind: 'load_tracker' }
  | { readonly kind: 'send_consent'; readonly accepted: boolean }
  | { readonly kind: 'open_camera'; readonly deviceId: string | null }
  | { readonly kind: 'open_challenge' }
  | { readonly kind: 'open_stream'; readonly challenge: Challenge }
  | { readonly kind: 'instruct'; readonly index: number }
  | { readonly kind: 'paint'; readonly index: number; readonly color: string }
  | { readonly kind: 'send_cancel'; readonly reason: 'cancelled' | 'other_method' }
  | { readonly kind: 'show_success' }
  | { readonly kind: 'submit_return' }
  | { readonly kind: 'leave' };

export interface Step {
  readonly model: Model;
  readonly effects: readonly Effect[];
}
