// Measures what the first page loads and fails above the budget. Code of other pages comes later and is not counted.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const budgetBytes = 120 * 1024;
const dist = resolve(dirname(fileURLToPath(import.meta.url)), '../dist');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));

/** A file with everything that is loaded together with it. */
function withImports(key, found = new Set()) {
  const entry = manifest[key];
  if (found.has(entry.file)) return found;
  for (const file of [entry.file, ...(entry.css ?? []), ...(entry.assets ?? [])]) found.add(file);
  for (const imported of entry.imports ?? []) withImports(imported, found);
  return found;
}

/** What "/" costs: the frame and the home page. */
const first = new Set([
  'index.html',
  ...withImports('index.html'),
  ...withImports('src/pages/home/home.tsx'),
]);
const sizes = [...first].map((name) => {
  const compressed = join(dist, `${name}.br`);
  return { name, bytes: statSync(existsSync(compressed) ? compressed : join(dist, name)).size };
});
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
for (const { name, bytes } of sizes) console.log(`${String(bytes).padStart(8)}  ${name}`);
console.log(`${String(total).padStart(8)}  first page, Brotli; budget ${budgetBytes}`);
if (total > budgetBytes) {
  console.error('The first page of the portal is over its budget.');
  process.exit(1);
}
