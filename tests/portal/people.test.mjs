// What administrators do with people: through the pages of the real server, over made-up users.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { csvRows, openDay } from './pages.mjs';

const kUsers = 260;

describe('people in the portal', { timeout: 300_000 }, () => {
  let day;
  let portal;
  let page;
  before(async () => {
    day = await openDay(kUsers);
    ({ portal } = day);
    ({ page } = portal);
  });
  after(() => day?.close());
  const get = (path) => day.owner.call('GET', path);
  const enrolled = async (limit = 10) => (await get(`/users?status=enrolled&limit=${limit}`)).items;

  test('every one is met once on the way through the pages, and the way back is the same', async () => {
    await portal.visit('/users');
    assert.match(await page.locator('.pager').textContent(), new RegExp(`${kUsers} users`));
    const seen = [await portal.column('External identifier')];
    while (await portal.button('Next').isEnabled()) {
      await portal.button('Next').click();
      await page.getByText(`Page ${seen.length + 1} ·`).waitFor();
      await portal.settled();
      seen.push(await portal.column('External identifier'));
    }
    assert.equal(new Set(seen.flat()).size, kUsers);
    assert.equal(seen.flat().length, kUsers);
    await portal.button('Previous').click();
    await page.getByText(`Page ${seen.length - 1} ·`).waitFor();
    await portal.settled();
    assert.deepEqual(await portal.column('External identifier'), seen.at(-2));
  });

  test('are found by a word inside of the identifier, by status and by integration, and all three hold', async () => {
    await portal.visit('/users');
    await page.getByLabel('Search users').fill('harbour');
    await page.waitForURL(/q=harbour/);
    await portal.settled();
    for (const name of await portal.column('External identifier')) assert.match(name, /\bharbour/);
    await portal.choose('Status', 'Enrolled');
    await portal.choose('Integration', 'Customer login');
    assert.deepEqual([...new Set(await portal.column('Status'))], ['Enrolled']);
    assert.deepEqual([...new Set(await portal.column('Integration'))], ['Customer login']);
    const { searchParams } = new URL(page.url());
    const { items } = await get(
      `/users?q=harbour&status=enrolled&integration=${searchParams.get('integration')}&limit=100`,
    );
    assert.ok(items.length > 0);
    await page.reload();
    await portal.settled();
    assert.equal((await portal.column('Status')).length, Math.min(50, items.length));
  });

  test('are found by the model of their face', async () => {
    const former = (await enrolled(3)).map(({ id }) => id);
    day.changeStore(
      `UPDATE credential SET model = 'former/1' WHERE subject_id IN ('${former.join("','")}') AND state = 'active'`,
    );
    await portal.visit('/users');
    await portal.choose('Face model', 'former/1 (3)');
    assert.equal((await portal.column('Status')).length, 3);
    assert.match(await page.locator('.pager').textContent(), /3 users/);
    await portal.choose('Status', 'Suspended');
    await page.getByText('Nobody fits').waitFor();
    await portal.button('Remove filter Status').click();
    await page.reload();
    await portal.settled();
    assert.equal((await portal.column('Status')).length, 3, 'the address holds the filter');
    const text = await portal.download(() => page.getByRole('link', { name: 'Export CSV' }).click());
    assert.equal(csvRows(text).length, 3, 'so does the export');
  });

  test('who was verified last comes first when asked for', async () => {
    await portal.visit('/users?status=enrolled');
    await portal.button('Last verified').click();
    await page.waitForURL(/sort=last_verified_at/);
    await portal.settled();
    const times = await page
      .locator('.table tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => Date.parse([...row.querySelectorAll('time')].at(-1).dateTime)),
      );
    assert.deepEqual(
      times,
      [...times].sort((a, b) => b - a),
    );
  });

  test('the page of one shows credential, consent and devices, and neither score nor template', async () => {
    const [user] = await enrolled(1);
    await portal.visit(`/users/${user.id}`);
    await page
      .getByText(/3 samples that passed the quality check · model/)
      .first()
      .waitFor();
    await page
      .getByText(/^SHA-256 [0-9a-f]{16}/)
      .first()
      .waitFor();
    const devices = page.locator('.card', { hasText: 'Devices' }).locator('li');
    assert.ok((await devices.count()) > 0);
    assert.match(await devices.first().textContent(), /(Chrome|Safari|Firefox)( on \w+)?\s*\d+ logins?/);
    const text = (await page.locator('main').textContent()).replace('Comparison scores are not kept.', '');
    assert.ok(!/score/i.test(text));
    await page.getByRole('tab', { name: 'History' }).click();
    await portal.settled();
    await page.locator('.table tbody tr a').first().click();
    await page.waitForURL(/\/transactions\/ver_/);
  });

  test('notes are saved, undone, and part of the export', async () => {
    const [user] = await enrolled(1);
    await portal.visit(`/users/${user.id}`);
    await page.getByLabel('Notes').fill('Called on Monday.');
    await portal.button('Save notes').click();
    await page.getByText('Notes saved.').waitFor();
    await portal.button('Undo').click();
    await page.getByText('The notes are as before.').waitFor();
    assert.equal(await page.getByLabel('Notes').inputValue(), '');
    await page.getByLabel('Notes').fill('Called on Tuesday.');
    await portal.button('Save notes').click();
    await page.getByText('Notes saved.').waitFor();
    await portal.button('More for this user').click();
    const text = await portal.download(() => page.getByText('Export everything (JSON)').click());
    const { detail, transactions } = JSON.parse(text);
    assert.deepEqual([detail.user.id, detail.notes], [user.id, 'Called on Tuesday.']);
    assert.ok(Array.isArray(transactions) && !/"(score|template|sealed)"/.test(text));
  });

  test('is asked to enrol again', async () => {
    const [user] = await enrolled(1);
    await portal.visit(`/users/${user.id}`);
    await portal.button('More for this user').click();
    await portal.button('Request re-enrolment').click();
    await portal.dialog.getByRole('button', { name: 'Request re-enrolment' }).click();
    await page.getByText('enrols again at the next login').waitFor();
    await page.locator('.page-head').getByText('Not enrolled').waitFor();
    await page.locator('.card', { hasText: 'Face credentials' }).getByText('Revoked').waitFor();
    await page.getByRole('tab', { name: 'Audit' }).click();
    await page.getByText('Re-enrolment requested').waitFor();
  });

  test('several are suspended at once, and the way back is one press', async () => {
    await portal.visit('/users?status=enrolled');
    const boxes = page.locator('tbody input[type=checkbox]');
    for (const index of [0, 1, 2]) await boxes.nth(index).check();
    await portal.button('Suspend').click();
    await portal.dialog.getByRole('button', { name: 'Suspend' }).click();
    await page.getByText('3 users suspended.').waitFor();
    const { total } = await get('/users?status=suspended');
    await portal.button('Undo').click();
    await page.locator('.bulk-bar').waitFor({ state: 'detached' });
    await portal.settled();
    assert.equal((await get('/users?status=suspended')).total, total - 3);
  });

  test('is deleted for good, by the name typed, with a certificate that the audit knows', async () => {
    const [user] = await enrolled(1);
    await portal.visit(`/users/${user.id}`);
    await portal.button('More for this user').click();
    await portal.button('Delete user').click();
    await portal.dialog.getByRole('textbox').fill(user.external_id);
    await portal.dialog.getByRole('button', { name: 'Delete user' }).click();
    await page.getByRole('heading', { name: 'Certificate of deletion' }).waitFor();
    const text = await portal.download(() => portal.button('Download JSON').click());
    const certificate = JSON.parse(text);
    const { items } = await get(`/audit?target=${user.id}&kind=subject.deleted`);
    assert.equal(items[0].hash, certificate.audit_hash);
    await portal.visit(`/users?q=${encodeURIComponent(user.external_id)}`);
    await page.getByText('Nobody fits').waitFor();
  });

  test('nothing on the way broke a page or the content security policy', () =>
    assert.deepEqual(day.broken, []));
});
