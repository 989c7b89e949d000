/**
 * Command line: `node src/main.js settings.json`. The file holds the options of startTenant; the environment may
 * replace the Action's settings (BASE_URL, INTEGRATION_ID, SESSION_SECRET, REQUEST_MODE, ...) and TENANT_PORT the port.
 * Prints one line of JSON with the issuer and serves until it is told to stop.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { startTenant } from './start-tenant.js';

const ACTION_SETTINGS = [
  'BASE_URL',
  'INTEGRATION_ID',
  'SESSION_SECRET',
  'REQUEST_MODE',
  'MAX_AGE_SECONDS',
  'REFRESH_MAX_AGE_SECONDS',
  'CLAIM_NAME',
  'STEP_UP_SCOPES',
  'ACR_VALUES',
];

/**
 * @param {string} file
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<import('./types.d.ts').TenantOptions>}
 */
async function readOptions(file, environment) {
  const options = JSON.parse(await readFile(file, 'utf8'));
  const given = ACTION_SETTINGS.filter((name) => environment[name] !== undefined);
  const secrets = Object.fromEntries(given.map((name) => [name, environment[name]]));
  return {
    ...options,
    port: Number(environment.TENANT_PORT ?? options.port ?? 0),
    action: {
      ...options.action,
      file: path.resolve(path.dirname(file), options.action.file),
      secrets: { ...options.action.secrets, ...secrets },
    },
  };
}

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node src/main.js settings.json');
  process.exit(2);
}
const tenant = await startTenant(await readOptions(file, process.env));
console.log(JSON.stringify({ issuer: tenant.issuer }));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.once(signal, () => void tenant.close());
