import { describe, expect, it } from 'vitest';
import { kFaceTimeoutMs, kTrackerPatienceMs } from './capture-steps';
import type { CaptureEvent } from './events';
import {
  booted,
  failed,
  kAgreed,
  kBlackFrame,
  kChallenge,
  kFarFrame,
  kGoodFrame,
  kToChallenge,
  kToChecking,
  kToGuide,
  kToHold,
  kToIntro,
  kToOpening,
  kToStarting,
  kToStep,
  loaded,
  play,
  seen,
} from './fixtures';
import { needsCamera, needsStream, progressOf, shownHint, wantedPicture } from './select';

const times = (count: number, event: (index: number) => CaptureEvent) =>
  Array.from({ length: count }, (_, index) => event(index));
const result = (status: string, code: string, attemptsLeft: number): CaptureEvent => ({
  kind: 'result',
  status,
  code,
  attemptsLeft,
});

describe('the search for a face', () => {
  it('ends after six good frames in a row and then charges an attempt', () => {
    const five = play([...kToGuide, ...times(5, () => seen(kGoodFrame))]);
    expect(five.effects.map(({ kind }) => kind)).not.toContain('open_challenge');
    expect(needsStream(five.model)).toBe(false);
    const six = play([seen(kGoodFrame)], five.model);
    expect(six.last).toEqual([{ kind: 'open_challenge' }]);
    expect(six.model.screen).toMatchObject({ stage: 'opening' });
  });

  it('starts counting again after a bad frame', () => {
    const run = play([
      ...kToGuide,
      ...times(5, () => seen(kGoodFrame)),
      seen(kFarFrame),
      ...times(5, () => seen(kGoodFrame)),
    ]);
    expect(run.model.screen).toMatchObject({ stage: 'search' });
  });

  it('shows hints through the gate', () => {
    expect(shownHint(play([...kToGuide, ...times(2, () => seen(kFarFrame))]).model.screen)).toBeNull();
    expect(shownHint(play([...kToGuide, ...times(3, () => seen(kFarFrame))]).model.screen)).toBe('too_far');
  });

  it('gives up after 20 s without charging an attempt', () => {
    expect(play([...kToGuide, { kind: 'tick', atMs: kFaceTimeoutMs - 1 }]).model.screen.kind).toBe('guide');
    const run = play([...kToGuide, { kind: 'tick', atMs: kFaceTimeoutMs }]);
    expect(run.model.screen).toMatchObject({ kind: 'error', code: 'face_timeout', plan: 'capture' });
    expect(run.effects.map(({ kind }) => kind)).not.toContain('open_challenge');
  });

  it('does not time out once an attempt is charged', () => {
    expect(play([...kToHold, { kind: 'tick', atMs: 99_999 }]).model.screen.kind).toBe('guide');
  });

  it('recognises a covered lens', () => {
    expect(play([...kToGuide, ...times(39, () => seen(kBlackFrame))]).model.screen.kind).toBe('guide');
    const run = play([...kToGuide, ...times(40, () => seen(kBlackFrame))]);
    expect(run.model.screen).toMatchObject({ kind: 'error', code: 'camera_muted' });
  });

  it('works with default distances before a session is known', () => {
    const { model } = play(kToGuide);
    expect(play([seen(kGoodFrame)], { ...model, session: null }).model.screen).toMatchObject({
      tracking: { goodFrames: 1 },
    });
  });

  it('waits some seconds for a tracker that is still loading, then lets the server guide', () => {
    const loading = [booted, loaded(kAgreed), ...kToGuide.slice(kToIntro.length)];
    expect(play([...loading, { kind: 'tick', atMs: kTrackerPatienceMs - 1 }]).last).toEqual([]);
    const run = play([...loading, { kind: 'tick', atMs: kTrackerPatienceMs }]);
    expect(run.model.guidance).toBe('server');
    expect(run.last).toEqual([{ kind: 'open_challenge' }]);
  });

  it('ignores observations anywhere else', () => {
    expect(play([...kToIntro, seen(kGoodFrame)]).model.screen.kind).toBe('intro');
  });
});

