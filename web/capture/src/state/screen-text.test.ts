import { describe, expect, it } from 'vitest';
import { textsFor } from '../texts/catalogue';
import {
  booted,
  kAgreed,
  kFarFrame,
  kSession,
  kToChallenge,
  kToChecking,
  kToGuide,
  kToIntro,
  kToStarting,
  loaded,
  play,
  seen,
} from './fixtures';
import type { Model, Screen } from './model';
import { applicationName, chipText, screenCode, screenText } from './screen-text';

const texts = textsFor(['en']);
const base = play(kToIntro).model;
const on = (screen: Screen): Model => ({ ...base, screen });

const screens: readonly Screen[] = [
  { kind: 'boot' },
  { kind: 'unsupported', code: 'insecure_context' },
  { kind: 'unsupported', code: 'unsupported_browser' },
  { kind: 'in_app' },
  { kind: 'consent', busy: false, unticked: false },
  { kind: 'consent_declined', busy: false },
  { kind: 'intro' },
  { kind: 'permission', ignored: false },
  { kind: 'permission', ignored: true },
  { kind: 'camera_starting' },
  play(kToGuide).model.screen,
  play(kToChallenge).model.screen,
  { kind: 'checking' },
  { kind: 'retry', code: 'not_verified', attemptsLeft: 1 },
  { kind: 'success' },
  { kind: 'returning' },
  { kind: 'expired' },
  { kind: 'locked' },
  { kind: 'attempts_used' },
  { kind: 'failed', code: 'cancelled' },
  { kind: 'cancel_confirm', behind: { kind: 'intro' }, busy: false },
  { kind: 'error', code: 'no_camera', reference: null, plan: 'capture', retryInS: null },
];

describe('every screen', () => {
  it.each(screens)('has a title without open placeholders: $kind', (screen) => {
    const { title, text } = screenText(on(screen), texts);
    expect(title).not.toBe('');
    expect(title + text).not.toMatch(/[{}]/);
  });

  it('has general words for codes that are new to this page', () => {
    const unknown = screenText(
      on({ kind: 'error', code: 'brand_new', reference: null, plan: 'none', retryInS: null }),
      texts,
    );
    expect(unknown.title).toBe('That didn’t work');
    expect(screenText(on({ kind: 'failed', code: 'brand_new' }), texts).title).toBe(
      'The face check has ended',
    );
    expect(screenText(on({ kind: 'retry', code: 'brand_new', attemptsLeft: 1 }), texts).text).toBe(
      'The check was interrupted.',
    );
  });

  it('names the application, or the product while it is unknown', () => {
    expect(applicationName(base, texts)).toBe('Demo Bank');
    expect(applicationName(play([booted]).model, texts)).toBe('Face check');
    expect(applicationName(play([booted, loaded({ ...kSession, application: '' })]).model, texts)).toBe(
      'Face check',
    );
  });

  it('speaks of setting up or of confirming, as the session does', () => {
    const verifying = play([booted, loaded({ ...kAgreed, purpose: 'verification' })]).model;
    expect(screenText(base, texts).title).toBe('Set up your face check');
    expect(screenText(verifying, texts).title).toBe('Confirm it’s you');
  });
});

describe('the chip below the oval', () => {
  it('says one thing at each stage', () => {
    const far = [...kToGuide, seen(kFarFrame), seen(kFarFrame), seen(kFarFrame)];
    const said = [
      kToIntro,
      kToStarting,
      kToGuide,
      far,
      kToChallenge,
      [...kToChallenge, { kind: 'restart', secondCheck: false } as const],
      kToChecking,
    ].map((events) => chipText(play(events).model.screen, texts));
    expect(said).toEqual([
      '',
      'Starting the camera',
      'Get ready',
      'Come closer',
      'Hold still, colours are shown',
      'Let’s repeat that. Keep your face in the oval',
      'Checking, one moment',
    ]);
  });
});

describe('the stable code', () => {
  it.each([
    [{ kind: 'unsupported', code: 'insecure_context' }, 'insecure_context'],
    [{ kind: 'in_app' }, 'in_app_browser'],
    [{ kind: 'expired' }, 'session_expired'],
    [{ kind: 'locked' }, 'locked_until'],
    [{ kind: 'attempts_used' }, 'attempts_used_up'],
    [{ kind: 'consent_declined', busy: false }, 'consent_declined'],
    [{ kind: 'permission', ignored: true }, 'permission_prompt_ignored'],
    [{ kind: 'permission', ignored: false }, null],
    [{ kind: 'retry', code: 'not_verified', attemptsLeft: 1 }, 'not_verified'],
    [{ kind: 'failed', code: 'cancelled' }, 'cancelled'],
    [{ kind: 'intro' }, null],
  ] as const)('of %o is %s', (screen, code) => {
    expect(screenCode(screen)).toBe(code);
  });
});
