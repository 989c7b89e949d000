// How fast the portal answers when an organisation is large: seeds one, starts the real server and asks as the pages do.
// Prints a table and, as the last line, one JSON object. Ends with 1 when a bar is missed.
// Usage: node tools/bench_portal.mjs [--users 100000] [--rounds 40]
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openPortalWorld } from '../demo/portal-world.mjs';

const { values } = parseArgs({
  options: { users: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '40' } },
});
const users = Number(values.users);
const rounds = Number(values.rounds);
const bars = { list: 50, search: 50, charts: 150 };
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** One request over the connection that is kept; `ms` is from sending to the last byte. */
function ask(url, cookie) {
  return new Promise((done, failed) => {
    const started = performance.now();
    const sent = request(url, { agent, headers: { Cookie: cookie } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('error', failed);
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        const ms = performance.now() - started;
        if (answer.statusCode !== 200) failed(new Error(`${url}: ${answer.statusCode} ${body}`));
        else done({ ms, body });
      });
    });
    sent.on('error', failed);
    sent.end();
  });
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];

async function measure(get, { name, kind, path, times = rounds }) {
  const all = [];
  let bytes = 0;
  await get(path);
  for (let i = 0; i < times; i += 1) {
    const { ms, body } = await get(path);
    all.push(ms);
    bytes = body.length;
  }
  all.sort((a, b) => a - b);
  const figure = {
    name,
    kind,
    p50_ms: at(all, 0.5),
    p95_ms: at(all, 0.95),
    bytes,
    bar_ms: bars[kind] ?? null,
  };
  return { ...figure, held: figure.bar_ms === null || figure.p95_ms <= figure.bar_ms };
}

/** The address of the page that lies `pages` pages of 100 down a list. */
async function deep(json, path, pages) {
  const sign = path.includes('?') ? '&' : '?';
  let address = `${path}${sign}limit=100`;
  for (let i = 0; i < pages; i += 1) {
    const { next_cursor: cursor } = await json(address);
    if (cursor === null) break;
    address = `${path}${sign}limit=100&cursor=${encodeURIComponent(cursor)}`;
  }
  return address;
}

