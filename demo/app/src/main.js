/**
 * Command line: `node src/main.js settings.json`. The file holds the options of startApp; APP_PORT, ISSUER and
 * CLAIM_NAME of the environment go over it. Prints one line of JSON with the address and serves until it is told to stop.
 */
import { readFile } from 'node:fs/promises';
import { startApp } from './start-app.js';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node src/main.js settings.json');
  process.exit(2);
}
const options = JSON.parse(await readFile(file, 'utf8'));
const app = await startApp({
  ...options,
  port: Number(process.env.APP_PORT ?? options.port ?? 0),
  issuer: process.env.ISSUER ?? options.issuer,
  claimName: process.env.CLAIM_NAME ?? options.claimName,
});
console.log(JSON.stringify({ url: app.url }));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.once(signal, () => void app.close());
