import type { CaptureEvent, RequestName, Step } from './events';
import type { Model, Problem, RetryPlan, Screen } from './model';
import { openCamera } from './session-steps';
import { assertNever, goBack, show, showError, stay } from './step';

type ExitEvent = Extract<
  CaptureEvent,
  {
    kind:
      | 'retry'
      | 'cancel'
      | 'keep_going'
      | 'confirm_cancel'
      | 'cancelled'
      | 'other_method'
      | 'back'
      | 'request_failed';
  }
>;

/** Every way out: another try, cancelling, another method, going back, and what a refused request leads to. */
export function reduceExit(model: Model, event: ExitEvent): Step {
  const { screen } = model;
  switch (event.kind) {
    case 'retry':
      return retry(model);
    case 'cancel':
      return mayCancel(screen)
        ? show(model, { kind: 'cancel_confirm', behind: screen, busy: false })
        : stay(model);
    case 'keep_going':
      return screen.kind === 'cancel_confirm' && !screen.busy ? show(model, screen.behind) : stay(model);
    case 'confirm_cancel':
      if (screen.kind !== 'cancel_confirm' || screen.busy) return stay(model);
      return sendCancel(model, { ...screen, busy: true }, 'cancelled');
    case 'other_method':
      return otherMethod(model);
    case 'cancelled':
      return goBack(model);
    case 'back':
      return back(model);
    case 'request_failed':
      return requestFailed(model, event.request, event.problem);
    default:
      return assertNever(event);
  }
}

function mayCancel(screen: Screen): boolean {
  switch (screen.kind) {
    case 'consent':
    case 'consent_declined':
    case 'intro':
    case 'permission':
    case 'camera_starting':
    case 'guide':
    case 'challenge_colour':
    case 'challenge_movement':
    case 'retry':
      return true;
    case 'error':
      return screen.plan !== 'none';
    default:
      return false;
  }
}

function sendCancel(model: Model, screen: Screen, reason: Model['cancelReason']): Step {
  return show({ ...model, cancelReason: reason }, screen, { kind: 'send_cancel', reason });
}

/** Declining the consent has its own record; everywhere else "another method" is a cancellation with a reason. */
function otherMethod(model: Model): Step {
  const { screen } = model;
  if (screen.kind === 'consent_declined') {
    if (screen.busy) return stay(model);
    return show(model, { kind: 'consent_declined', busy: true }, { kind: 'send_consent', accepted: false });
  }
  const possible =
    mayCancel(screen) || screen.kind === 'unsupported' || screen.kind === 'in_app' || blockedByPolicy(screen);
  return possible ? sendCancel(model, { kind: 'returning' }, 'other_method') : stay(model);
}

function blockedByPolicy(screen: Screen): boolean {
  return screen.kind === 'error' && screen.code === 'permission_policy_blocked';
}

/** Back on an ended verification returns its result; on an address without one it leaves the page. */
function back(model: Model): Step {
  switch (model.screen.kind) {
    case 'expired':
    case 'locked':
    case 'failed':
    case 'attempts_used':
      return goBack(model);
    case 'error':
      return model.screen.plan === 'none' ? { model, effects: [{ kind: 'leave' }] } : stay(model);
    default:
      return stay(model);
  }
}

function retry(model: Model): Step {
  const { screen } = model;
  if (screen.kind === 'retry') return openCamera(model);
  return screen.kind === 'error' ? runPlan(model, screen.plan) : stay(model);
}

export function runPlan(model: Model, plan: RetryPlan): Step {
  switch (plan) {
    case 'capture':
      return openCamera(model);
    case 'session': {
      const screen: Screen =
        model.session === null ? { kind: 'boot' } : { kind: 'permission', ignored: false };
      return show(model, screen, { kind: 'load_session' });
    }
    case 'consent':
      return show(model, { kind: 'consent', busy: false, unticked: false });
    case 'cancel':
      return sendCancel(model, { kind: 'returning' }, model.cancelReason);
    case 'none':
      return stay(model);
    default:
      return assertNever(plan);
  }
}

const kPlans: Readonly<Record<RequestName, RetryPlan>> = {
  session: 'session',
  consent: 'consent',
  challenge: 'capture',
  cancel: 'cancel',
};

/** Answers that only an ended or foreign verification gives: asking again would not help. */
const kFinal: ReadonlySet<string> = new Set([
  'forbidden',
  'already_used',
  'not_found',
  'link_invalid',
  'link_expired',
]);

function requestFailed(model: Model, request: RequestName, problem: Problem): Step {
  switch (problem.code) {
    case 'attempts_used_up':
      return show(model, { kind: 'attempts_used' });
    case 'locked':
      return show(model, { kind: 'locked' });
    case 'not_enrolled':
      return show(model, { kind: 'failed', code: problem.code });
    case 'expired':
      return show(model, { kind: 'expired' });
    case 'consent_required':
      return show(model, { kind: 'consent', busy: false, unticked: false });
    default: {
      const plan = kFinal.has(problem.code) ? 'none' : kPlans[request];
      if (problem.retryAfterS === null) return showError(model, problem.code, plan, problem.reference);
      const { reference, retryAfterS } = problem;
      return show(model, { kind: 'error', code: 'server_busy', reference, plan, retryInS: retryAfterS });
    }
  }
}
