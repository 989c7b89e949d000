// `demo seed`: the people are made up, the rows are not: the product reads them like any others.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openPortalWorld } from '../../demo/portal-world.mjs';

describe('demo seed', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-seed-'));
  let world;
  let cli;
  let call;
  before(async () => {
    world = await openPortalWorld(folder, { users: 200, bare: true, seed: 7 });
    cli = world.place.cli;
    call = (path) => world.owner.call('GET', path);
  });
  after(async () => {
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const names = async (tenant) => {
    const { subjects } = await cli('subject', 'list', '--tenant', tenant, '--limit', '1000');
    return subjects.map(({ external_id }) => external_id).sort();
  };

  test('every user is there, most of them enrolled, and search finds them', async () => {
    const { items, total } = await call('/users?limit=100');
    assert.equal(items.length, 100);
    assert.equal(total, (await names(world.owner.tenant)).length);
    assert.ok(total > 180 && total <= 200, `${total} of 200 came`);
    const { items: enrolled } = await call('/users?status=enrolled&limit=100');
    assert.equal(enrolled.length, 100);
    assert.ok(enrolled.every(({ samples, enrolled_at }) => samples === 3 && enrolled_at !== null));
    const { items: found } = await call(`/users?q=${encodeURIComponent(items[50].external_id)}`);
    assert.equal(found[0].id, items[50].id);
  });

  test('the audit chain holds and says that the history is made up', async () => {
    const { intact, events } = await cli('audit', 'verify', '--tenant', world.owner.tenant);
    assert.ok(intact);
    assert.ok(events > 1000);
    const { items } = await call('/audit?kind=demo.');
    assert.deepEqual(
      items.map(({ kind }) => kind),
      ['demo.seeded', 'demo.seed_started'],
    );
    assert.equal(items[0].details.templates, 'random noise');
  });

  test('figures, transactions and their timelines agree', async () => {
    const figures = await call('/statistics?range=90d');
    const passes = figures.funnel.find(({ step }) => step === 'match').count;
    const opened = figures.funnel.find(({ step }) => step === 'opened').count;
    // The range begins with a day, the history within one.
    const { transactions } = world.seeded;
    assert.ok(opened <= transactions && opened > transactions - 15, `${opened} of ${transactions}`);
    assert.ok(passes > 0.8 * opened && passes < opened, `${passes} of ${opened}`);
    assert.ok(figures.causes.length >= 4);
    const { items } = await call('/transactions?state=passed&purpose=enrolment&limit=1');
    const { timeline } = await call(`/transactions/${items[0].id}`);
    assert.deepEqual(
      timeline.map(({ kind }) => kind).filter((kind) => kind !== 'attempt'),
      ['opened', 'consent', 'camera', 'face', 'challenge', 'passed', 'returned', 'confirmed'],
    );
    const times = timeline.map(({ at }) => Date.parse(at));
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
  });

  test('a tenant with users is refused unless it is forced', async () => {
    const words = ['demo', 'seed', '--tenant', world.owner.tenant, '--users', '5', '--seed', '8'];
    await assert.rejects(cli(...words), /has users already/);
    assert.equal((await cli(...words, '--force-add')).users, 5);
  });

  test('the same seed makes the same people, another seed others', async () => {
    const made = async (name, seed) => {
      const words = ['demo', 'seed', '--tenant', name, '--users', '30', '--seed', String(seed)];
      const { tenant_created: created, integrations } = await cli(...words);
      assert.ok(created);
      assert.equal(integrations.length, 3);
      return names(name);
    };
    const first = await made('Twin A', 3);
    assert.deepEqual(await made('Twin B', 3), first);
    assert.notDeepEqual(await made('Other', 4), first);
  });
});