describe('holding still', () => {
  it('opens the line with the challenge and sends key frames of good moments only', () => {
    const run = play(kToHold);
    expect(run.last).toEqual([{ kind: 'open_stream', challenge: kChallenge }]);
    expect(wantedPicture(run.model)).toEqual({ phase: 0, step: 0 });
    expect(wantedPicture(play([seen(kFarFrame)], run.model).model)).toBeNull();
    expect(play([seen(kGoodFrame)], run.model).last).toEqual([]);
  });

  it('ignores a challenge nobody waits for any more', () => {
    const event: CaptureEvent = { kind: 'challenge_opened', challenge: kChallenge, atMs: 0 };
    expect(play([...kToOpening, { kind: 'hidden' }, event]).model.screen.kind).toBe('error');
    expect(play([...kToGuide, event]).model.screen).toMatchObject({ stage: 'search' });
  });

  it('shows what only the server can see, as long as the tracker has no complaint', () => {
    const glare: CaptureEvent = { kind: 'server_hint', code: 'glasses_glare', atMs: 1_000 };
    const run = play([...kToHold, glare, ...times(4, (index) => seen(kGoodFrame, 2_000 + index))]);
    expect(shownHint(run.model.screen)).toBe('glasses_glare');
    const far = play(
      times(4, (index) => seen(kFarFrame, 4_000 + index)),
      run.model,
    );
    expect(shownHint(far.model.screen)).toBe('too_far');
    const gone = play(
      [{ kind: 'server_hint', code: 'none', atMs: 5_000 }, ...times(4, (i) => seen(kGoodFrame, 6_000 + i))],
      far.model,
    );
    expect(shownHint(gone.model.screen)).toBe('great');
  });

  it('ignores hints it has no words for', () => {
    const before = play(kToHold).model;
    expect(play([{ kind: 'server_hint', code: 'dance', atMs: 0 }], before).model).toBe(before);
    expect(play([...kToIntro, { kind: 'server_hint', code: 'too_far', atMs: 0 }]).model.screen.kind).toBe(
      'intro',
    );
  });
});

describe('guidance by the server', () => {
  const hold: readonly CaptureEvent[] = [
    ...kToStarting,
    { kind: 'tracker_failed' },
    { kind: 'first_frame', atMs: 0 },
    { kind: 'challenge_opened', challenge: kChallenge, atMs: 0 },
  ];
  const hint = (code: string, atMs: number): CaptureEvent => ({ kind: 'server_hint', code, atMs });

  it('sends every frame and shows each word at once, but keeps it on the screen long enough', () => {
    const first = play([...hold, hint('too_far', 1_000)]);
    expect(wantedPicture(first.model)).toEqual({ phase: 0, step: 0 });
    expect(shownHint(first.model.screen)).toBe('too_far');
    const soon = play([hint('too_close', 1_200)], first.model);
    expect(shownHint(soon.model.screen)).toBe('too_far');
    expect(shownHint(play([{ kind: 'tick', atMs: 2_000 }], soon.model).model.screen)).toBe('too_close');
  });

  it('has nothing to repeat before the first word', () => {
    expect(shownHint(play([...hold, { kind: 'tick', atMs: 2_000 }]).model.screen)).toBeNull();
  });
});

describe('the colours', () => {
  it('are painted first; frames follow once they stand on the screen', () => {
    const run = play(kToStep);
    expect(run.last).toEqual([{ kind: 'paint', index: 0, color: '#FFB3A7' }]);
    expect(wantedPicture(run.model)).toBeNull();
    expect(wantedPicture(play(kToChallenge).model)).toEqual({ phase: 1, step: 0 });
  });

  it('follow each other, and a late "painted" of the one before counts for nothing', () => {
    const run = play([
      ...kToChallenge,
      { kind: 'step', index: 1, color: '#A9C4FF' },
      { kind: 'painted', index: 0 },
    ]);
    expect(run.model.screen).toMatchObject({ index: 1, painted: false });
    expect(play([...kToIntro, { kind: 'painted', index: 0 }]).model.screen.kind).toBe('intro');
  });

  it('pause after an interruption, with key frames, and begin again', () => {
    const paused = play([...kToChallenge, { kind: 'restart', secondCheck: false }]);
    expect(paused.model.screen).toMatchObject({ index: -1, color: null, interrupted: true });
    expect(wantedPicture(paused.model)).toEqual({ phase: 0, step: 0 });
    const again = play([{ kind: 'step', index: 0, color: '#FFFFFF' }], paused.model);
    expect(again.model.screen).toMatchObject({ index: 0, interrupted: false, painted: false });
  });

  it('are ignored where no challenge is open', () => {
    expect(play([...kToGuide, { kind: 'step', index: 0, color: '#FFFFFF' }]).model.screen.kind).toBe('guide');
    expect(play([...kToIntro, { kind: 'step', index: 0, color: '#FFFFFF' }]).model.screen.kind).toBe('intro');
    expect(play([...kToHold, { kind: 'restart', secondCheck: false }]).model.screen.kind).toBe('guide');
  });
});

