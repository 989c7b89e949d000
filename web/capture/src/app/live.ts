import {
  type FrameTime,
  type OpenCamera,
  openCamera,
  stopStream,
  watchFrames,
  watchTrack,
} from '../camera/camera';
import type { CaptureEvent } from '../state/events';
import type { Model } from '../state/model';
import { wantedPicture } from '../state/select';
import type { ToWorker } from '../worker/messages';
import type { Line } from './line';

export const kPromptPatienceMs = 8_000;
export const kFirstFramePatienceMs = 10_000;

export interface LivePorts {
  readonly media: MediaDevices;
  readonly model: () => Model;
  readonly dispatch: (event: CaptureEvent) => void;
  readonly toWorker: (message: ToWorker, transfer?: Transferable[]) => void;
  readonly line: () => Line | null;
}

/** The running camera: its stream, the video element that shows it, and the frames on their way to the worker. */
export interface Live {
  open(deviceId: string | null): Promise<void>;
  attach(video: HTMLVideoElement | null): void;
  paintedAt(atMs: number): void;
  frameDone(sent: boolean): void;
  label(): string;
  stop(): void;
}

export function createLive(ports: LivePorts): Live {
  let camera: OpenCamera | null = null;
  let video: HTMLVideoElement | null = null;
  let stopWatching: (() => void) | null = null;
  let request = 0;
  let inWorker = false;
  let claimed = false;
  let paintedAtMs = 0;

  async function open(deviceId: string | null): Promise<void> {
    stop();
    const mine = ++request;
    inWorker = false;
    claimed = false;
    const prompt = setTimeout(
      () => mine === request && ports.dispatch({ kind: 'permission_slow' }),
      kPromptPatienceMs,
    );
    const reply = await openCamera(ports.media, deviceId);
    clearTimeout(prompt);
    if (mine !== request) {
      if (reply.ok) stopStream(reply.camera.stream);
      return;
    }
    if (!reply.ok) {
      ports.dispatch({ kind: 'camera_failed', code: reply.code });
      return;
    }
    camera = reply.camera;
    watchTrack(camera.stream, (code) => mine === request && ports.dispatch({ kind: 'camera_failed', code }));
    setTimeout(
      () =>
        mine === request &&
        waitsForFrame() &&
        ports.dispatch({ kind: 'camera_failed', code: 'camera_muted' }),
      kFirstFramePatienceMs,
    );
    connect();
    ports.dispatch({ kind: 'camera_opened', cameras: camera.cameras, deviceId: camera.deviceId });
  }

  const waitsForFrame = () => ports.model().screen.kind === 'camera_starting';

  /** Whichever comes last, the stream or the element, starts the picture. */
  function connect(): void {
    if (camera === null || video === null || video.srcObject === camera.stream) return;
    stopWatching?.();
    video.srcObject = camera.stream;
    video.play().catch(() => undefined);
    stopWatching = watchFrames(video, onFrame);
  }

  function onFrame(time: FrameTime): void {
    if (waitsForFrame()) ports.dispatch({ kind: 'first_frame', atMs: time.nowMs });
    if (inWorker || video === null || camera === null) return;
    const wanted = wantedPicture(ports.model());
    // A frame exposed before the colour stood on the screen would carry the wrong step.
    const fresh = wanted !== null && (wanted.phase === 0 || time.captureTimeMs >= paintedAtMs);
    claimed = fresh && (ports.line()?.claim(wanted.phase, time.nowMs) ?? false);
    inWorker = true;
    void hand(video, time.captureTimeMs, claimed ? wanted : null);
  }

  async function hand(
    from: HTMLVideoElement,
    captureTimeMs: number,
    picture: { phase: 0 | 1; step: number } | null,
  ): Promise<void> {
    try {
      const bitmap = await createImageBitmap(from);
      const track = ports.model().guidance === 'tracker';
      ports.toWorker({ kind: 'frame', bitmap, captureTimeMs, track, picture }, [bitmap]);
    } catch {
      frameDone(false);
    }
  }

  function frameDone(sent: boolean): void {
    inWorker = false;
    if (claimed && !sent) ports.line()?.pictureDropped(performance.now());
    claimed = false;
  }

  function stop(): void {
    ++request;
    stopWatching?.();
    stopWatching = null;
    if (camera === null) return;
    // A paused element keeps its last picture, so the oval does not turn black while the server decides.
    video?.pause();
    stopStream(camera.stream);
    camera = null;
  }

  return {
    open,
    attach(element) {
      video = element;
      connect();
    },
    paintedAt: (atMs) => {
      paintedAtMs = atMs;
    },
    frameDone,
    label: () => camera?.label ?? '',
    stop,
  };
}
