// The page in real Chromium with a real (recorded) face before the camera, against the scripted protocol server.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { agree, launch, openPage, press, waitForState } from './browser.mjs';
import { notice, sessionView, startProtocolServer } from './protocol-server.mjs';

let server;
let browser;
const agreed = { ...notice, required: false };

before(async () => {
  [server, browser] = await Promise.all([startProtocolServer(), launch('person')]);
});
after(() => Promise.all([browser.close(), server.close()]));
beforeEach(() => server.reset());

async function withPage(options, task) {
  const page = await openPage(browser, server, options);
  try {
    await task(page);
    assert.deepEqual(
      page.faults,
      [],
      'no violation of the security policy, no script error, no foreign request',
    );
  } finally {
    await page.context().close();
  }
}

const toIntro = async (page) => {
  server.settings.session = sessionView({ consent: agreed });
  await page.reload();
  await waitForState(page, 'intro');
};

/** Counts the camera tracks that are still running; `rememberStreams` has to be in the page first. */
const liveTracks = (page) =>
  page.evaluate(() => globalThis.cameraTracks.filter((track) => track.readyState === 'live').length);

function rememberStreams() {
  globalThis.cameraTracks = [];
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    globalThis.cameraTracks.push(...stream.getTracks());
    return stream;
  };
}

test('a first login goes from consent over guidance and colours to success and back', async () => {
  await withPage({ init: rememberStreams }, async (page) => {
    await agree(page);
    assert.equal(await page.getByTestId('receipt').locator('code').textContent(), 'con_test');
    assert.equal(await page.evaluate(() => globalThis.cameraTracks.length), 0, 'no camera before the button');
    await press(page, 'start-camera');
    await waitForState(page, 'challenge_colour');
    await waitForState(page, 'success');
    assert.equal(await liveTracks(page), 0);
    await page.locator('#returned').waitFor();
  });

  const [record] = server.seen.records;
  assert.deepEqual(record.violations, [], 'numbers, times and MAC chain hold');
  assert.deepEqual(record.painted, [0, 1, 2, 3, 4, 5]);
  const key = record.frames.filter((frame) => frame.phase === 0);
  const coloured = record.frames.filter((frame) => frame.phase === 1);
  assert.ok(key.length >= 3);
  for (let step = 0; step < 6; ++step)
    assert.ok(coloured.filter((frame) => frame.step === step).length >= 2, `step ${step}`);
  assert.deepEqual([...new Set(key.map((frame) => frame.size))], ['640x480']);
  assert.deepEqual([...new Set(coloured.map((frame) => frame.size))], ['448x336']);
  assert.ok(record.frames.length <= 60);
  assert.deepEqual(server.seen.consents, [
    { version: notice.version, sha256: notice.sha256, locale: 'en', accepted: true },
  ]);
  assert.equal(server.seen.returns, 1);
  assert.deepEqual(server.seen.foreign, [], 'every request names the verification');
});

test('who asked for calm screens is led through movements, and no colour is shown', async () => {
  server.settings.kind = 'movement';
  await withPage({ context: { reducedMotion: 'reduce' } }, async (page) => {
    await toIntro(page);
    await page.getByTestId('movement-notice').waitFor();
    await press(page, 'start-camera');
    await waitForState(page, 'guide');
    const shown = () =>
      page.evaluate(() => getComputedStyle(document.querySelector('.tint-layer')).backgroundColor);
    const before = await shown();
    await waitForState(page, 'challenge_movement');
    await page.locator('[data-hint="turn_left"]').waitFor();
    assert.equal(await shown(), before, 'the screen keeps its colour');
    await waitForState(page, 'success');
  });
  assert.deepEqual(server.seen.preferences, ['movement']);
  const [record] = server.seen.records;
  assert.deepEqual(record.violations, []);
  assert.deepEqual(record.painted, [0, 1, 2, 3, 4, 5]);
});

