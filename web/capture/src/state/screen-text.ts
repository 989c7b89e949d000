import { type CaptureTexts, keyFor } from '../texts/catalogue';
import type { Model, Screen } from './model';
import { shownHint, underlying } from './select';

export interface ScreenText {
  readonly title: string;
  readonly text: string;
}

/** Title and one sentence of every screen; the heading, the document title and the screen reader use the same words. */
export function screenText(model: Model, texts: CaptureTexts): ScreenText {
  const application = applicationName(model, texts);
  const purpose = model.session?.purpose ?? 'verification';
  const say = (
    title: Parameters<CaptureTexts['t']>[0],
    text?: Parameters<CaptureTexts['t']>[0],
  ): ScreenText => ({
    title: texts.t(title, { application }),
    text: text === undefined ? '' : texts.t(text, { application }),
  });
  const { screen } = model;
  switch (screen.kind) {
    case 'boot':
      return say('page.loading');
    case 'unsupported':
      return say(`error.${screen.code}.title`, `error.${screen.code}.text`);
    case 'in_app':
      return say('inApp.title', 'inApp.text');
    case 'consent':
      return { title: model.session?.consent.title ?? '', text: '' };
    case 'consent_declined':
      return say('consentDeclined.title', 'consentDeclined.text');
    case 'intro': {
      const { title, text } = say(`intro.title.${purpose}`, `intro.text.${purpose}`);
      return { title: model.session?.branding.headline ?? title, text };
    }
    case 'permission':
      return screen.ignored
        ? say('permission.ignored.title', 'permission.ignored.text')
        : say('permission.title', 'permission.text');
    case 'camera_starting':
      return say('starting.title');
    case 'guide':
      return say('guide.title');
    case 'challenge_colour':
      return say('challenge.title');
    case 'challenge_movement':
      return say('movement.title');
    case 'checking':
      return say('checking.title');
    case 'retry':
      return say('retry.title', keyFor(`retry.${screen.code}`, 'retry.other'));
    case 'success':
      return say(`success.title.${purpose}`, 'success.text');
    case 'returning':
      return say('returning.title', 'returning.text');
    case 'expired':
      return say('expired.title', 'expired.text');
    case 'locked':
      return say('locked.title', 'locked.text');
    case 'attempts_used':
      return say('attemptsUsed.title', 'attemptsUsed.text');
    case 'failed':
      return say(
        keyFor(`failed.${screen.code}.title`, 'failed.title'),
        keyFor(`failed.${screen.code}.text`, 'failed.text'),
      );
    case 'cancel_confirm':
      return say('cancelConfirm.title', 'cancelConfirm.text');
    case 'error':
      return say(
        keyFor(`error.${screen.code}.title`, 'error.other.title'),
        keyFor(`error.${screen.code}.text`, 'error.other.text'),
      );
  }
}

export function applicationName(model: Model, texts: CaptureTexts): string {
  return model.session?.application || texts.t('page.product');
}

/** What the chip below the oval says, and the screen reader with it. */
export function chipText(screen: Screen, texts: CaptureTexts): string {
  const inner = underlying(screen);
  switch (inner.kind) {
    case 'camera_starting':
      return texts.t('starting.title');
    case 'guide': {
      const hint = shownHint(inner);
      return texts.t(hint === null ? 'hint.none' : `hint.${hint}`);
    }
    case 'challenge_colour':
      return texts.t(inner.interrupted ? 'challenge.interrupted' : 'challenge.hint');
    case 'challenge_movement':
      if (inner.movement !== null) return texts.t(`movement.${inner.movement}`);
      return texts.t(inner.interrupted ? 'movement.interrupted' : 'movement.second');
    case 'checking':
      return texts.t('checking.hint');
    default:
      return '';
  }
}

/** The stable code of a screen, for support and for tests. */
export function screenCode(screen: Screen): string | null {
  switch (screen.kind) {
    case 'unsupported':
    case 'retry':
    case 'failed':
    case 'error':
      return screen.code;
    case 'in_app':
      return 'in_app_browser';
    case 'expired':
      return 'session_expired';
    case 'locked':
      return 'locked_until';
    case 'attempts_used':
      return 'attempts_used_up';
    case 'consent_declined':
      return 'consent_declined';
    case 'permission':
      return screen.ignored ? 'permission_prompt_ignored' : null;
    default:
      return null;
  }
}
