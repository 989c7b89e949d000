import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { ACTION_NAME, install } from '../installer/install.mjs';

const settings = {
  BASE_URL: 'https://mfa.example',
  INTEGRATION_ID: 'int_1',
  SESSION_SECRET: 's'.repeat(43),
  REQUEST_MODE: 'on-demand',
  MAX_AGE_SECONDS: '300',
};

/** The endpoints of the Management API that the installer calls, with their documented behaviour. */
const tenant = { actions: [], bindings: [], calls: [], polls: 0, refuse: null, total: undefined };

function answer(method, path, body) {
  if (tenant.refuse === `${method} ${path}`) return [403, { message: JSON.stringify(body ?? {}) }];
  const [, id, deployed] = path.match(/^\/actions\/actions\/(\w+)(\/deploy)?$/) ?? [];
  const action = tenant.actions.find((one) => one.id === id);
  if (method === 'GET' && path === '/actions/actions') return [200, { actions: tenant.actions }];
  if (method === 'POST' && path === '/actions/actions') {
    const created = { ...body, id: `act${tenant.actions.length + 1}`, status: 'pending' };
    tenant.actions.push(created);
    return [201, created];
  }
  if (method === 'PATCH' && action) return [200, Object.assign(action, body, { status: 'pending' })];
  if (method === 'POST' && deployed && action?.status === 'built') return [200, { deployed: true }];
  if (method === 'GET' && action) {
    tenant.polls += 1;
    if (action.status === 'pending' && tenant.polls >= 2) action.status = 'built';
    return [200, action];
  }
  if (method === 'GET')
    return [200, { bindings: tenant.bindings, total: tenant.total ?? tenant.bindings.length }];
  tenant.bindings = body.bindings.map(({ ref, display_name }, index) => ({
    id: ref.type === 'binding_id' ? ref.value : `new${index}`,
    display_name,
    action: { id: ref.value },
  }));
  return [200, { bindings: tenant.bindings }];
}

describe('the installer', () => {
  let server;
  let apiUrl;
  const run = (overrides = {}) =>
    install({ apiUrl, token: 'management-token', settings, wait: async () => {}, ...overrides });

  before(async () => {
    server = createServer(async (request, response) => {
      const text = Buffer.concat(await request.toArray()).toString();
      const path = request.url.split('?')[0];
      tenant.calls.push(`${request.method} ${path}`);
      assert.equal(request.headers.authorization, 'Bearer management-token');
      const [status, body] = answer(request.method, path, text ? JSON.parse(text) : undefined);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    apiUrl = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => server.close());
  beforeEach(() => {
    const other = (id) => ({ id: `bind_${id}`, display_name: id, action: { id } });
    Object.assign(tenant, {
      actions: [{ id: 'other1', name: 'Someone else' }],
      bindings: [other('first'), other('second')],
      calls: [],
      polls: 0,
      refuse: null,
      total: undefined,
    });
  });

  it('creates, builds, deploys and adds the Action behind the others', async () => {
    const { id, flow } = await run();
    assert.equal(flow, 'added to the end of the flow');
    const created = tenant.actions.find((action) => action.id === id);
    assert.equal(created.runtime, 'node22');
    assert.deepEqual(created.supported_triggers, [{ id: 'post-login', version: 'v3' }]);
    const file = new URL('../integration/integration.action.js', import.meta.url);
    assert.equal(created.code, await readFile(file, 'utf8'));
    assert.deepEqual(
      created.secrets,
      Object.entries(settings).map(([name, value]) => ({ name, value })),
    );
    assert.deepEqual(
      tenant.bindings.map((binding) => binding.display_name),
      ['first', 'second', ACTION_NAME],
    );
    assert.deepEqual(
      tenant.bindings.map((binding) => binding.id),
      ['bind_first', 'bind_second', 'new2'],
    );
    assert.ok(tenant.calls.includes(`POST /actions/actions/${id}/deploy`));
  });

  it('updates an Action that is there and leaves the flow alone', async () => {
    const { id } = await run();
    tenant.calls = [];
    const again = await run({ settings: { ...settings, REQUEST_MODE: 'always' } });
    assert.deepEqual(again, { id, flow: 'already in the flow' });
    assert.equal(tenant.actions.length, 2);
    assert.ok(tenant.calls.includes(`PATCH /actions/actions/${id}`));
    assert.ok(!tenant.calls.some((call) => call.startsWith('PATCH /actions/triggers')));
  });

  it('names missing settings before it calls anything', async () => {
    await assert.rejects(run({ settings: { BASE_URL: 'https://x.example' } }), {
      message: 'missing: INTEGRATION_ID, SESSION_SECRET, REQUEST_MODE',
    });
    assert.deepEqual(tenant.calls, []);
  });

  it('stops at a refusal and does not repeat the secret in its message', async () => {
    tenant.refuse = 'POST /actions/actions';
    await assert.rejects(run(), { message: 'POST /actions/actions: HTTP 403' });
    assert.deepEqual(tenant.calls, ['GET /actions/actions', 'POST /actions/actions']);
  });

  it('does not bind an Action that was not built', async () => {
    tenant.polls = Number.NEGATIVE_INFINITY;
    await assert.rejects(run(), /did not finish building/);
    assert.ok(!tenant.calls.some((call) => call.includes('triggers')));
  });

  it('does not shorten a flow that it cannot see completely', async () => {
    tenant.total = 130;
    await assert.rejects(run(), /add it by hand/);
    assert.equal(tenant.bindings.length, 2);
  });
});
