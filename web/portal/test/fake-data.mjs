// People, logins and connections for tests of the pages: what the fake portal answers below /integrations, /users,
// /transactions, /audit and /statistics. Plain data, changed by the calls that change it.
const now = Date.now();
const ago = (seconds) => new Date(now - seconds * 1000).toISOString();
const ok = (body, etag) => ({ status: 200, body, ...(etag === undefined ? {} : { etag }) });
const refused = (status, code, title) => ({
  status,
  body: { type: `urn:countersign:error:${code}`, title, status, code, reference: 'req_test' },
});

export const secretValue = 'kQ2v9pZ4uB7mX1cN6rT8yW3eA5sD0fG2hJ4kL6zV8bM';

const integration = (number, settings, more = {}) => ({
  id: `int_${number}`,
  settings: {
    name: `Acme ${number}`,
    enabled: true,
    allow_self_enrolment: true,
    enrolment_flow: 'inline',
    verification_flow: 'inline',
    return_domains: ['acme.eu.auth0.com', 'login.acme.example'],
    request_mode_hint: 'always',
    claim_namespace: null,
    liveness_policy: 'both',
    target_fmr: 0.00001,
    max_attempts: 3,
    session_minutes: 10,
    allow_insecure_loopback: false,
    adapt_templates: false,
    ...settings,
  },
  secrets: [
    { id: 'sec_new', created_at: ago(18_000), not_after: null },
    { id: 'sec_old', created_at: ago(19_000_000), not_after: new Date(now + 68_000_000).toISOString() },
  ],
  start_url: 'https://mfa.acme.example',
  confirm_url: 'https://mfa.acme.example/confirm',
  created_at: ago(19_000_000),
  updated_at: ago(3600),
  last_used_at: ago(42),
  version: 1,
  ...more,
});

const statuses = ['enrolled', 'enrolled', 'not_enrolled', 'enrolled', 'suspended', 'enrolled', 'locked'];
const user = (index) => {
  const status = statuses[index % statuses.length];
  const enrolled = status !== 'not_enrolled';
  return {
    id: `sub_${index}`,
    external_id: `auth0|user${index}@acme.example`,
    test: false,
    status,
    samples: enrolled ? 4 : 0,
    enrolled_at: enrolled ? ago(86_400 * (index + 1)) : null,
    last_verified_at: enrolled ? ago(700 * (index + 1)) : null,
    integration: 'int_1',
  };
};

const outcomes = ['passed', 'failed', 'passed', 'cancelled', 'expired', 'refused', 'capturing'];
const transaction = (index) => {
  const state = outcomes[index % outcomes.length];
  return {
    id: `ver_${index}`,
    purpose: index % 5 === 4 ? 'enrolment' : 'verification',
    state,
    code: state === 'refused' ? 'integration_disabled' : state === 'capturing' ? null : state,
    cause: state === 'failed' ? 'not_live_active' : null,
    user: `sub_${index}`,
    external_id: `auth0|user${index}@acme.example`,
    integration: 'int_1',
    client_name: 'Acme Bank',
    attempts_used: state === 'failed' ? 3 : 1,
    attempts_max: 3,
    created_at: ago(90 * (index + 1)),
    decided_at: state === 'capturing' ? null : ago(90 * index + 80),
    duration_ms: state === 'capturing' ? null : 2400 + index,
  };
};

const kinds = ['settings.updated', 'integration.created', 'subject.suspended', 'verification.passed'];
const event = (index) => ({
  id: `aud_${index}`,
  sequence: 500 - index,
  at: ago(400 * index),
  actor: index % 2 ? 'cli' : 'adm_1',
  actor_name: index % 2 ? null : 'Ada Berg',
  kind: kinds[index % kinds.length],
  target: index % kinds.length === 1 ? 'int_1' : `sub_${index}`,
  details: index % kinds.length === 0 ? { max_failed_attempts: '10 → 5' } : { address: '10.0.0.4' },
  previous_hash: 'a3'.repeat(32),
  hash: 'b7'.repeat(32),
});

const stepNames =
  'integration_ready start_token_accepted page_opened consent_given camera_streaming face_measured challenge_done verdict returned result_verified confirmed replay_refused'.split(
    ' ',
  );

