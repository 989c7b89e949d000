import type { CaptureEvent, Step } from './events';
import type { Environment, Model, Screen, Session } from './model';
import { assertNever, show, showError, stay } from './step';

type SessionEvent = Extract<
  CaptureEvent,
  {
    kind:
      | 'booted'
      | 'session_loaded'
      | 'continue_here'
      | 'agree'
      | 'decline'
      | 'read_again'
      | 'consent_recorded';
  }
>;

/** From the address to the introduction: what is asked, whether this browser can do it, and the consent. */
export function reduceSession(model: Model, event: SessionEvent): Step {
  const { screen } = model;
  switch (event.kind) {
    case 'booted':
      if (event.entry.kind === 'notice') return showError(model, event.entry.code, 'none');
      return { model, effects: [{ kind: 'load_session' }] };
    case 'session_loaded':
      return sessionLoaded(model, event.session);
    case 'continue_here':
      return screen.kind === 'in_app' ? enter(model) : stay(model);
    case 'agree':
      if (screen.kind !== 'consent' || screen.busy) return stay(model);
      if (!event.ticked) return show(model, { kind: 'consent', busy: false, unticked: true });
      return show(
        model,
        { kind: 'consent', busy: true, unticked: false },
        { kind: 'send_consent', accepted: true },
      );
    case 'decline':
      if (screen.kind !== 'consent' || screen.busy) return stay(model);
      return show(model, { kind: 'consent_declined', busy: false });
    case 'read_again':
      if (screen.kind !== 'consent_declined' || screen.busy) return stay(model);
      return show(model, { kind: 'consent', busy: false, unticked: false });
    case 'consent_recorded':
      return consentRecorded(model, event.receipt);
    default:
      return assertNever(event);
  }
}

function consentRecorded(model: Model, receipt: string): Step {
  const { screen, session } = model;
  if (screen.kind === 'consent_declined')
    return show(model, { kind: 'returning' }, { kind: 'submit_return' });
  if (screen.kind !== 'consent' || session === null) return stay(model);
  const given: Session = { ...session, consent: { ...session.consent, required: false } };
  return show({ ...model, session: given, receipt }, { kind: 'intro' });
}

/** Loaded at the start, and again after a lost connection: then an open session goes straight on to the camera. */
function sessionLoaded(before: Model, session: Session): Step {
  const resumes = before.screen.kind === 'permission';
  if (before.screen.kind !== 'boot' && !resumes) return stay(before);
  const model: Model = { ...before, session };
  if (session.status === 'passed') return show(model, { kind: 'success' }, { kind: 'show_success' });
  if (session.status === 'failed') return show(model, endedScreen(session.code));
  const blocked = missingAbility(model.environment);
  if (blocked !== null) return show(model, blocked);
  if (resumes && !session.consent.required) return openCamera(model);
  return model.environment.inAppBrowser ? show(model, { kind: 'in_app' }) : enter(model);
}

function enter(model: Model): Step {
  const required = model.session?.consent.required ?? true;
  const screen: Screen = required ? { kind: 'consent', busy: false, unticked: false } : { kind: 'intro' };
  return show(model, screen, { kind: 'load_tracker' });
}

export function openCamera(model: Model): Step {
  const screen: Screen = { kind: 'permission', ignored: false };
  return show(model, screen, { kind: 'open_camera', deviceId: model.deviceId });
}

/** The screen of a verification that ended as failed; every one of them leads back with the signed result. */
export function endedScreen(code: string | null): Screen {
  switch (code) {
    case 'expired':
      return { kind: 'expired' };
    case 'locked':
      return { kind: 'locked' };
    case 'failed':
      return { kind: 'attempts_used' };
    default:
      return { kind: 'failed', code: code ?? 'failed' };
  }
}

function missingAbility(environment: Environment): Screen | null {
  if (!environment.secureContext) return { kind: 'unsupported', code: 'insecure_context' };
  if (!environment.cameraApi) return { kind: 'unsupported', code: 'unsupported_browser' };
  if (environment.cameraPolicy) return null;
  return { kind: 'error', code: 'permission_policy_blocked', reference: null, plan: 'none', retryInS: null };
}
