// Measures what the page loads before the camera starts and fails above the budget. The mesh model comes later and is not counted.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const budgetBytes = 170 * 1024;
const dist = resolve(dirname(fileURLToPath(import.meta.url)), '../dist');
const afterCamera = /mesh-[\w-]+\.ftm$/;

const files = ['index.html', ...readdirSync(join(dist, 'assets')).map((name) => `assets/${name}`)].filter(
  (name) => !/\.(br|gz)$/.test(name) && !afterCamera.test(name),
);
const sizes = files.map((name) => {
  const compressed = join(dist, `${name}.br`);
  return { name, bytes: statSync(existsSync(compressed) ? compressed : join(dist, name)).size };
});
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
for (const { name, bytes } of sizes) console.log(`${String(bytes).padStart(8)}  ${name}`);
console.log(`${String(total).padStart(8)}  before the camera, Brotli; budget ${budgetBytes}`);
if (total > budgetBytes) {
  console.error('The capture page is over its budget.');
  process.exit(1);
}