async function cases(json) {
  const pages = Math.floor(users / 200);
  const { items: integrations } = await json('/integrations');
  const integration = integrations[0].id;
  const { items: models } = await json('/users/models');
  const { items: found } = await json('/users?q=fischer&limit=100');
  const someone = found[0] ?? (await json('/users?limit=1')).items[0];
  const { items: failed } = await json('/transactions?state=failed&limit=1');
  const week = new Date(Date.now() - 7 * 86_400_000).toISOString();
  const month = new Date(Date.now() - 30 * 86_400_000).toISOString();
  const list = (name, path) => ({ name, kind: 'list', path });
  const search = (name, path) => ({ name, kind: 'search', path });
  const q = encodeURIComponent;
  return [
    list('users', '/users'),
    list('users, 100 a page', '/users?limit=100'),
    list('users, last verified first', '/users?sort=-last_verified_at'),
    list('users, half-way down', await deep(json, '/users', pages)),
    list('users by date, half-way down', await deep(json, '/users?sort=-enrolled_at', pages)),
    ...['enrolled', 'not_enrolled', 'suspended', 'locked'].map((s) =>
      list(`users, ${s}`, `/users?status=${s}`),
    ),
    list('users, a face model', `/users?model=${encodeURIComponent(models[0].model)}`),
    list('users, a face model of nobody', '/users?model=nobody%2F1'),
    list('face models', '/users/models'),
    list('users of an integration', `/users?integration=${integration}`),
    list('users of an integration, suspended', `/users?integration=${integration}&status=suspended`),
    search('search, one letter', '/users?q=a'),
    search('search, a name', '/users?q=fischer'),
    search('search, a domain of all', '/users?q=auth0'),
    search('search, a name and a status', '/users?q=ma&status=suspended'),
    search('search, a name and a face model', `/users?q=ma&model=${encodeURIComponent(models[0].model)}`),
    search('search, by date', '/users?q=samlp&sort=-last_verified_at'),
    search('search, a whole identifier', `/users?q=${q(someone.external_id)}`),
    search('search, nothing found', '/users?q=zzzzzz'),
    list('user', `/users/${someone.id}`),
    list('transactions of a user', `/transactions?user=${someone.id}`),
    list('audit of a user', `/audit?target=${someone.id}`),
    list('transactions', '/transactions'),
    list('transactions, half-way down', await deep(json, '/transactions', pages)),
    ...['passed', 'failed', 'cancelled', 'expired', 'refused', 'capturing'].map((s) =>
      list(`transactions, ${s}`, `/transactions?state=${s}`),
    ),
    ...['no_match', 'not_live_active', 'broken_chain'].map((c) =>
      list(`transactions, ${c}`, `/transactions?cause=${c}`),
    ),
    list('transactions, enrolments', '/transactions?purpose=enrolment'),
    list('transactions of an integration', `/transactions?integration=${integration}`),
    list(
      'transactions, failed enrolments in an integration',
      `/transactions?integration=${integration}&purpose=enrolment&state=failed`,
    ),
    list('transactions of a week', `/transactions?from=${week}`),
    list('transactions before a month', `/transactions?to=${month}&state=refused`),
    search('transactions by identifier', `/transactions?user=${q(someone.external_id)}`),
    list('transaction', `/transactions/${failed[0].id}`),
    list('audit', '/audit'),
    list('audit, a group', '/audit?kind=subject.'),
    list('audit, a kind', '/audit?kind=verification.failed'),
    list('audit, an actor', '/audit?actor=cli'),
    list('audit of a week', `/audit?from=${week}`),
    ...['24h', '7d', '30d', '90d'].flatMap((range) => [
      { name: `figures, ${range}`, kind: 'charts', path: `/statistics?range=${range}` },
      {
        name: `figures, ${range}, an integration`,
        kind: 'charts',
        path: `/statistics?range=${range}&integration=${integration}`,
      },
    ]),
    { name: 'export of all users', kind: 'export', path: '/users/export', times: 2 },
    {
      name: 'export of a week of transactions',
      kind: 'export',
      path: `/transactions/export?from=${week}`,
      times: 2,
    },
    {
      name: 'export of a week of audit',
      kind: 'export',
      path: `/audit/export?format=jsonl&from=${week}`,
      times: 2,
    },
  ];
}

const line = ({ name, p50_ms, p95_ms, bytes, bar_ms, held }) =>
  [
    name.padEnd(52),
    `${p50_ms.toFixed(1)} ms`.padStart(11),
    `${p95_ms.toFixed(1)} ms`.padStart(11),
    `${(bytes / 1024).toFixed(1)} KB`.padStart(12),
    bar_ms === null ? '' : `${held ? 'holds' : 'MISSES'} ${bar_ms} ms`,
  ].join('  ');

const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
let world;
try {
  world = await openPortalWorld(folder, { users, bare: true });
  const { place, owner, seeded, seconds } = world;
  console.log(
    `${seeded.users} users, ${seeded.transactions} transactions, made in ${seconds.toFixed(1)} s\n`,
  );
  const get = (path) => ask(`${place.portalUrl}/api/admin/v1${path}`, owner.cookie());
  const json = async (path) => JSON.parse((await get(path)).body);
  const figures = [];
  console.log(`${''.padEnd(52)}  ${'p50'.padStart(11)}  ${'p95'.padStart(11)}`);
  for (const one of await cases(json)) {
    const figure = await measure(get, one);
    figures.push(figure);
    console.log(line(figure));
  }
  const missed = figures.filter(({ held }) => !held);
  const load = Number(loadavg()[0].toFixed(2));
  console.log(`\n${missed.length === 0 ? 'every bar holds' : `${missed.length} missed`}; load ${load}\n`);
  console.log(
    JSON.stringify({
      suite: 'portal',
      users: seeded.users,
      transactions: seeded.transactions,
      seed_seconds: seconds,
      load,
      figures,
    }),
  );
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  agent.destroy();
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
}
