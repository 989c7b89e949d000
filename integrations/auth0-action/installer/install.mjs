#!/usr/bin/env node
/**
 * Installs or updates the Action through the Auth0 Management API: creates or patches it, waits for the build, deploys
 * it, and adds it to the end of the post-login flow without touching the Actions that are there.
 *
 *   AUTH0_DOMAIN=tenant.eu.auth0.com AUTH0_TOKEN=... \
 *   BASE_URL=https://mfa.example.com INTEGRATION_ID=int_... SESSION_SECRET=... REQUEST_MODE=on-demand \
 *   node install.mjs
 *
 * The token needs create:actions, read:actions and update:actions. Secrets come from the environment only, so that they
 * stay out of the process list.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export const ACTION_NAME = 'Countersign';
const REQUIRED = ['BASE_URL', 'INTEGRATION_ID', 'SESSION_SECRET', 'REQUEST_MODE'];
const OPTIONAL = ['MAX_AGE_SECONDS', 'REFRESH_MAX_AGE_SECONDS', 'CLAIM_NAME', 'ACR_VALUES', 'STEP_UP_SCOPES'];
const BUILD_POLLS = 30;

/** One call of the API. A refusal is an error with method, path and status, never with a body: it may echo secrets. */
function connect(apiUrl, token) {
  return async (method, path, body) => {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status}`);
    return response.status === 204 ? undefined : response.json();
  };
}

async function saveAction(call, code, secrets) {
  const { actions } = await call('GET', `/actions/actions?actionName=${encodeURIComponent(ACTION_NAME)}`);
  const known = actions.find(({ name }) => name === ACTION_NAME);
  const content = { name: ACTION_NAME, code, runtime: 'node22', secrets };
  if (known) return call('PATCH', `/actions/actions/${known.id}`, content);
  return call('POST', '/actions/actions', {
    ...content,
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
  });
}

async function deploy(call, id, wait) {
  for (let poll = 0; poll < BUILD_POLLS; poll += 1) {
    const { status } = await call('GET', `/actions/actions/${id}`);
    if (status === 'built') {
      await call('POST', `/actions/actions/${id}/deploy`);
      return;
    }
    if (status === 'failed') throw new Error('Auth0 could not build the Action');
    await wait(1000);
  }
  throw new Error('Auth0 did not finish building the Action');
}

/** The PATCH replaces the whole list, so what is there goes into it first, in its order. */
async function bind(call, id) {
  const path = '/actions/triggers/post-login/bindings';
  const { bindings, total = 0 } = await call('GET', `${path}?per_page=100`);
  if (total > bindings.length)
    throw new Error('more Actions in the flow than one answer lists: add it by hand');
  if (bindings.some(({ action }) => action?.id === id)) return 'already in the flow';
  const kept = bindings.map((binding) => ({
    ref: { type: 'binding_id', value: binding.id },
    display_name: binding.display_name,
  }));
  const added = { ref: { type: 'action_id', value: id }, display_name: ACTION_NAME };
  await call('PATCH', path, { bindings: [...kept, added] });
  return 'added to the end of the flow';
}

/**
 * @param {{ apiUrl: string, token: string, settings: Record<string, string>, wait?: (ms: number) => Promise<void> }} options
 * @returns {Promise<{ id: string, flow: string }>}
 */
export async function install({ apiUrl, token, settings, wait = sleep }) {
  const missing = REQUIRED.filter((name) => !settings[name]);
  if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
  const file = fileURLToPath(new URL('../integration/integration.action.js', import.meta.url));
  const secrets = [...REQUIRED, ...OPTIONAL]
    .filter((name) => settings[name])
    .map((name) => ({ name, value: settings[name] }));
  const call = connect(apiUrl, token);
  const { id } = await saveAction(call, await readFile(file, 'utf8'), secrets);
  await deploy(call, id, wait);
  return { id, flow: await bind(call, id) };
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main({ AUTH0_DOMAIN, AUTH0_TOKEN, ...settings }) {
  if (!AUTH0_DOMAIN || !AUTH0_TOKEN) throw new Error('missing: AUTH0_DOMAIN, AUTH0_TOKEN');
  const { flow } = await install({ apiUrl: `https://${AUTH0_DOMAIN}/api/v2`, token: AUTH0_TOKEN, settings });
  console.log(`${ACTION_NAME} is deployed and ${flow}.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.env).catch((error) => {
    console.error(`install: ${error.message}`);
    process.exitCode = 1;
  });
}
