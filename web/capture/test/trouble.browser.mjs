// Everything that is not the straight way: refusals, broken cameras, ended sessions, and what a keyboard or screen reader meets.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
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

async function withPage(options, task, from = browser) {
  const page = await openPage(from, server, options);
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

async function withBrowser(camera, task) {
  const own = await launch(camera);
  try {
    server.settings.session = sessionView({ consent: agreed });
    await withPage({}, task, own);
  } finally {
    await own.close();
  }
}

const code = (page) => page.evaluate(() => document.body.dataset.code ?? null);

test('the consent needs the tick; a refusal is recorded and goes back', async () => {
  await withPage({}, async (page) => {
    await waitForState(page, 'consent');
    await press(page, 'agree');
    assert.match(await page.getByRole('alert').textContent(), /Tick the box/);
    await press(page, 'decline');
    await waitForState(page, 'consent_declined');
    await press(page, 'read-again');
    await waitForState(page, 'consent');
    assert.equal(await page.getByTestId('consent-check').isChecked(), false);
    await press(page, 'decline');
    await press(page, 'other-method');
    await page.locator('#returned').waitFor();
  });
  assert.deepEqual(
    server.seen.consents.map((consent) => consent.accepted),
    [false],
  );
});

test('another method is on the first screen', async () => {
  await withPage({}, async (page) => {
    await waitForState(page, 'consent');
    await press(page, 'other-method');
    await page.locator('#returned').waitFor();
  });
  assert.deepEqual(server.seen.cancels, ['other_method']);
});

test('a blocked camera says what to do', async () => {
  await withBrowser('denied', async (page) => {
    await waitForState(page, 'intro');
    await press(page, 'start-camera');
    await waitForState(page, 'error');
    assert.equal(await code(page), 'permission_denied');
  });
});

test('a machine without a camera is told so', async () => {
  await withBrowser('none', async (page) => {
    await waitForState(page, 'intro');
    await press(page, 'start-camera');
    await waitForState(page, 'error');
    assert.equal(await code(page), 'no_camera');
  });
});

test('no face in sight is a hint, and too far away is another', async () => {
  await withBrowser('far', async (page) => {
    await waitForState(page, 'intro');
    await press(page, 'start-camera');
    await page.locator('[data-hint="too_far"]').waitFor();
    assert.equal(await page.getByTestId('hint').textContent(), 'Come closer');
    await page.locator('#status', { hasText: 'Come closer' }).waitFor({ state: 'attached' });
  });
  assert.equal(server.seen.challenges.length, 0, 'no attempt is charged without a usable face');
});

test('a camera in use offers the other camera', async () => {
  const two = await launch('two');
  server.settings.session = sessionView({ consent: agreed });
  const busy = () => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      if (!constraints.video.deviceId)
        setTimeout(() => stream.getVideoTracks()[0].dispatchEvent(new Event('ended')), 500);
      return stream;
    };
  };
  try {
    await withPage(
      { init: busy },
      async (page) => {
        await waitForState(page, 'intro');
        await press(page, 'start-camera');
        await waitForState(page, 'error');
        assert.equal(await code(page), 'track_ended');
        assert.equal(await page.getByTestId('camera-choice').locator('option').count(), 2);
        await page.getByTestId('camera-choice').selectOption({ index: 1 });
        await press(page, 'retry');
        await waitForState(page, 'guide');
      },
      two,
    );
  } finally {
    await two.close();
  }
});

for (const [state, session] of [
  ['expired', { status: 'failed', code: 'expired' }],
  ['locked', { status: 'failed', code: 'locked' }],
  ['attempts_used', { status: 'failed', code: 'failed' }],
  ['failed', { status: 'failed', code: 'not_enrolled' }],
]) {
  test(`a session that ended shows "${state}" and leads back`, async () => {
    server.settings.session = sessionView(session);
    await withPage({}, async (page) => {
      await waitForState(page, state);
      await press(page, 'back');
      await page.locator('#returned').waitFor();
    });
    assert.equal(server.seen.returns, 1);
  });
}