function statistics(range) {
  const hours = range === '24h';
  const points = hours ? 24 : Number.parseInt(range, 10);
  const series = Array.from({ length: points }, (_, index) => ({
    at: ago((points - index) * (hours ? 3600 : 86_400)),
    passed: 200 + ((index * 37) % 90),
    failed: (index * 13) % 21,
    median_ms: index === 2 ? null : 2300 + ((index * 97) % 400),
    p95_ms: index === 2 ? null : 4100 + ((index * 131) % 900),
  }));
  return {
    range,
    from: ago(points * (hours ? 3600 : 86_400)),
    to: ago(0),
    totals: {
      verifications: 12_483,
      enrolments: 921,
      passed: 12_790,
      failed: 614,
      pass_rate: 0.9542,
      median_ms: 2412,
      p95_ms: 4890,
      liveness_alerts: 318,
      enrolled_users: 98_231,
    },
    series,
    funnel: Object.entries({
      opened: 14_022,
      consent: 13_890,
      camera: 13_544,
      face: 13_488,
      challenge: 13_401,
      match: 12_790,
    }).map(([step, count]) => ({ step, count })),
    causes: Object.entries({ no_match: 281, not_live_active: 164, face_timeout: 112, aborted: 51 }).map(
      ([cause, count]) => ({ cause, count }),
    ),
  };
}

export function initialData() {
  return {
    integrations: [
      integration(1, { name: 'Acme customers' }),
      integration(
        2,
        { name: 'Acme staff', enabled: false, request_mode_hint: 'on-demand' },
        { last_used_at: null },
      ),
    ],
    users: Array.from({ length: 20 }, (_, index) => user(index)),
    transactions: Array.from({ length: 20 }, (_, index) => transaction(index)),
    events: Array.from({ length: 12 }, (_, index) => event(index)),
    models: [
      { model: 'face/1', users: 3 },
      { model: 'face/2', users: 98_228 },
    ],
    adapted: [{ id: 'smp_1', adapted_at: ago(3_000) }],
    notes: 'Called about glasses.',
    userVersion: 1,
    quiet: false,
  };
}

const detailOf = (data, found) => ({
  user: found,
  notes: data.notes,
  failed_attempts: found.status === 'locked' ? 5 : 0,
  last_attempt_at: ago(900),
  created_at: ago(8_000_000),
  credentials: [
    {
      id: 'crd_1',
      state: 'active',
      model: 'face 1',
      samples: 3 + data.adapted.length,
      adapted_samples: data.adapted,
      created_at: ago(90_000),
      activated_at: ago(90_000),
    },
    {
      id: 'crd_0',
      state: 'revoked',
      model: 'face 1',
      samples: 3,
      adapted_samples: [],
      created_at: ago(900_000),
      activated_at: null,
    },
  ],
  devices: [
    {
      user_agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Safari/604.1',
      logins: 12,
      last_seen_at: ago(900),
    },
  ],
  consents: [
    {
      id: 'con_1',
      version: '2026-01',
      locale: 'en',
      sha256: 'd1'.repeat(32),
      given_at: ago(90_000),
      withdrawn_at: null,
    },
  ],
  version: data.userVersion,
});

function timeline(found) {
  const start = Date.parse(found.created_at);
  const steps = [
    ['opened', 0, {}],
    ['consent', 1800, { version: '2026-01' }],
    ['camera', 4900, {}],
    ['face', 5600, {}],
    ['challenge', 9100, {}],
    ...(found.state === 'failed' ? [['attempt', 9800, { attempt: '3', cause: 'not_live_active' }]] : []),
    [found.state, 9900, found.code === null ? {} : { code: found.code }],
    ['returned', 10_200, {}],
  ];
  return steps.map(([kind, after, details]) => ({
    at: new Date(start + after).toISOString(),
    kind,
    details,
  }));
}

const page = (items, query) => ({
  items: items.slice(0, Number(query.get('limit') ?? 50)),
  next_cursor: query.has('cursor') ? null : 'second',
});

const simulation = (id, state, startUrl) => ({
  id,
  integration: 'int_1',
  state,
  start_url: startUrl,
  transaction: 'ver_0',
  repeats: null,
  user_until: state === 'passed' ? new Date(Date.now() + 600_000).toISOString() : null,
  created_at: ago(5),
  steps: stepNames.map((name, index) => {
    const failed = state === 'failed' && index === 7;
    const passed = state === 'passed' || (state === 'failed' && index < 7);
    return {
      name,
      state: failed ? 'failed' : passed ? 'passed' : 'waiting',
      at: passed ? ago(20 - index) : null,
      cause: failed ? 'The challenge was not answered by a living face.' : null,
    };
  }),
});

