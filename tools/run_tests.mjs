// Runs every test suite, one after the other, and closes with "N passed, N failed[, N skipped]".
// Each suite writes JUnit XML; the counts come from there, so a suite that did not run counts as failed.
// Files of browser tests run one by one; one that fails runs a second time and is named at the end (docs/adr/0093).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const reports = join(root, '.cache', 'reports');

const vitest =
  (workspace, ...more) =>
  (report) => [
    'npx',
    [
      'vitest',
      'run',
      '--root',
      workspace,
      '--reporter=default',
      '--reporter=junit',
      `--outputFile.junit=${report}`,
      ...more,
    ],
  ];
const nodeTest =
  (...paths) =>
  (report) => [
    process.execPath,
    [
      '--test',
      '--test-concurrency=1',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=junit',
      `--test-reporter-destination=${report}`,
      ...paths,
    ],
  ];

/** The test files of a folder; an empty list would run nothing and pass. */
function filesIn(folder, ending) {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(ending));
  if (names.length === 0) throw new Error(`no *${ending} in ${folder}`);
  return names.sort().map((name) => join(folder, name));
}

/** A suite whose files are run one by one, each a second time when it fails. */
const browserFiles = (name, folder, ending) => ({
  name,
  parts: filesIn(folder, ending).map((file) => ({ name: file, run: nodeTest(file) })),
});

const suites = [
  { name: 'architecture', run: nodeTest('tests/architecture/layers.mjs') },
  {
    name: 'server',
    run: (report) => [
      'ctest',
      [
        '--test-dir',
        'build/release',
        '--output-on-failure',
        '--output-junit',
        report,
        '-j',
        String(availableParallelism()),
        '--no-tests=error',
        '--progress',
      ],
    ],
  },
  { name: 'face-tracker', run: vitest('web/facetrack', '--testTimeout=60000', '--maxWorkers=2') },
  { name: 'web-shared', run: vitest('web/shared') },
  { name: 'capture-page', run: vitest('web/capture') },
  { name: 'portal-page', run: vitest('web/portal') },
  { name: 'auth0-action', run: nodeTest(...filesIn('integrations/auth0-action/test', '.test.mjs')) },
  { name: 'demo-tenant', run: nodeTest(...filesIn('demo/tenant/test', '.test.js')) },
  { name: 'demo-app', run: nodeTest(...filesIn('demo/app/test', '.test.js')) },
  browserFiles('capture-page-browser', 'web/capture/test', '.browser.mjs'),
  browserFiles('portal-page-browser', 'web/portal/test', '.browser.mjs'),
  { name: 'server-black-box', run: nodeTest(...filesIn('tests/server', '.test.mjs')) },
  browserFiles('portal', 'tests/portal', '.test.mjs'),
  browserFiles('end-to-end', 'tests/e2e', '.test.mjs'),
];

/** Counts in a JUnit file; elements rather than totals, because the three writers total differently. */
function count(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const xml = readFileSync(report, 'utf8');
  const cases = xml.match(/<testcase\b[^>]*?(\/>|>[\s\S]*?<\/testcase>)/g) ?? [];
  const failed = cases.filter((text) => /<(failure|error)\b/.test(text)).length;
  const skipped = cases.filter((text) => /<skipped\b|status="(disabled|notrun)"/.test(text)).length;
  return { passed: cases.length - failed - skipped, failed, skipped };
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(
    `unknown suite: ${unknown.join(', ')}; there are ${suites.map((suite) => suite.name).join(', ')}`,
  );
  process.exit(2);
}

const sum = (counts) =>
  counts.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );

function runOnce(name, run) {
  const report = join(reports, `${name.replaceAll('/', '-')}.xml`);
  rmSync(report, { force: true });
  const [command, args] = run(report);
  const ended = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  const found = count(report);
  if (ended.status !== 0 && found.failed === 0) found.failed = 1;
  if (found.passed + found.failed === 0) found.failed = 1;
  return found;
}

const ranTwice = [];
function runTwiceAtMost({ name, run }) {
  const first = runOnce(name, run);
  if (first.failed === 0) return first;
  console.log(`\n=== ${name} failed; a second and last time`);
  ranTwice.push(name);
  return runOnce(name, run);
}

const totals = [];
const lines = [];
for (const suite of suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n=== ${suite.name}`);
  const started = Date.now();
  const found = suite.parts ? sum(suite.parts.map(runTwiceAtMost)) : runOnce(suite.name, suite.run);
  totals.push(found);
  lines.push(
    `${suite.name.padEnd(22)} ${found.passed} passed, ${found.failed} failed, ${found.skipped} skipped, ${Math.round((Date.now() - started) / 1000)} s`,
  );
}
const total = sum(totals);
for (const name of ranTwice) lines.push(`ran twice: ${name}`);
console.log(`\n${lines.join('\n')}\n`);
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exit(total.failed === 0 ? 0 : 1);
