// Server, identity provider and application together, each real, all on this machine.
import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startApp } from './app/src/start-app.js';
import { freePort, prepare, serve } from './countersign-server.mjs';
import { startTenant } from './tenant/src/start-tenant.js';

const run = promisify(execFile);
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const actionFile = join(root, 'integrations/auth0-action/integration/integration.action.js');

export const demoUsers = [
  {
    user_id: 'auth0|alice',
    username: 'alice',
    password: 'alice-demo',
    email: 'alice@harbour.example',
    name: 'Alice Arden',
  },
  {
    user_id: 'auth0|bob',
    username: 'bob',
    password: 'bob-demo',
    email: 'bob@harbour.example',
    name: 'Bob Bellamy',
  },
];

const client = (id, mode, appUrl) => ({
  client_id: `harbour-${id}`,
  client_secret: `demo-only-${id}`,
  name: 'Harbour Bank',
  redirect_uris: [`${appUrl}/${id}/callback`],
  post_logout_redirect_uris: [`${appUrl}/`],
  metadata: { countersign_mode: mode },
});

/**
 * Brings the three up in `folder` and connects them through the command line, as an administrator would.
 * `integration` are further words for `countersign integration create`, `action` further settings of the Action,
 * `settings` of the server's configuration file.
 */
export async function openWorld(
  folder,
  { ports = {}, integration = [], action = {}, settings = {}, users = demoUsers } = {},
) {
  const place = await prepare(folder, { port: ports.server, portalPort: ports.portal, settings });
  const tenantPort = await freePort(ports.tenant);
  const appPort = await freePort(ports.app);
  const appUrl = `http://127.0.0.1:${appPort}`;

  const { tenant_id: tenantId } = await place.cli('tenant', 'create', '--name', `Harbour ${Date.now()}`);
  const created = await place.cli(
    'integration',
    'create',
    '--tenant',
    tenantId,
    '--name',
    'Harbour Bank',
    '--return-domain',
    `127.0.0.1:${tenantPort}`,
    '--allow-insecure-loopback',
    'true',
    ...integration,
  );

  const server = await serve(place);
  const closing = [() => server.stop()];
  try {
    const secrets = {
      BASE_URL: place.url,
      INTEGRATION_ID: created.integration_id,
      SESSION_SECRET: created.session_secret,
      REQUEST_MODE: 'always',
      REFRESH_MAX_AGE_SECONDS: '3600',
      ...action,
    };
    const clients = [client('on-demand', 'on-demand', appUrl), client('always', 'always', appUrl)];
    const tenant = await startTenant({
      port: tenantPort,
      users,
      clients,
      action: { file: actionFile, secrets },
    });
    closing.unshift(() => tenant.close());
    const app = await startApp({
      port: appPort,
      issuer: tenant.issuer,
      claimName: `${place.url}/amr`,
      clients: {
        onDemand: { id: 'harbour-on-demand', secret: 'demo-only-on-demand' },
        always: { id: 'harbour-always', secret: 'demo-only-always' },
      },
      demoUsers: users.map(({ username, password }) => ({ username, password })),
    });
    closing.unshift(() => app.close());

    return {
      place,
      server,
      tenant,
      app,
      tenantId,
      users,
      integrationId: created.integration_id,
      sessionSecret: created.session_secret,
      claimName: `${place.url}/amr`,
      /** Changes the integration through the command line: `update('--liveness', 'passive')`. */
      update: (...words) =>
        place.cli(
          'integration',
          'update',
          '--tenant',
          tenantId,
          '--integration',
          created.integration_id,
          ...words,
        ),
      subject: (verb, externalId) =>
        place.cli('subject', verb, '--tenant', tenantId, '--subject', externalId),
      /** Why the attempts of a person ended, in order: what the audit knows and the person is not told. */
      async causes(externalId) {
        const { subject_id: subject } = await place.cli(
          'subject',
          'show',
          '--tenant',
          tenantId,
          '--subject',
          externalId,
        );
        const sql = `SELECT json_extract(details, '$.cause') FROM audit_event WHERE json_extract(details, '$.subject') = '${subject}'
          AND json_extract(details, '$.cause') IS NOT NULL ORDER BY sequence`;
        const { stdout } = await run('sqlite3', ['-readonly', join(place.folder, 'countersign.db'), sql]);
        return stdout.split('\n').filter(Boolean);
      },
      async close() {
        for (const close of closing) await close();
      },
    };
  } catch (error) {
    for (const close of closing) await close();
    throw error;
  }
}