test('the colour of a step fills the screen and is nowhere in the markup', async () => {
  await withPage({}, async (page) => {
    await toIntro(page);
    await press(page, 'start-camera');
    await waitForState(page, 'challenge_colour');
    const colours = await page.evaluate(async () => {
      const seen = new Set();
      const layer = document.querySelector('.tint-layer');
      for (let look = 0; look < 40 && document.body.dataset.state === 'challenge_colour'; ++look) {
        seen.add(getComputedStyle(layer).backgroundColor);
        if (/style=|#[0-9a-f]{6}|rgb\(/i.test(document.body.outerHTML)) seen.add('markup');
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      const { width, height } = layer.getBoundingClientRect();
      return { seen: [...seen], full: width === innerWidth && height === innerHeight };
    });
    assert.ok(colours.seen.includes('rgb(255, 179, 167)'), `saw ${colours.seen}`);
    assert.ok(!colours.seen.includes('markup'));
    assert.ok(colours.full);
  });
});

test('an interrupted sequence begins again without a new attempt', async () => {
  server.settings.interruptAt = 1;
  await withPage({}, async (page) => {
    await toIntro(page);
    await press(page, 'start-camera');
    await waitForState(page, 'success', 30_000);
  });
  assert.deepEqual(server.seen.records[0].painted, [0, 1, 0, 1, 2, 3, 4, 5]);
  assert.equal(server.seen.challenges.length, 1);
});

test('without a WebSocket the same capture goes over requests', async () => {
  server.settings.webSocket = false;
  await withPage({}, async (page) => {
    await toIntro(page);
    await press(page, 'start-camera');
    await waitForState(page, 'success', 30_000);
  });
  assert.deepEqual(server.seen.records[0].violations, []);
  assert.deepEqual(server.seen.records[0].painted, [0, 1, 2, 3, 4, 5]);
});

test('without the tracker the server guides', async () => {
  server.settings.missing = /\.wasm$/;
  server.settings.kind = 'none';
  await withPage({}, async (page) => {
    await toIntro(page);
    await press(page, 'start-camera');
    await waitForState(page, 'success', 30_000);
  });
  assert.deepEqual(server.seen.records[0].violations, []);
});

test('a retry tells the cause and the attempts left, and a second capture has its own chain', async () => {
  server.settings.kind = 'none';
  server.settings.outcome = { status: 'retry', code: 'not_verified', attempts_left: 2 };
  await withPage({ init: rememberStreams }, async (page) => {
    await toIntro(page);
    await press(page, 'start-camera');
    await waitForState(page, 'retry');
    assert.equal(await page.getByTestId('attempts-left').textContent(), '2 attempts left');
    assert.equal(await page.evaluate(() => document.body.dataset.code), 'not_verified');
    assert.equal(await liveTracks(page), 0);
    server.settings.outcome = { status: 'passed', code: 'passed', attempts_left: 1 };
    await press(page, 'retry');
    await waitForState(page, 'success');
  });
  assert.deepEqual(
    server.seen.records.map((record) => record.violations),
    [[], []],
  );
});

test('cancel asks, keeps going on request, and ends with the camera off', async () => {
  server.settings.outcome = { status: 'retry', code: 'face_timeout', attempts_left: 1 };
  await withPage({ init: rememberStreams }, async (page) => {
    await toIntro(page);
    await press(page, 'start-camera');
    await waitForState(page, 'guide');
    await press(page, 'cancel');
    await waitForState(page, 'cancel_confirm');
    await page.keyboard.press('Escape');
    await page.locator('body:not([data-state="cancel_confirm"])').waitFor({ state: 'attached' });
    await page.goBack().catch(() => undefined);
    await waitForState(page, 'cancel_confirm');
    await press(page, 'confirm-cancel');
    await page.locator('#returned').waitFor();
  });
  assert.deepEqual(server.seen.cancels, ['cancelled']);
});

test('a lost line is an error that asks the server before it goes on', async () => {
  server.settings.interruptAt = null;
  await withPage({}, async (page) => {
    await toIntro(page);
    await press(page, 'start-camera');
    await waitForState(page, 'challenge_colour');
    server.dropSockets();
    await waitForState(page, 'error');
    assert.equal(await page.evaluate(() => document.body.dataset.code), 'network_lost');
    await press(page, 'retry');
    await waitForState(page, 'success');
  });
});

test('a hidden page turns the camera off', async () => {
  await withPage({ init: rememberStreams }, async (page) => {
    await toIntro(page);
    await press(page, 'start-camera');
    await waitForState(page, 'guide');
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await waitForState(page, 'error');
    assert.equal(await page.evaluate(() => document.body.dataset.code), 'tab_hidden');
    assert.equal(await liveTracks(page), 0);
  });
});
