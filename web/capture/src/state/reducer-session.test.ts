import { describe, expect, it } from 'vitest';
import { booted, failed, kAgreed, kEnvironment, kSession, kToIntro, loaded, play } from './fixtures';
import type { Environment, Session } from './model';
import { initialModel } from './reducer';

const kToConsent = [booted, loaded(kSession)] as const;

describe('the start', () => {
  it('asks the server first', () => {
    const run = play([booted]);
    expect(run.model.screen.kind).toBe('boot');
    expect(run.effects).toEqual([{ kind: 'load_session' }]);
  });

  it('shows a notice address as an error without another try', () => {
    const run = play([{ kind: 'booted', entry: { kind: 'notice', code: 'link_expired' } }]);
    expect(run.model.screen).toMatchObject({ kind: 'error', code: 'link_expired', plan: 'none' });
    expect(run.effects).toEqual([]);
  });

  it('begins with the consent when it is required, else with the introduction, and fetches the tracker', () => {
    expect(play(kToConsent).model.screen).toEqual({ kind: 'consent', busy: false, unticked: false });
    const run = play([booted, loaded(kAgreed)]);
    expect(run.model.screen).toEqual({ kind: 'intro' });
    expect(run.last).toEqual([{ kind: 'load_tracker' }]);
  });

  it('never opens the camera by itself', () => {
    expect(play(kToIntro).effects.map((effect) => effect.kind)).not.toContain('open_camera');
  });

  const ended: readonly [Partial<Session>, object][] = [
    [{ status: 'passed', code: 'passed' }, { kind: 'success' }],
    [{ status: 'failed', code: 'expired' }, { kind: 'expired' }],
    [{ status: 'failed', code: 'locked' }, { kind: 'locked' }],
    [{ status: 'failed', code: 'failed' }, { kind: 'attempts_used' }],
    [
      { status: 'failed', code: 'not_enrolled' },
      { kind: 'failed', code: 'not_enrolled' },
    ],
    [
      { status: 'failed', code: null },
      { kind: 'failed', code: 'failed' },
    ],
  ];
  it.each(ended)('goes straight to the end of a session with %o', (changes, screen) => {
    expect(play([booted, loaded({ ...kSession, ...changes })]).model.screen).toMatchObject(screen);
  });

  const unable: readonly [Partial<Environment>, object][] = [
    [{ secureContext: false }, { kind: 'unsupported', code: 'insecure_context' }],
    [{ cameraApi: false }, { kind: 'unsupported', code: 'unsupported_browser' }],
    [{ cameraPolicy: false }, { kind: 'error', code: 'permission_policy_blocked', plan: 'none' }],
    [{ inAppBrowser: true }, { kind: 'in_app' }],
  ];
  it.each(unable)('tells a browser with %o what it cannot do', (changes, screen) => {
    const model = initialModel({ ...kEnvironment, ...changes });
    expect(play(kToConsent, model).model.screen).toMatchObject(screen);
  });

  it('lets the user of an in-app browser try it anyway', () => {
    const model = initialModel({ ...kEnvironment, inAppBrowser: true });
    expect(play([...kToConsent, { kind: 'continue_here' }], model).model.screen.kind).toBe('consent');
  });

  it('ignores a session that arrives later', () => {
    expect(
      play([...kToIntro, loaded({ ...kSession, status: 'failed', code: 'expired' })]).model.screen.kind,
    ).toBe('intro');
  });

  it('ignores "try it here" anywhere else', () => {
    expect(play([...kToIntro, { kind: 'continue_here' }]).model.screen.kind).toBe('intro');
  });
});

describe('the consent', () => {
  it('is not given without the tick', () => {
    const run = play([...kToConsent, { kind: 'agree', ticked: false }]);
    expect(run.model.screen).toEqual({ kind: 'consent', busy: false, unticked: true });
    expect(run.last).toEqual([]);
  });

  it('is sent once, and its receipt leads to the introduction', () => {
    const sent = play([...kToConsent, { kind: 'agree', ticked: true }]);
    expect(sent.last).toEqual([{ kind: 'send_consent', accepted: true }]);
    expect(play([{ kind: 'agree', ticked: true }], sent.model).effects).toEqual([]);

    const run = play([{ kind: 'consent_recorded', receipt: 'con_1' }], sent.model);

    expect(run.model).toMatchObject({ screen: { kind: 'intro' }, receipt: 'con_1' });
    expect(run.model.session?.consent.required).toBe(false);
  });

  it('asks again before a refusal becomes final, and lets read again', () => {
    const declined = play([...kToConsent, { kind: 'decline' }]);
    expect(declined.model.screen).toEqual({ kind: 'consent_declined', busy: false });
    expect(declined.effects).not.toContainEqual({ kind: 'send_consent', accepted: false });
    expect(play([{ kind: 'read_again' }], declined.model).model.screen.kind).toBe('consent');
  });

  it('records the refusal and goes back', () => {
    const refused = play([...kToConsent, { kind: 'decline' }, { kind: 'other_method' }]);
    expect(refused.last).toEqual([{ kind: 'send_consent', accepted: false }]);
    expect(play([{ kind: 'other_method' }, { kind: 'read_again' }], refused.model).effects).toEqual([]);

    const run = play([{ kind: 'consent_recorded', receipt: '' }], refused.model);

    expect(run.model.screen.kind).toBe('returning');
    expect(run.last).toEqual([{ kind: 'submit_return' }]);
  });

  it('can be tried again after a failed request', () => {
    const run = play([...kToConsent, { kind: 'agree', ticked: true }, failed('consent', 'network_lost')]);
    expect(run.model.screen).toMatchObject({
      kind: 'error',
      code: 'network_lost',
      plan: 'consent',
      reference: 'req_1',
    });
    expect(play([{ kind: 'retry' }], run.model).model.screen.kind).toBe('consent');
  });

  it('ignores its buttons on other screens and while busy', () => {
    for (const kind of ['decline', 'read_again'] as const)
      expect(play([...kToIntro, { kind }]).model.screen.kind).toBe('intro');
    expect(play([...kToIntro, { kind: 'agree', ticked: true }]).last).toEqual([]);
    expect(play([...kToIntro, { kind: 'consent_recorded', receipt: 'x' }]).model.receipt).toBeNull();
    const busy = play([...kToConsent, { kind: 'agree', ticked: true }, { kind: 'decline' }]);
    expect(busy.model.screen.kind).toBe('consent');
  });
});
