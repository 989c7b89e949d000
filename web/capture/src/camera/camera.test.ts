import { describe, expect, it } from 'vitest';
import { openCamera } from './camera';
import { isInAppBrowser } from './environment';
import { cameraErrorCode } from './errors';

const track = { getSettings: () => ({ deviceId: 'one' }), label: 'Front' };
const stream = { getVideoTracks: () => [track] };

function devices(getUserMedia: (constraints: MediaStreamConstraints) => unknown, listed: unknown[] = []) {
  return {
    getUserMedia: async (constraints: MediaStreamConstraints) => getUserMedia(constraints),
    enumerateDevices: async () => listed,
  } as unknown as MediaDevices;
}

function refusal(name: string): never {
  throw new DOMException('no', name);
}

describe('opening the camera', () => {
  it('asks for the front camera and lists the others after the grant', async () => {
    let asked: MediaStreamConstraints = {};
    const media = devices(
      (constraints) => {
        asked = constraints;
        return stream;
      },
      [
        { kind: 'videoinput', deviceId: 'one', label: 'Front' },
        { kind: 'audioinput', deviceId: 'mic', label: 'Mic' },
        { kind: 'videoinput', deviceId: 'two', label: '' },
      ],
    );

    const reply = await openCamera(media, null);

    expect(asked).toMatchObject({ audio: false, video: { facingMode: 'user', width: { ideal: 640 } } });
    expect(reply).toMatchObject({
      ok: true,
      camera: {
        deviceId: 'one',
        label: 'Front',
        cameras: [
          { deviceId: 'one', label: 'Front' },
          { deviceId: 'two', label: '2' },
        ],
      },
    });
  });

  it('insists on a camera the user chose', async () => {
    let asked: MediaStreamConstraints = {};
    await openCamera(
      devices((constraints) => {
        asked = constraints;
        return stream;
      }),
      'two',
    );
    expect(asked.video).toMatchObject({ deviceId: { exact: 'two' } });
  });

  it('drops an impossible wish once', async () => {
    const asked: unknown[] = [];
    const media = devices((constraints) => {
      asked.push(constraints.video);
      return asked.length === 1 ? refusal('OverconstrainedError') : stream;
    });
    expect(await openCamera(media, 'gone')).toMatchObject({ ok: true });
    expect(asked[1]).toBe(true);
  });

  it.each([
    ['NotAllowedError', 'permission_denied'],
    ['SecurityError', 'permission_policy_blocked'],
    ['NotFoundError', 'no_camera'],
    ['NotReadableError', 'camera_in_use'],
    ['AbortError', 'camera_in_use'],
    ['OverconstrainedError', 'camera_overconstrained'],
    ['SomethingElse', 'camera_failed'],
  ])('answers %s with %s', async (name, code) => {
    expect(
      await openCamera(
        devices(() => refusal(name)),
        null,
      ),
    ).toEqual({ ok: false, code });
    expect(cameraErrorCode(name)).toBe(code);
  });
});

describe('in-app browsers', () => {
  it.each([
    'Mozilla/5.0 (iPhone) AppleWebKit/605 Mobile/15E148 Instagram 300.0',
    'Mozilla/5.0 (iPhone) [FBAN/FBIOS;FBAV/400.0]',
    'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36',
    'Mozilla/5.0 (iPhone) MicroMessenger/8.0',
  ])('are recognised: %s', (agent) => {
    expect(isInAppBrowser(agent)).toBe(true);
  });

  it.each([
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0 Safari/537.36',
  ])('are not seen in %s', (agent) => {
    expect(isInAppBrowser(agent)).toBe(false);
  });
});