describe('the verdict', () => {
  it('is awaited without the camera, also directly after the key frames', () => {
    const run = play(kToChecking);
    expect([needsCamera(run.model), needsStream(run.model)]).toEqual([false, true]);
    expect(play([...kToHold, { kind: 'checking' }]).model.screen.kind).toBe('checking');
    expect(play([...kToIntro, { kind: 'checking' }]).model.screen.kind).toBe('intro');
  });

  it('passed shows success once, then goes back', () => {
    const run = play([...kToChecking, result('passed', 'passed', 2)]);
    expect(run.last).toEqual([{ kind: 'show_success' }]);
    const back = play([{ kind: 'success_shown' }], run.model);
    expect(back.last).toEqual([{ kind: 'submit_return' }]);
    expect(back.model.screen.kind).toBe('returning');
    expect(play([...kToIntro, { kind: 'success_shown' }]).last).toEqual([]);
  });

  it('retry tells the cause and the attempts left, and starts the camera again on request', () => {
    const run = play([...kToChecking, result('retry', 'not_verified', 2)]);
    expect(run.model.screen).toEqual({ kind: 'retry', code: 'not_verified', attemptsLeft: 2 });
    expect(needsStream(run.model)).toBe(false);
    expect(play([{ kind: 'retry' }], run.model).last).toEqual([{ kind: 'open_camera', deviceId: 'one' }]);
  });

  it.each([
    [result('retry', 'not_verified', 0), { kind: 'attempts_used' }],
    [result('failed', 'failed', 0), { kind: 'attempts_used' }],
    [result('failed', 'locked', 0), { kind: 'locked' }],
    [result('failed', 'expired', 1), { kind: 'expired' }],
    [result('nonsense', 'integration_disabled', 1), { kind: 'failed', code: 'integration_disabled' }],
  ])('%o ends the verification', (event, screen) => {
    expect(play([...kToChecking, event]).model.screen).toEqual(screen);
  });

  it('counts only while a capture waits for it', () => {
    expect(play([...kToIntro, result('passed', 'passed', 1)]).model.screen.kind).toBe('intro');
    expect(play([...kToHold, result('retry', 'face_timeout', 1)]).model.screen.kind).toBe('retry');
  });
});

describe('a line that breaks', () => {
  it.each([kToHold, kToChallenge, kToChecking])('is an error that asks the server first', (...events) => {
    const run = play([...events, { kind: 'stream_failed', code: 'network_lost' }]);
    expect(run.model.screen).toMatchObject({ kind: 'error', code: 'network_lost', plan: 'session' });
  });

  it('does not matter elsewhere', () => {
    expect(play([...kToIntro, { kind: 'stream_failed', code: 'network_lost' }]).model.screen.kind).toBe(
      'intro',
    );
  });

  it('counts down when the server is busy, then tries by itself', () => {
    const busy = play([...kToOpening, failed('challenge', 'queue_full', 2)]);
    expect(busy.model.screen).toMatchObject({ code: 'server_busy', retryInS: 2, plan: 'capture' });
    const one = play([{ kind: 'tick', atMs: 0 }], busy.model);
    expect(one.model.screen).toMatchObject({ retryInS: 1 });
    expect(play([{ kind: 'tick', atMs: 0 }], one.model).last).toEqual([
      { kind: 'open_camera', deviceId: 'one' },
    ]);
  });
});

describe('the progress ring', () => {
  it('only grows on the way to the verdict', () => {
    const stages = [kToIntro, kToGuide, [...kToGuide, seen(kGoodFrame)], kToHold, kToStep, kToChecking];
    const values = stages.map((events) => progressOf(play(events).model.screen));
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(values.at(-1)).toBe(1);
  });
});
