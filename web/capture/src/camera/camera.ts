import type { Camera } from '../state/model';
import { cameraErrorCode } from './errors';

export interface OpenCamera {
  readonly stream: MediaStream;
  readonly deviceId: string | null;
  readonly label: string;
  readonly cameras: readonly Camera[];
}

export type CameraReply =
  | { readonly ok: true; readonly camera: OpenCamera }
  | { readonly ok: false; readonly code: string };

const kWanted: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 480 },
  frameRate: { ideal: 30 },
};

function constraints(deviceId: string | null): MediaTrackConstraints {
  return deviceId === null
    ? { ...kWanted, facingMode: 'user' }
    : { ...kWanted, deviceId: { exact: deviceId } };
}

/** Call it from the tap that asked for it. An impossible wish is dropped once, any other failure is an answer. */
export async function openCamera(media: MediaDevices, deviceId: string | null): Promise<CameraReply> {
  try {
    return { ok: true, camera: await describe(media, await request(media, deviceId)) };
  } catch (error) {
    return { ok: false, code: cameraErrorCode(error instanceof Error ? error.name : '') };
  }
}

async function request(media: MediaDevices, deviceId: string | null): Promise<MediaStream> {
  try {
    return await media.getUserMedia({ video: constraints(deviceId), audio: false });
  } catch (error) {
    const impossible = error instanceof Error && cameraErrorCode(error.name) === 'camera_overconstrained';
    if (!impossible) throw error;
    return media.getUserMedia({ video: true, audio: false });
  }
}

/** Devices are listed only after the grant: before it their labels are empty. */
async function describe(media: MediaDevices, stream: MediaStream): Promise<OpenCamera> {
  const [track] = stream.getVideoTracks();
  const devices = await media.enumerateDevices().catch(() => []);
  const cameras = devices
    .filter((device) => device.kind === 'videoinput' && device.deviceId !== '')
    .map((device, index) => ({ deviceId: device.deviceId, label: device.label || `${index + 1}` }));
  return { stream, deviceId: track?.getSettings().deviceId ?? null, label: track?.label ?? '', cameras };
}

/** Some cameras mute for a moment when they adjust; only one that stays silent is worth a word. */
const kMutePatienceMs = 1_500;

/** Reports what happens to a running camera: unplugged, covered, taken away. */
export function watchTrack(stream: MediaStream, failed: (code: string) => void): void {
  for (const track of stream.getVideoTracks()) {
    track.addEventListener('ended', () => failed('track_ended'));
    track.addEventListener('mute', () => {
      setTimeout(() => track.muted && track.readyState === 'live' && failed('camera_muted'), kMutePatienceMs);
    });
  }
}

export function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** A capture time further off than this comes from another clock and is not used. */
const kPlausibleLatencyMs = 2_000;

export interface FrameTime {
  readonly captureTimeMs: number;
  readonly nowMs: number;
}

/** Calls back for every new camera frame until the returned function is called. */
export function watchFrames(video: HTMLVideoElement, onFrame: (time: FrameTime) => void): () => void {
  let running = true;
  const next =
    'requestVideoFrameCallback' in video
      ? () => {
          video.requestVideoFrameCallback((nowMs, metadata) => deliver(nowMs, metadata.captureTime ?? nowMs));
        }
      : () => {
          requestAnimationFrame((nowMs) => deliver(nowMs, nowMs));
        };
  const deliver = (nowMs: number, claimedMs: number) => {
    if (!running) return;
    const captureTimeMs = Math.abs(nowMs - claimedMs) < kPlausibleLatencyMs ? claimedMs : nowMs;
    if (video.videoWidth > 0) onFrame({ captureTimeMs, nowMs });
    next();
  };
  next();
  return () => {
    running = false;
  };
}
