// Fails when a tracked Markdown file links to a file that a fresh checkout does not have, or to a heading that is not there.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

const listed = spawnSync('git', ['ls-files', '-z'], { encoding: 'utf8' });
if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
const files = new Set(listed.stdout.split('\0').filter(Boolean));
const folders = new Set(['.']);
for (const file of files)
  for (let folder = posix.dirname(file); folder !== '.'; folder = posix.dirname(folder)) folders.add(folder);

/** The text without code, where brackets are not links. */
const prose = (text) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** The address a heading gets on the usual forges: lower case, no punctuation, dashes for spaces. */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

function anchorsOf(file) {
  const text = readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading)));
}

function targetsOf(file) {
  const text = prose(readFileSync(file, 'utf8'));
  const links = [...text.matchAll(/\]\(\s*<?([^)\s>]+)/g), ...text.matchAll(/\b(?:src|href)="([^"]+)"/g)];
  const named = [...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)];
  return [...links, ...named].map(([, target]) => target).filter((target) => !/^[a-z]+:/i.test(target));
}

const broken = [];
let checked = 0;
for (const file of [...files].filter((name) => name.endsWith('.md'))) {
  for (const target of targetsOf(file)) {
    checked += 1;
    const [path, anchor] = decodeURI(target).split('#');
    const full = path === '' ? file : posix.join(posix.dirname(file), path).replace(/\/$/, '');
    if (!files.has(full) && !folders.has(full)) broken.push(`${file}: ${target} does not exist`);
    else if (anchor && full.endsWith('.md') && !anchorsOf(full).has(anchor))
      broken.push(`${file}: ${target} names no heading`);
  }
}
for (const line of broken) console.error(line);
if (checked === 0) console.error('no link found in any Markdown file');
process.exit(broken.length > 0 || checked === 0 ? 1 : 0);
