import { reduceCamera } from './camera-steps';
import { reduceCapture } from './capture-steps';
import type { CaptureEvent, Step } from './events';
import { reduceExit } from './exit-steps';
import type { Environment, Model } from './model';
import { isLive } from './select';
import { reduceSession } from './session-steps';
import { assertNever, goBack, stay } from './step';

export function initialModel(environment: Environment): Model {
  return {
    screen: { kind: 'boot' },
    environment,
    session: null,
    receipt: null,
    guidance: 'loading',
    cameras: [],
    deviceId: null,
    cancelReason: 'cancelled',
    prefersMovement: environment.reducedMotion,
  };
}

/**
 * The whole behaviour of the page: a pure function of what is on the screen and what happened.
 * While the question "cancel?" is open, the events of the capture keep reaching the screen behind it.
 */
export function reduce(model: Model, event: CaptureEvent): Step {
  const { screen } = model;
  if (screen.kind === 'cancel_confirm' && reachesScreenBehind(event)) {
    const step = reduce({ ...model, screen: screen.behind }, event);
    if (!isLive(step.model.screen)) return step;
    return { ...step, model: { ...step.model, screen: { ...screen, behind: step.model.screen } } };
  }
  return reduceScreen(model, event);
}

function reachesScreenBehind(event: CaptureEvent): boolean {
  switch (event.kind) {
    case 'cancel':
    case 'keep_going':
    case 'confirm_cancel':
    case 'cancelled':
      return false;
    case 'request_failed':
      return event.request !== 'cancel';
    default:
      return true;
  }
}

function reduceScreen(model: Model, event: CaptureEvent): Step {
  switch (event.kind) {
    case 'booted':
    case 'session_loaded':
    case 'continue_here':
    case 'agree':
    case 'decline':
    case 'read_again':
    case 'consent_recorded':
      return reduceSession(model, event);
    case 'start_camera':
    case 'prefer_movement':
    case 'choose_camera':
    case 'permission_slow':
    case 'permission_granted':
    case 'camera_opened':
    case 'first_frame':
    case 'camera_failed':
    case 'tracker_ready':
    case 'tracker_failed':
    case 'hidden':
      return reduceCamera(model, event);
    case 'observed':
    case 'tick':
    case 'challenge_opened':
    case 'server_hint':
    case 'step':
    case 'movement':
    case 'painted':
    case 'restart':
    case 'checking':
    case 'result':
    case 'stream_failed':
      return reduceCapture(model, event);
    case 'retry':
    case 'cancel':
    case 'keep_going':
    case 'confirm_cancel':
    case 'cancelled':
    case 'other_method':
    case 'back':
    case 'request_failed':
      return reduceExit(model, event);
    case 'success_shown':
      return model.screen.kind === 'success' ? goBack(model) : stay(model);
    default:
      return assertNever(event);
  }
}
