import { describe, expect, it } from 'vitest';
import {
  booted,
  failed,
  kAgreed,
  kEnvironment,
  kSession,
  kToChallenge,
  kToChecking,
  kToGuide,
  kToHold,
  kToIntro,
  kToOpening,
  kToPermission,
  loaded,
  play,
} from './fixtures';
import type { RetryPlan } from './model';
import { initialModel } from './reducer';
import { needsCamera, wantedPicture } from './select';

describe('cancelling', () => {
  it.each([[[booted, loaded(kSession)]], [kToIntro], [kToPermission], [kToGuide], [kToChallenge]])(
    'asks first and returns to the same screen',
    (events) => {
      const before = play(events).model;
      const asked = play([{ kind: 'cancel' }], before).model;
      expect(asked.screen).toMatchObject({ kind: 'cancel_confirm', behind: before.screen, busy: false });
      expect(play([{ kind: 'cancel' }], asked).model).toBe(asked);
      expect(play([{ kind: 'keep_going' }], asked).model.screen).toEqual(before.screen);
    },
  );

  it('is not offered while the server decides or after the end', () => {
    expect(play([...kToChecking, { kind: 'cancel' }]).model.screen.kind).toBe('checking');
    expect(play([booted, { kind: 'cancel' }]).model.screen.kind).toBe('boot');
    const ended = [booted, loaded({ ...kSession, status: 'failed', code: 'expired' })] as const;
    expect(play([...ended, { kind: 'cancel' }]).model.screen.kind).toBe('expired');
  });

  it('tells the server once, then goes back', () => {
    const sent = play([...kToGuide, { kind: 'cancel' }, { kind: 'confirm_cancel' }]);
    expect(sent.last).toEqual([{ kind: 'send_cancel', reason: 'cancelled' }]);
    expect(play([{ kind: 'confirm_cancel' }, { kind: 'keep_going' }], sent.model).effects).toEqual([]);
    const done = play([{ kind: 'cancelled' }], sent.model);
    expect(done.model.screen.kind).toBe('returning');
    expect(done.last).toEqual([{ kind: 'submit_return' }]);
    expect(needsCamera(done.model)).toBe(false);
  });

  it('sends nothing while the question is open, but a verdict still counts', () => {
    const asked = play([...kToHold, { kind: 'cancel' }]).model;
    expect(wantedPicture(asked)).toBeNull();
    const step = play([{ kind: 'step', index: 0, color: '#FFFFFF' }], asked);
    expect(step.model.screen).toMatchObject({ kind: 'cancel_confirm', behind: { kind: 'challenge_colour' } });
    const verdict = play([{ kind: 'result', status: 'retry', code: 'face_timeout', attemptsLeft: 1 }], asked);
    expect(verdict.model.screen.kind).toBe('retry');
    expect(play([failed('challenge', 'locked')], asked).model.screen.kind).toBe('locked');
  });

  it('can be tried again when the request is lost', () => {
    const lost = play([
      ...kToGuide,
      { kind: 'cancel' },
      { kind: 'confirm_cancel' },
      failed('cancel', 'network_lost'),
    ]);
    expect(lost.model.screen).toMatchObject({ kind: 'error', plan: 'cancel' });
    const again = play([{ kind: 'retry' }], lost.model);
    expect(again.last).toEqual([{ kind: 'send_cancel', reason: 'cancelled' }]);
    expect(again.model.screen.kind).toBe('returning');
  });

  it('ignores its answers where nothing was asked', () => {
    const { model } = play(kToIntro);
    expect(play([{ kind: 'keep_going' }, { kind: 'confirm_cancel' }], model)).toMatchObject({
      model,
      effects: [],
    });
  });
});

describe('another method', () => {
  it('is one press away on the first screens and says so to the server', () => {
    for (const events of [[booted, loaded(kSession)], kToIntro, kToPermission]) {
      const run = play([...events, { kind: 'other_method' }]);
      expect(run.last).toEqual([{ kind: 'send_cancel', reason: 'other_method' }]);
      expect(run.model).toMatchObject({ screen: { kind: 'returning' }, cancelReason: 'other_method' });
    }
  });

  it.each([{ cameraApi: false }, { inAppBrowser: true }, { cameraPolicy: false }])(
    'is the way out with %o',
    (changes) => {
      const run = play(
        [booted, loaded(kAgreed), { kind: 'other_method' }],
        initialModel({ ...kEnvironment, ...changes }),
      );
      expect(run.last).toEqual([{ kind: 'send_cancel', reason: 'other_method' }]);
    },
  );

  it('does not exist where nothing can be returned', () => {
    const notice = play([
      { kind: 'booted', entry: { kind: 'notice', code: 'link_invalid' } },
      { kind: 'other_method' },
    ]);
    expect(notice.effects).toEqual([]);
  });
});

describe('going back', () => {
  it.each(['expired', 'locked', 'failed', 'not_enrolled'])(
    'returns the result of a session that ended with %s',
    (code) => {
      const run = play([booted, loaded({ ...kSession, status: 'failed', code }), { kind: 'back' }]);
      expect(run.last).toEqual([{ kind: 'submit_return' }]);
    },
  );

  it('leaves an address without a verification', () => {
    const run = play([{ kind: 'booted', entry: { kind: 'notice', code: 'link_invalid' } }, { kind: 'back' }]);
    expect(run.last).toEqual([{ kind: 'leave' }]);
  });

  it('does nothing elsewhere', () => {
    expect(play([...kToIntro, { kind: 'back' }]).last).toEqual([]);
    expect(play([booted, failed('session', 'network_lost'), { kind: 'back' }]).last).toEqual([]);
  });
});

describe('a refused request', () => {
  it.each([
    ['attempts_used_up', 'attempts_used'],
    ['locked', 'locked'],
    ['not_enrolled', 'failed'],
    ['expired', 'expired'],
    ['consent_required', 'consent'],
  ])('with %s shows %s', (code, kind) => {
    expect(play([...kToOpening, failed('challenge', code)]).model.screen.kind).toBe(kind);
  });

  it.each(['forbidden', 'already_used', 'not_found'])('with %s offers no other try', (code) => {
    const run = play([booted, failed('session', code)]);
    expect(run.model.screen).toMatchObject({ kind: 'error', code, plan: 'none', reference: 'req_1' });
    expect(play([{ kind: 'retry' }], run.model).effects).toEqual([]);
  });

  const plans: readonly ['session' | 'consent' | 'challenge' | 'cancel', RetryPlan][] = [
    ['session', 'session'],
    ['consent', 'consent'],
    ['challenge', 'capture'],
    ['cancel', 'cancel'],
  ];
  it.each(plans)('for %s remembers what to repeat', (request, plan) => {
    expect(play([booted, failed(request, 'network_slow')]).model.screen).toMatchObject({ plan });
  });

  it('of the session starts over', () => {
    const run = play([booted, failed('session', 'network_lost'), { kind: 'retry' }]);
    expect(run.model.screen.kind).toBe('boot');
    expect(run.last).toEqual([{ kind: 'load_session' }]);
  });

  it('has no retry on other screens', () => {
    expect(play([...kToIntro, { kind: 'retry' }]).last).toEqual([]);
  });
});
