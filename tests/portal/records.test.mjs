// What administrators read: transactions, the audit trail and the figures, on the pages of the real server, over made-up logins.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { demoOwner } from '../../demo/portal.mjs';
import { csvRows, openDay } from './pages.mjs';

describe('records in the portal', { timeout: 300_000 }, () => {
  let day;
  let portal;
  let page;
  before(async () => {
    day = await openDay(260);
    ({ portal } = day);
    ({ page } = portal);
  });
  after(() => day?.close());
  const get = (path) => day.owner.call('GET', path);

  describe('transactions', () => {
    const filters = [
      ['state', 'Outcome', 'Failed', (row) => row.state === 'failed'],
      ['cause', 'Cause', 'Face did not match', (row) => row.cause === 'no_match'],
      ['purpose', 'Purpose', 'Enrolment', (row) => row.purpose === 'enrolment'],
      [
        'integration',
        'Integration',
        'Payments step-up',
        (row, names) => names[row.integration] === 'Payments step-up',
      ],
    ];
    test('each filter shows what it says and nothing else, alone and together', async () => {
      const { items: integrations } = await get('/integrations');
      const names = Object.fromEntries(integrations.map(({ id, settings }) => [id, settings.name]));
      /** The rows that the server answers with when a filter is chosen. */
      const rowsOf = async (key, filter, choice) => {
        const answered = page.waitForResponse((answer) =>
          new RegExp(`/transactions\\?(.*&)?${key}=`).test(answer.url()),
        );
        await portal.choose(filter, choice);
        return (await (await answered).json()).items;
      };
      for (const [key, filter, choice, fits] of filters) {
        await portal.visit('/transactions');
        const rows = await rowsOf(key, filter, choice);
        assert.ok(rows.length > 0 && rows.every((row) => fits(row, names)), `${filter}: ${choice}`);
        assert.equal(await page.locator('.table tbody tr').count(), rows.length);
      }
      await portal.visit('/transactions');
      await portal.choose('Outcome', 'Failed');
      const rows = await rowsOf('integration', 'Integration', 'Customer login');
      assert.ok(rows.length > 0);
      for (const row of rows)
        assert.deepEqual([row.state, names[row.integration]], ['failed', 'Customer login']);
    });

    test('of one user, by the identifier', async () => {
      const { items } = await get('/transactions?state=passed&limit=1');
      await portal.visit('/transactions');
      await portal.fillFilter('User', items[0].external_id);
      const users = await portal.column('User');
      assert.deepEqual([...new Set(users)], [items[0].external_id]);
      const { items: all } = await get(
        `/transactions?user=${encodeURIComponent(items[0].external_id)}&limit=100`,
      );
      assert.equal(users.length, Math.min(50, all.length));
    });

    test('of a span of time, in the time zone of the browser, and the export is of the same span', async () => {
      const day = 86_400_000;
      const local = (at) =>
        new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
      const [from, to] = [Date.now() - 40 * day, Date.now() - 10 * day];
      await portal.visit('/transactions');
      await portal.fillFilter('From', local(from));
      await portal.fillFilter('Until', local(to));
      const times = await portal.moments();
      assert.ok(times.length > 0);
      for (const at of times) assert.ok(at >= from - 60_000 && at < to, new Date(at).toISOString());
      const text = await portal.download(() => page.getByRole('link', { name: 'Export CSV' }).click());
      const stamps = text.match(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^",\r\n]*/g).map(Date.parse);
      assert.ok(csvRows(text).length >= times.length);
      assert.ok(Math.min(...stamps) >= from - 60_000);
    });

    test('one that failed tells every step, the cause in words and what to do, and holds no picture', async () => {
      await portal.visit('/transactions?state=failed&cause=no_match');
      await page.locator('.table tbody tr a').first().click();
      await page.getByText('Face did not match').first().waitFor();
      await page.getByText(/What to do:/).waitFor();
      const steps = await page.locator('.timeline-title').allInnerTexts();
      for (const step of [
        'Capture page opened',
        'Consent given',
        'Camera streaming',
        'Attempt failed',
        'Failed',
      ])
        assert.ok(steps.includes(step), `${step} is not among ${steps}`);
      assert.equal(await page.locator('main img, main canvas, main video').count(), 0);
    });

    test('a login that ends while one looks on appears by itself', async () => {
      await portal.visit('/transactions?live=1');
      const [{ id }] = (await get('/transactions?limit=1')).items;
      const { items } = await get('/integrations');
      const simulation = await day.owner.call('POST', `/integrations/${items[0].id}/simulations`);
      await fetch(simulation.start_url, { redirect: 'manual' });
      const fresh = (await get('/transactions?limit=1')).items[0];
      if (fresh.id !== id) await page.locator(`a[href="/transactions/${fresh.id}"]`).waitFor();
      assert.notEqual(fresh.id, id, 'the simulated login is a transaction');
    });
  });

  describe('the audit trail', () => {
    test('is filtered by kind, by who and by what, and one event tells what it was', async () => {
      await portal.visit('/audit');
      await portal.choose('Kind', 'Integrations');
      for (const event of await portal.column('Event'))
        assert.match(event, /^(Integration|Session Secret|Test login)/);
      const { administrator } = await get('/session');
      await portal.fillFilter('By', administrator.id);
      assert.deepEqual([...new Set(await portal.column('By'))], [demoOwner.name]);
      const { items } = await get('/audit?kind=integration.created&limit=1');
      await portal.visit(`/audit?target=${items[0].target}`);
      await page.getByRole('link', { name: 'Integration created' }).click();
      await portal.dialog.getByText(items[0].hash).waitFor();
    });

    test('holds on the page, on the command line and in the files that are taken out', async () => {
      await portal.visit('/audit');
      await portal.button('Verify the chain').click();
      await page.getByText('The chain is intact').waitFor();
      const verified = await day.place.cli('audit', 'verify', '--tenant', day.owner.tenant);
      assert.equal(verified.intact, true, JSON.stringify(verified));
      const take = (name) => portal.download(() => page.getByRole('link', { name, exact: true }).click());
      const events = (await take('JSON Lines')).trimEnd().split('\n').map(JSON.parse);
      events.forEach((event, index) => {
        assert.equal(event.sequence, index + 1);
        if (index > 0) assert.equal(event.previous_hash, events[index - 1].hash);
      });
      // Taking it out is an event of its own.
      assert.equal(csvRows(await take('CSV')).length, events.length + 1);
    });

    test('names the event that somebody changed in the database', async () => {
      day.changeStore("UPDATE audit_event SET actor = 'nobody' WHERE sequence = 7");
      await portal.visit('/audit');
      await portal.button('Verify the chain').click();
      await page.getByText('The first event that does not hold is number 7').waitFor();
      await assert.rejects(
        day.place.cli('audit', 'verify', '--tenant', day.owner.tenant),
        /is broken at event 7\b/,
      );
    });
  });

  describe('home', () => {
    const figureOf = (label) =>
      page.locator('.tile', { hasText: label }).locator('.tile-value').textContent();

    test('counts what happened in the range that was picked', async () => {
      await portal.visit('/');
      for (const [range, label] of [
        ['24h', '24 hours'],
        ['90d', '90 days'],
        ['30d', '30 days'],
      ]) {
        await page.getByLabel('Range').selectOption({ label });
        await page.waitForURL(new RegExp(`range=${range}`));
        await portal.settled();
        const { totals } = await get(`/statistics?range=${range}`);
        await page
          .locator('.tile', { hasText: 'Verifications' })
          .getByText(totals.verifications.toLocaleString('en'), { exact: true })
          .waitFor();
        assert.equal(await figureOf('Enrolled users'), totals.enrolled_users.toLocaleString('en'));
        assert.equal(await figureOf('Liveness alerts'), totals.liveness_alerts.toLocaleString('en'));
      }
    });

    test('has a table and a CSV file behind every chart', async () => {
      await portal.visit('/?range=30d');
      const charts = page.locator('.chart');
      assert.equal(await charts.count(), 4);
      for (let index = 0; index < 4; index += 1) {
        const chart = charts.nth(index);
        const title = await chart.getByRole('heading').textContent();
        await chart.getByRole('button', { name: 'Table' }).click();
        const rows = await chart.locator('table tbody tr').count();
        assert.ok(rows > 0, title);
        const text = await portal.download(() => chart.getByRole('button', { name: /CSV$/ }).click());
        assert.equal(csvRows(text).length, rows, title);
      }
    });
  });

  test('nothing on the way broke a page or the content security policy', () =>
    assert.deepEqual(day.broken, []));
});
