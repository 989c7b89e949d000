import { kEmptyGate } from '../hints/gate';
import type { CaptureEvent, Step } from './events';
import type { Model, Tracking } from './model';
import { isLive } from './select';
import { openCamera } from './session-steps';
import { assertNever, show, showError, stay } from './step';

type CameraStepEvent = Extract<
  CaptureEvent,
  {
    kind:
      | 'start_camera'
      | 'prefer_movement'
      | 'choose_camera'
      | 'permission_slow'
      | 'permission_granted'
      | 'camera_opened'
      | 'first_frame'
      | 'camera_failed'
      | 'tracker_ready'
      | 'tracker_failed'
      | 'hidden';
  }
>;

/** From the explicit button to the first decoded frame, and everything that can happen to a camera on the way. */
export function reduceCamera(model: Model, event: CameraStepEvent): Step {
  const { screen } = model;
  switch (event.kind) {
    case 'start_camera':
      return screen.kind === 'intro' ? openCamera(model) : stay(model);
    case 'prefer_movement':
      return screen.kind === 'intro' || screen.kind === 'retry'
        ? stay({ ...model, prefersMovement: event.movement })
        : stay(model);
    case 'choose_camera':
      if (screen.kind !== 'error' && screen.kind !== 'retry') return stay(model);
      return { model: { ...model, deviceId: event.deviceId }, effects: [] };
    case 'permission_slow':
      return screen.kind === 'permission' ? show(model, { kind: 'permission', ignored: true }) : stay(model);
    case 'permission_granted':
      return screen.kind === 'error' && screen.code === 'permission_denied' ? openCamera(model) : stay(model);
    case 'camera_opened': {
      if (screen.kind !== 'permission') return stay(model);
      const known: Model = { ...model, cameras: event.cameras, deviceId: event.deviceId };
      return show(known, { kind: 'camera_starting' });
    }
    case 'first_frame':
      return screen.kind === 'camera_starting' ? startGuiding(model, event.atMs) : stay(model);
    case 'camera_failed':
      return isLive(screen) ? showError(model, event.code, 'capture') : stay(model);
    case 'tracker_ready':
      return model.guidance === 'loading' ? stay({ ...model, guidance: 'tracker' }) : stay(model);
    case 'tracker_failed':
      return guideByServer(model);
    case 'hidden':
      // While the server decides nothing is sent any more, and its answer still counts.
      return isLive(screen) && screen.kind !== 'checking'
        ? showError(model, 'tab_hidden', 'session')
        : stay(model);
    default:
      return assertNever(event);
  }
}

export function freshTracking(atMs: number): Tracking {
  return { sinceMs: atMs, goodFrames: 0, blackFrames: 0, centre: null, gate: kEmptyGate, serverHint: null };
}

function startGuiding(model: Model, atMs: number): Step {
  const tracking = freshTracking(atMs);
  if (model.guidance !== 'server')
    return show(model, { kind: 'guide', stage: 'search', challenge: null, tracking });
  return show(
    model,
    { kind: 'guide', stage: 'opening', challenge: null, tracking },
    { kind: 'open_challenge' },
  );
}

/** Without a tracker the server has to guide, so a guide that is still searching opens its capture at once. */
export function guideByServer(before: Model): Step {
  const model: Model = { ...before, guidance: 'server' };
  const { screen } = model;
  if (screen.kind !== 'guide' || screen.stage !== 'search') return stay(model);
  return show(model, { ...screen, stage: 'opening' }, { kind: 'open_challenge' });
}
