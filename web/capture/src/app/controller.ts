import detectorUrl from '@countersign/facetrack/dist/detector.ftm?url';
import wasmUrl from '@countersign/facetrack/dist/facetrack.wasm?url';
import meshUrl from '@countersign/facetrack/dist/mesh.ftm?url';
import { fromBase64Url } from '@countersign/web-shared/base64url';
import { readEnvironment } from '../camera/environment';
import { createApi, type Reply } from '../protocol/api';
import { openStream, type Socket } from '../protocol/stream';
import type { CaptureEvent, Effect, PageEntry, RequestName } from '../state/events';
import type { Challenge, Model } from '../state/model';
import { initialModel } from '../state/reducer';
import { needsCamera, needsStream } from '../state/select';
import { type Line, openLine } from './line';
import { createLive } from './live';
import { createStore } from './store';
import { createTint } from './tint';
import { startWorker, type WorkerClient } from './worker-client';

export interface Controller {
  readonly model: () => Model;
  readonly dispatch: (event: CaptureEvent) => void;
  readonly attachVideo: (video: HTMLVideoElement | null) => void;
}

const kSuccessMs = 1_500;

/** Joins the pure reducer with the browser: requests, socket, camera, worker, colours, navigation. */
export function createController(
  entry: PageEntry,
  changed: (model: Model, before: Model) => void,
): Controller {
  const verificationId = entry.kind === 'verification' ? entry.id : '';
  const api = createApi((input, init) => fetch(input, init), verificationId);
  const tint = createTint(document);
  let line: Line | null = null;
  let captures = 0;
  let trackerAsked = false;
  let broken = false;

  const store = createStore(initialModel(readEnvironment(window)), settle, run);
  const { dispatch, model } = store;

  function boot(): WorkerClient {
    broken = false;
    return startWorker(new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' }), {
      ready: () => dispatch({ kind: 'tracker_ready' }),
      unavailable: () => dispatch({ kind: 'tracker_failed' }),
      observed: (observation) => dispatch({ kind: 'observed', observation, atMs: performance.now() }),
      picture: (capture, frame) => capture === captures && line?.pictureMade(frame),
      done: (sent) => live.frameDone(sent),
      broken: () => {
        broken = true;
        dispatch({ kind: 'camera_failed', code: 'asset_load_failed' });
      },
    });
  }
  let worker = boot();
  const live = createLive({
    media: navigator.mediaDevices,
    model,
    dispatch,
    toWorker: (message, transfer) => worker.send(message, transfer),
    line: () => line,
  });

  /** Camera, socket and colour live exactly as long as the screen needs them, whatever led away from it. */
  function settle(now: Model, before: Model): void {
    if (!needsCamera(now)) live.stop();
    if (!needsStream(now)) {
      line?.close();
      line = null;
    }
    const { screen } = now;
    const coloured = screen.kind === 'challenge_colour' && screen.color !== null;
    if (!coloured && screen.kind !== 'cancel_confirm') tint.clear();
    if (screen.kind === 'guide' && before.screen.kind === 'camera_starting')
      worker.send({ kind: 'load_mesh', meshUrl });
    changed(now, before);
  }

  function run(effect: Effect): void {
    switch (effect.kind) {
      case 'load_session':
        ask('session', api.session(), (session) => ({ kind: 'session_loaded', session }));
        break;
      case 'load_tracker':
        loadTracker();
        break;
      case 'send_consent':
        sendConsent(effect.accepted);
        break;
      case 'open_camera':
        startCamera(effect.deviceId);
        break;
      case 'open_challenge':
        openChallenge();
        break;
      case 'open_stream':
        connect(effect.challenge);
        break;
      case 'paint':
        void paint(effect.index, effect.color);
        break;
      case 'instruct':
        line?.painted(effect.index);
        break;
      case 'send_cancel':
        ask('cancel', api.cancel(effect.reason), () => ({ kind: 'cancelled' }));
        break;
      case 'show_success':
        navigator.vibrate?.(30);
        setTimeout(() => dispatch({ kind: 'success_shown' }), kSuccessMs);
        break;
      case 'submit_return':
        submitReturn(verificationId);
        break;
      case 'leave':
        // The first step back only undoes the entry that asks before leaving.
        window.history.go(entry.kind === 'verification' ? -2 : -1);
        break;
    }
  }

  function ask<T>(request: RequestName, reply: Promise<Reply<T>>, event: (value: T) => CaptureEvent): void {
    void reply.then((answer) =>
      dispatch(
        answer.ok ? event(answer.value) : { kind: 'request_failed', request, problem: answer.problem },
      ),
    );
  }

  function sendConsent(accepted: boolean): void {
    const session = model().session;
    if (session === null) return;
    ask('consent', api.consent(session.consent, session.locale, accepted), (receipt) => ({
      kind: 'consent_recorded',
      receipt,
    }));
  }

  function startCamera(deviceId: string | null): void {
    if (broken) {
      worker = boot();
      trackerAsked = false;
      loadTracker();
    }
    void live.open(deviceId);
  }

  function loadTracker(): void {
    if (trackerAsked) return;
    trackerAsked = true;
    worker.send({ kind: 'load', wasmUrl, detectorUrl });
  }

  function openChallenge(): void {
    const facts = {
      userAgentHint: navigator.userAgent.slice(0, 200),
      cameraLabel: live.label(),
      transport: 'websocket',
    } as const;
    ask('challenge', api.challenge(facts, model().prefersMovement), (challenge) => ({
      kind: 'challenge_opened',
      challenge,
      atMs: performance.now(),
    }));
  }

  function connect(challenge: Challenge): void {
    const nonce = fromBase64Url(challenge.nonce);
    const macKey = fromBase64Url(challenge.macKey);
    if (nonce === null || macKey === null) {
      dispatch({ kind: 'stream_failed', code: 'protocol_error' });
      return;
    }
    const { maxFrameBytes } = challenge.limits;
    worker.send({
      kind: 'begin',
      capture: ++captures,
      nonce,
      macKey,
      maxFrameBytes,
      pageTimeOrigin: performance.timeOrigin,
    });
    const tools = {
      openSocket,
      api,
      verificationId,
      delay: (ms: number, task: () => void) => void setTimeout(task, ms),
    };
    line = openLine(
      challenge,
      () => performance.now(),
      (handlers) => openStream(challenge, tools, handlers),
      dispatch,
    );
  }

  async function paint(index: number, color: string): Promise<void> {
    await tint.show(color);
    const { screen } = model();
    if (screen.kind !== 'challenge_colour' || screen.index !== index) return;
    live.paintedAt(performance.now());
    line?.painted(index);
    dispatch({ kind: 'painted', index });
  }

  watchPage(dispatch, () => {
    line?.checkPatience(performance.now());
    dispatch({ kind: 'tick', atMs: performance.now() });
  });
  if (entry.kind === 'verification') askBeforeLeaving(dispatch);
  dispatch({ kind: 'booted', entry });
  return { model, dispatch, attachVideo: live.attach };
}

function openSocket(path: string, protocol: string): Socket {
  const url = new URL(path, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(url, protocol) as unknown as Socket;
}

/** A real form post: the answer is the page that carries the result on to the identity provider. */
function submitReturn(verificationId: string): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = `/v/${encodeURIComponent(verificationId)}/return`;
  document.body.append(form);
  form.submit();
}

function watchPage(dispatch: (event: CaptureEvent) => void, everySecond: () => void): void {
  setInterval(everySecond, 1_000);
  window.addEventListener('pagehide', () => dispatch({ kind: 'hidden' }));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') dispatch({ kind: 'hidden' });
  });
  const name = 'camera' as PermissionName;
  navigator.permissions?.query({ name }).then(
    (status) =>
      status.addEventListener('change', () => {
        if (status.state === 'granted') dispatch({ kind: 'permission_granted' });
      }),
    () => undefined,
  );
}

/** The browser's Back asks first, like the button. */
function askBeforeLeaving(dispatch: (event: CaptureEvent) => void): void {
  window.history.pushState(null, '');
  window.addEventListener('popstate', () => {
    window.history.pushState(null, '');
    dispatch({ kind: 'cancel' });
  });
}