const lists = {
  '/integrations': (data) => ok({ items: data.integrations }),
  '/users': (data, { query }) => {
    const begin = query.get('q') ?? '';
    const fits = data.users.filter(
      ({ external_id: id, status }) =>
        id.includes(begin) && (!query.has('status') || status === query.get('status')),
    );
    return ok({ ...page(fits, query), total: query.has('cursor') ? null : fits.length });
  },
  '/transactions': (data, { query }) =>
    ok(
      page(
        data.transactions.filter(({ state }) => !query.has('state') || state === query.get('state')),
        query,
      ),
    ),
  '/audit': (data, { query }) => ok(page(data.events, query)),
  '/statistics': (data, { query }) => {
    const figures = statistics(query.get('range') ?? '7d');
    if (!data.quiet) return ok(figures);
    const totals = Object.fromEntries(Object.keys(figures.totals).map((name) => [name, 0]));
    return ok({
      ...figures,
      totals: { ...totals, pass_rate: null, median_ms: null, p95_ms: null },
      causes: [],
    });
  },
};

function changeIntegration(data, call, found) {
  if (call.headers['if-match'] !== `"${found.version}"`)
    return refused(412, 'precondition_failed', 'The precondition does not hold.');
  if (call.method === 'DELETE') {
    data.integrations.splice(data.integrations.indexOf(found), 1);
    return { status: 204 };
  }
  Object.assign(found.settings, call.body);
  found.version += 1;
  return ok(found, `"${found.version}"`);
}

function integrationAnswer(data, call, [id, part, simulationId]) {
  if (id === undefined) {
    const made = integration(9, call.body, { last_used_at: null });
    data.integrations.push(made);
    return { status: 201, body: { integration: made, session_secret: secretValue }, etag: '"1"' };
  }
  const found = data.integrations.find((one) => one.id === id);
  if (found === undefined) return refused(404, 'not_found', 'There is nothing at this address.');
  if (part === 'secret') return { status: 201, body: { integration: found, session_secret: secretValue } };
  if (part === 'simulations' && simulationId === undefined)
    return { status: 201, body: simulation('sim_run', 'running', 'https://mfa.acme.example/a/int_1/start') };
  if (part === 'simulations') return ok(simulation(simulationId, simulationId.slice(4), null));
  return call.method === 'GET' ? ok(found, `"${found.version}"`) : changeIntegration(data, call, found);
}

const certificate = (found) => ({
  certificate: 'del_1',
  user: found.id,
  external_id_sha256: 'c4'.repeat(32),
  deleted_at: ago(0),
  deleted_by: 'Ada Berg',
  destroyed: ['1 credential with 4 samples', 'the key that sealed them'],
  audit_event: 'aud_99',
  audit_hash: 'b7'.repeat(32),
});

function userAnswer(data, call, [id, part, sample]) {
  if (id === 'models') return ok({ items: data.models });
  if (id === 'bulk') {
    const { act, users } = call.body;
    for (const one of data.users.filter((each) => users.includes(each.id)))
      one.status = act === 'suspend' ? 'suspended' : 'enrolled';
    return ok({ results: users.map((one) => ({ user: one, ok: true })) });
  }
  const found = data.users.find((one) => one.id === id);
  if (found === undefined) return refused(404, 'not_found', 'There is nothing at this address.');
  if (part === 'suspension') found.status = call.method === 'PUT' ? 'suspended' : 'enrolled';
  if (part === 're-enrolment') found.status = 'not_enrolled';
  if (part === 'samples') data.adapted = data.adapted.filter((one) => one.id !== sample);
  if (part === 'export') return ok({ exported_at: ago(0), detail: detailOf(data, found), transactions: [] });
  if (call.method === 'DELETE' && part === undefined) {
    data.users.splice(data.users.indexOf(found), 1);
    return ok(certificate(found));
  }
  if (call.method === 'PATCH') {
    data.notes = call.body.notes;
    data.userVersion += 1;
  }
  return ok(detailOf(data, found), `"${data.userVersion}"`);
}

/** The answer to a call about data, or undefined when it is about something else. */
export function dataAnswer(data, call) {
  if (call.method === 'GET' && lists[call.path] !== undefined) return lists[call.path](data, call);
  if (call.path === '/audit/check') return ok({ intact: true, events: 500, first_broken: null });
  const [, group, ...parts] = call.path.split('/');
  if (group === 'integrations') return integrationAnswer(data, call, parts);
  if (group === 'users') return userAnswer(data, call, parts);
  if (group !== 'transactions') return undefined;
  const found = data.transactions.find(({ id }) => id === parts[0]);
  if (found === undefined) return refused(404, 'not_found', 'There is nothing at this address.');
  return ok({ transaction: found, locale: 'en', expires_at: ago(-500), timeline: timeline(found) });
}