test('a link in another browser is refused with a reference for support', async () => {
  server.settings.problems = { '/session': { status: 403, code: 'forbidden' } };
  await withPage({}, async (page) => {
    await waitForState(page, 'error');
    assert.equal(await code(page), 'forbidden');
    assert.match(await page.getByTestId('support').textContent(), /req_7F3K/);
    assert.equal(await page.locator('[data-action="retry"]').count(), 0);
  });
});

test('a busy server is asked again by itself', async () => {
  server.settings.problems = {
    '/session': { status: 503, code: 'queue_full', headers: { 'Retry-After': '2' }, once: true },
  };
  await withPage({}, async (page) => {
    await page.getByTestId('countdown').waitFor();
    await waitForState(page, 'consent');
  });
});

test('an in-app browser is sent to a real one', async () => {
  await withPage({ context: { userAgent: 'Mozilla/5.0 (iPhone) Instagram 300.0' } }, async (page) => {
    await waitForState(page, 'in_app');
    await press(page, 'continue-here');
    await waitForState(page, 'consent');
  });
});

test('language, direction, title and focus follow the screen', async () => {
  server.settings.session = sessionView({ locale: 'de' });
  await withPage({}, async (page) => {
    await waitForState(page, 'consent');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
    assert.match(await page.title(), /Demo Bank/);
    await page.getByTestId('consent-check').press('Space');
    await page.locator('[data-action="agree"]').press('Enter');
    await waitForState(page, 'intro');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'heading');
    assert.equal(await page.title(), 'Gesichtsprüfung einrichten · Demo Bank');
    await page.getByTestId('language').selectOption('en');
    await page.getByRole('heading', { name: 'Set up your face check' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  });
});

test('the receipt can be downloaded', async () => {
  await withPage({}, async (page) => {
    await agree(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download receipt' }).click(),
    ]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    const receipt = JSON.parse(Buffer.concat(chunks).toString());
    assert.equal(download.suggestedFilename(), 'consent-con_test.json');
    assert.equal(receipt.sha256, notice.sha256);
    assert.deepEqual(receipt.paragraphs, notice.paragraphs);
  });
});

const screens = {
  consent: async (page) => waitForState(page, 'consent'),
  intro: async (page) => agree(page),
  guide: async (page) => {
    server.settings.holdAt = -1;
    await agree(page);
    await press(page, 'start-camera');
    await waitForState(page, 'guide');
  },
  challenge_colour: async (page) => {
    server.settings.holdAt = 1;
    await agree(page);
    await press(page, 'start-camera');
    await waitForState(page, 'challenge_colour');
  },
  cancel_confirm: async (page) => {
    server.settings.holdAt = -1;
    await agree(page);
    await press(page, 'start-camera');
    await waitForState(page, 'guide');
    await press(page, 'cancel');
    await waitForState(page, 'cancel_confirm');
  },
  error: async (page) => {
    await page.goto(`${server.origin}/e/link_expired`);
    await waitForState(page, 'error');
  },
};

for (const colorScheme of ['light', 'dark']) {
  for (const [name, reach] of Object.entries(screens)) {
    test(`${name} has no accessibility violation and no overflow at 320 px in ${colorScheme}`, async () => {
      const context = { colorScheme, viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' };
      await withPage({ context }, async (page) => {
        await reach(page);
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
        assert.equal(
          await page.evaluate(() => document.body.dataset.state),
          name,
          'the screen stood still meanwhile',
        );
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
          [],
        );
        const sizes = await page.evaluate(() => ({
          overflow: document.documentElement.scrollWidth - innerWidth,
          small: [...document.querySelectorAll('button, select, a')]
            .filter((element) => element.getBoundingClientRect().height < 44)
            .map((element) => element.textContent),
        }));
        assert.deepEqual(sizes, { overflow: 0, small: [] });
      });
    });
  }
}
