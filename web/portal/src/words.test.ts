import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { auditGroups, auditKinds } from './words';

const source = fileURLToPath(new URL('../../../src', import.meta.url));
const groups = Object.keys(auditGroups).map((group) => group.slice(0, -1));
/** What is written for an edge of the state machine is put together: "verification." and the state or loss. */
const edges = ['consented', 'attempt_lost', 'passed', 'failed', 'cancelled', 'expired'];

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesBelow(path);
    return name.endsWith('.cpp') && !name.endsWith('_test.cpp') ? [path] : [];
  });
}

/** The kinds that the server's sources name: a group, a dot and a word, outside of log lines and settings. */
function kindsOfServer(): string[] {
  const kind = new RegExp(`"((?:${groups.join('|')})\\.[a-z_]+)"`, 'g');
  const found = ['domain', 'app/demo', 'app/cli'].flatMap((folder) =>
    filesBelow(join(source, folder)).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(kind)].map((match) => match[1] ?? ''),
    ),
  );
  return [...new Set([...found, ...edges.map((edge) => `verification.${edge}`)])].sort();
}

test('every kind of event that the server writes has words, and no other has', () => {
  expect(Object.keys(auditKinds).sort()).toEqual(kindsOfServer());
});

test('every kind is in a group of the filter', () => {
  for (const kind of Object.keys(auditKinds))
    expect(auditGroups, kind).toHaveProperty([`${kind.split('.')[0]}.`]);
});
