// A server whose portal has something to show: an organisation with administrators, settings and made-up users.
import { join } from 'node:path';
import { prepare, serve } from './countersign-server.mjs';
import { demoOwner, portalClient, signUpOwner } from './portal.mjs';

const connections = [
  { name: 'Customer login', return_domains: ['login.harbour.example', 'harbour.eu.auth0.com'] },
  {
    name: 'Employee workspace',
    return_domains: ['harbour-staff.eu.auth0.com'],
    liveness_policy: 'both',
    target_fmr: 0.0001,
  },
  {
    name: 'Payments step-up',
    return_domains: ['pay.harbour.example'],
    request_mode_hint: 'on-demand',
    max_attempts: 2,
  },
];
const colleagues = [
  { name: 'Jonas Keller', email: 'jonas@harbour.example', role: 'admin' },
  { name: 'Mila Horvat', email: 'mila@harbour.example', role: 'helpdesk' },
  { name: 'Ravi Kumar', email: 'ravi@harbour.example', role: 'auditor' },
];
const open = { email: 'nora@harbour.example', role: 'helpdesk' };

async function settle(client) {
  const { branding, version } = await client.call('GET', '/settings');
  const change = {
    branding: {
      ...branding,
      display_name: 'Harbour Bank',
      accent: '#0f6b57',
      support_email: 'help@harbour.example',
      headline: 'Look at the camera to open your account',
    },
    retention: { transaction_days: 120 },
  };
  await client.call('PATCH', '/settings', change, { 'If-Match': `"${version}"` });
}

/** Each joins through an invitation, as a person does; resolves to the link of one that is still open. */
async function inviteTeam(client, portalUrl) {
  for (const { name, email, role } of colleagues) {
    const { link } = await client.call('POST', '/invitations', { email, role });
    const token = new URL(link, portalUrl).searchParams.get('token');
    await portalClient(portalUrl).call('POST', '/invitations/accept', {
      token,
      name,
      password: demoOwner.password,
    });
  }
  return (await client.call('POST', '/invitations', open)).link;
}

/**
 * Opens one in `folder` with `users` made-up users. `owner` is signed in; `invitation` is a link nobody used yet;
 * `bare` leaves everything out that only decorates.
 */
export async function openPortalWorld(folder, { users, bare = false, seed = 1 }) {
  const place = await prepare(join(folder, 'server'));
  const server = await serve(place);
  try {
    const owner = await signUpOwner(place.portalUrl);
    for (const connection of connections) await owner.call('POST', '/integrations', connection);
    await settle(owner);
    const words = [
      'demo',
      'seed',
      '--tenant',
      owner.tenant,
      '--users',
      String(users),
      '--seed',
      String(seed),
    ];
    const started = performance.now();
    const seeded = await place.cli(...words);
    const seconds = (performance.now() - started) / 1000;
    const invitation = bare ? null : await inviteTeam(owner, place.portalUrl);
    if (!bare) {
      const scopes = ['users:read', 'transactions:read', 'audit:read'];
      await owner.call('POST', '/api-keys', { name: 'Monthly report', scopes, expires_in_days: 90 });
      await owner.call('POST', '/api-keys', {
        name: 'Service desk tool',
        scopes: ['users:read', 'users:write'],
      });
    }
    return { place, owner, seeded, seconds, invitation, close: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
