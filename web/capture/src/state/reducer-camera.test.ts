import { describe, expect, it } from 'vitest';
import {
  kAgreed,
  kToChallenge,
  kToChecking,
  kToGuide,
  kToIntro,
  kToPermission,
  kToStarting,
  loaded,
  play,
} from './fixtures';
import { needsCamera, needsStream } from './select';

describe('the camera', () => {
  it('starts with the button, and only there', () => {
    const run = play(kToPermission);
    expect(run.model.screen).toEqual({ kind: 'permission', ignored: false });
    expect(run.last).toEqual([{ kind: 'open_camera', deviceId: null }]);
    expect(play([...kToPermission, { kind: 'start_camera' }]).last).toEqual([]);
  });

  it('points to the browser’s question when nobody answers', () => {
    const run = play([...kToPermission, { kind: 'permission_slow' }]);
    expect(run.model.screen).toEqual({ kind: 'permission', ignored: true });
    expect(play([...kToIntro, { kind: 'permission_slow' }]).model.screen.kind).toBe('intro');
  });

  it('guides from the first decoded frame', () => {
    expect(play(kToStarting).model).toMatchObject({ screen: { kind: 'camera_starting' }, deviceId: 'one' });
    expect(play(kToGuide).model.screen).toMatchObject({ kind: 'guide', stage: 'search', challenge: null });
    expect(play([...kToIntro, { kind: 'first_frame', atMs: 0 }]).model.screen.kind).toBe('intro');
  });

  it('that opens too late is not shown any more', () => {
    const late = play([
      ...kToPermission,
      { kind: 'hidden' },
      { kind: 'camera_opened', cameras: [], deviceId: null },
    ]);
    expect(late.model.screen).toMatchObject({ kind: 'error', code: 'tab_hidden' });
    expect(needsCamera(late.model)).toBe(false);
  });

  it.each([kToPermission, kToStarting, kToGuide, kToChallenge, kToChecking])(
    'that fails leads to its own error',
    (...events) => {
      const run = play([...events, { kind: 'camera_failed', code: 'track_ended' }]);
      expect(run.model.screen).toMatchObject({ kind: 'error', code: 'track_ended', plan: 'capture' });
      expect([needsCamera(run.model), needsStream(run.model)]).toEqual([false, false]);
    },
  );

  it('cannot fail where there is none', () => {
    expect(play([...kToIntro, { kind: 'camera_failed', code: 'track_ended' }]).model.screen.kind).toBe(
      'intro',
    );
  });

  it('starts again on request, with another device when one was chosen', () => {
    const broken = play([...kToStarting, { kind: 'camera_failed', code: 'camera_in_use' }]);
    const run = play([{ kind: 'choose_camera', deviceId: 'two' }, { kind: 'retry' }], broken.model);
    expect(run.last).toEqual([{ kind: 'open_camera', deviceId: 'two' }]);
    expect(play([...kToIntro, { kind: 'choose_camera', deviceId: 'two' }]).model.deviceId).toBeNull();
  });

  it('resumes by itself once the browser’s permission changes, only after a refusal', () => {
    const denied = play([
      ...kToPermission,
      { kind: 'camera_failed', code: 'permission_denied' },
      { kind: 'permission_granted' },
    ]);
    expect(denied.last).toEqual([{ kind: 'open_camera', deviceId: null }]);
    expect(play([...kToIntro, { kind: 'permission_granted' }]).last).toEqual([]);
    const busy = play([
      ...kToPermission,
      { kind: 'camera_failed', code: 'camera_in_use' },
      { kind: 'permission_granted' },
    ]);
    expect(busy.last).toEqual([]);
  });
});

describe('a page that is hidden', () => {
  it.each([kToPermission, kToStarting, kToGuide, kToChallenge])('stops the camera and waits', (...events) => {
    const run = play([...events, { kind: 'hidden' }]);
    expect(run.model.screen).toMatchObject({ kind: 'error', code: 'tab_hidden', plan: 'session' });
    expect(needsCamera(run.model)).toBe(false);
  });

  it('asks the server how things stand before it goes on', () => {
    const run = play([...kToGuide, { kind: 'hidden' }, { kind: 'retry' }]);
    expect(run.last).toEqual([{ kind: 'load_session' }]);
    const resumed = play([loaded(kAgreed)], run.model);
    expect(resumed.model.screen.kind).toBe('permission');
    expect(resumed.last).toEqual([{ kind: 'open_camera', deviceId: 'one' }]);
    expect(play([loaded({ ...kAgreed, status: 'passed' })], run.model).model.screen.kind).toBe('success');
  });

  it('still gets its verdict, and nothing happens outside a capture', () => {
    expect(play([...kToChecking, { kind: 'hidden' }]).model.screen.kind).toBe('checking');
    expect(play([...kToIntro, { kind: 'hidden' }]).model.screen.kind).toBe('intro');
  });
});

describe('the tracker', () => {
  it('that does not work lets the server guide', () => {
    const ready = play([...kToStarting, { kind: 'tracker_failed' }, { kind: 'first_frame', atMs: 0 }]);
    expect(ready.model).toMatchObject({ guidance: 'server', screen: { kind: 'guide', stage: 'opening' } });
    expect(ready.last).toEqual([{ kind: 'open_challenge' }]);
  });

  it('that fails during the search opens the capture at once', () => {
    const run = play([...kToGuide, { kind: 'tracker_failed' }]);
    expect(run.last).toEqual([{ kind: 'open_challenge' }]);
    expect(play([{ kind: 'tracker_failed' }], run.model).last).toEqual([]);
  });

  it('that becomes ready late does not take over from the server', () => {
    const run = play([...kToIntro, { kind: 'tracker_failed' }, { kind: 'tracker_ready' }]);
    expect(run.model.guidance).toBe('server');
  });
});
