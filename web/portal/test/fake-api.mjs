// Answers of the administration API for tests of the pages; plain data, changed by the calls that change it.
const at = (minutesAgo) => new Date(Date.now() - minutesAgo * 60_000).toISOString();

export const permissionsOfOwner = [
  'statistics_read',
  'integrations_read',
  'integrations_write',
  'integrations_delete',
  'users_read',
  'users_write',
  'users_delete',
  'users_export',
  'transactions_read',
  'transactions_export',
  'audit_read',
  'audit_export',
  'settings_read',
  'settings_write',
  'mail_write',
  'team_read',
  'team_write',
  'api_keys_read',
  'api_keys_write',
  'tenants_create',
];

export const permissionsOfAuditor = permissionsOfOwner.filter((name) => /_(read|export)$/.test(name));

const membership = { tenant: 'ten_01HARBOUR0000000000000000', name: 'Harbour Bank', role: 'owner' };

const administrators = () => [
  {
    id: 'adm_1',
    name: 'Ada Berg',
    email: 'ada@harbour.example',
    role: 'owner',
    totp_enabled: true,
    last_sign_in_at: at(4),
  },
  {
    id: 'adm_2',
    name: 'Jonas Lind',
    email: 'jonas.lind@harbour.example',
    role: 'admin',
    totp_enabled: true,
    last_sign_in_at: at(190),
  },
  {
    id: 'adm_3',
    name: 'Mira Costa',
    email: 'mira@harbour.example',
    role: 'helpdesk',
    totp_enabled: true,
    last_sign_in_at: at(4400),
  },
  {
    id: 'adm_4',
    name: 'Priya Nair',
    email: 'priya.nair@audit.example',
    role: 'auditor',
    totp_enabled: false,
    last_sign_in_at: null,
  },
];

const settings = () => ({
  organisation: 'Harbour Bank',
  branding: {
    display_name: null,
    accent: '#0f7a5a',
    logo: null,
    support_email: 'help@harbour.example',
    headline: null,
  },
  lockout: { max_failed_attempts: 100, delay_after: 10, delay_seconds: 30 },
  retention: { transaction_days: 90 },
  mail: {
    configured: true,
    host: 'smtp.harbour.example',
    port: 587,
    security: 'starttls',
    username: 'identity',
    sender: 'identity@harbour.example',
  },
  version: 3,
});

const consentText = (version, locale, title, current, builtIn) => ({
  version,
  locale,
  title,
  paragraphs: [
    'Your face is measured to confirm that it is you.',
    'No picture is stored. You can withdraw at any time.',
  ],
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  current,
  built_in: builtIn,
  published_at: builtIn ? null : at(60 * 24 * 12),
});

export function initialState() {
  return {
    ownerExists: true,
    signedIn: 'active',
    fresh: true,
    permissions: permissionsOfOwner,
    tenant: membership,
    tenants: [
      membership,
      { tenant: 'ten_01TEST0000000000000000000', name: 'Harbour Bank (test)', role: 'admin' },
    ],
    account: {
      id: 'adm_1',
      name: 'Ada Berg',
      email: 'ada@harbour.example',
      totp_enabled: true,
      recovery_codes_left: 8,
      created_at: at(60 * 24 * 40),
    },
    administrators: administrators(),
    invitations: [
      {
        id: 'inv_1',
        email: 'sofia@harbour.example',
        role: 'admin',
        invited_by: 'Ada Berg',
        created_at: at(60),
        expires_at: at(-60 * 71),
      },
    ],
    apiKeys: [
      {
        id: 'key_1',
        name: 'Nightly export',
        hint: 'ck_4f9a',
        scopes: ['transactions:read', 'audit:read'],
        created_at: at(60 * 24 * 9),
        created_by: 'Ada Berg',
        last_used_at: at(420),
        expires_at: at(-60 * 24 * 80),
      },
      {
        id: 'key_2',
        name: 'Terraform',
        hint: 'ck_77b1',
        scopes: ['integrations:read', 'integrations:write', 'settings:read'],
        created_at: at(60 * 24 * 30),
        created_by: 'Jonas Lind',
        last_used_at: null,
        expires_at: null,
      },
    ],
    passkeys: [
      { id: 'psk_1', name: 'Work laptop', created_at: at(60 * 24 * 3), last_used_at: at(50) },
      { id: 'psk_2', name: 'Security key', created_at: at(60 * 24 * 2), last_used_at: null },
    ],
    sessions: [
      {
        id: 'ses_1',
        current: true,
        created_at: at(40),
        last_seen_at: at(0),
        address: '192.0.2.10',
        browser: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36',
      },
      {
        id: 'ses_2',
        current: false,
        created_at: at(300),
        last_seen_at: at(25),
        address: '198.51.100.7',
        browser: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1',
      },
    ],
    settings: settings(),
    consentTexts: [
      consentText('2026-11', 'en', 'Consent to a face check', true, false),
      consentText('2026-11', 'de', 'Einwilligung in die Gesichtsprüfung', true, false),
      consentText('1', 'en', 'Consent to a face check', false, true),
      consentText('1', 'de', 'Einwilligung in die Gesichtsprüfung', false, true),
    ],
  };
}

export function problemOf(status, code, title, more = {}) {
  return { status, body: { type: 'about:blank', title, status, code, reference: 'ref_7Q2M', ...more } };
}

const ok = (body, more = {}) => ({ status: 200, body, ...more });
const created = (body) => ({ status: 201, body });
const gone = { status: 204 };

function sessionOf(state) {
  const { account, permissions, tenant, tenants, signedIn } = state;
  const administrator = { id: account.id, name: account.name, email: account.email };
  const active = signedIn === 'active';
  return {
    state: signedIn,
    administrator,
    tenant: active ? tenant : null,
    tenants: active ? tenants : [],
    permissions: active ? permissions : [],
    passkeys:
      state.passkeysPossible === false ? 'unavailable' : state.passkeys.length > 0 ? 'registered' : 'none',
    fresh_until: state.fresh ? at(-5) : null,
    expires_at: at(-600),
  };
}

const settingsAnswer = (state) => ok(state.settings, { etag: `"${state.settings.version}"` });

function changeSettings(state, part) {
  Object.assign(state.settings, part, { version: state.settings.version + 1 });
  return settingsAnswer(state);
}

const codes = [
  'k4hd-92mf',
  'p0zx-71qw',
  'm3vb-55tr',
  'x8cn-20yd',
  'w6lk-43gs',
  'r9uj-68ha',
  'e2fi-17bo',
  't5pe-39nz',
];
const remove = (list, id) =>
  list.splice(
    list.findIndex((entry) => entry.id === id),
    1,
  );

/** "METHOD /path" with `:id` for a name: what the server would do. */
const routes = {
  'GET /setup': (state) => ok({ owner_exists: state.ownerExists }),
  'POST /setup': (state, { body }) => {
    Object.assign(state, { ownerExists: true, signedIn: 'enrol_second_factor' });
    Object.assign(state.account, { name: body.name, email: body.email });
    return created(sessionOf(state));
  },
  'GET /session': (state) => ok(state.signedIn === null ? null : sessionOf(state)),
  'POST /session': (state, { body }) => {
    if (body.password !== 'right password') return problemOf(401, 'unauthenticated', 'Not signed in');
    state.signedIn = 'password_ok';
    return ok(sessionOf(state));
  },
  'DELETE /session': (state) => {
    state.signedIn = null;
    return gone;
  },
  'POST /session/second-factor': (state, { body }) => {
    if (body.totp !== '123456' && body.recovery_code !== codes[0])
      return problemOf(401, 'unauthenticated', 'Not signed in');
    state.signedIn = 'active';
    return ok(sessionOf(state));
  },
  'POST /session/reauthentication': (state, { body }) => {
    if (body.password !== 'right password')
      return problemOf(401, 'unauthenticated', 'Password or code is not right');
    state.fresh = true;
    return ok(sessionOf(state));
  },
  'PUT /session/tenant': (state, { body }) => {
    state.tenant = state.tenants.find(({ tenant }) => tenant === body.tenant);
    return ok(sessionOf(state));
  },
  'POST /password-resets': () => ({ status: 202 }),
  'POST /password-resets/redeem': () => gone,
  'POST /invitations/lookup': (_state, { body }) =>
    body.token === 'good'
      ? ok({
          email: 'sofia@harbour.example',
          organisation: 'Harbour Bank',
          role: 'admin',
          invited_by: 'Ada Berg',
          has_account: false,
        })
      : problemOf(404, 'not_found', 'There is no such invitation'),
  'POST /invitations/accept': (state) => {
    state.signedIn = 'enrol_second_factor';
    return created(sessionOf(state));
  },
  'GET /account': (state) => ok(state.account),
  'PATCH /account': (state, { body }) => ok(Object.assign(state.account, body)),
  'PUT /account/password': () => gone,
  'POST /account/totp': () =>
    created({
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/Countersign:ada?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Countersign',
    }),
  'POST /account/totp/confirm': (state, { body }) => {
    if (body.totp !== '123456') return problemOf(401, 'unauthenticated', 'The code is not right');
    state.signedIn = 'active';
    return ok({ codes });
  },
  'POST /account/recovery-codes': () => created({ codes }),
  'GET /account/passkeys': (state) => ok({ items: state.passkeys }),
  'PATCH /account/passkeys/:id': (state, { body }, id) =>
    ok(
      Object.assign(
        state.passkeys.find((entry) => entry.id === id),
        body,
      ),
    ),
  'DELETE /account/passkeys/:id': (state, _call, id) => remove(state.passkeys, id) && gone,
  'GET /account/sessions': (state) => ok({ items: state.sessions }),
  'DELETE /account/sessions/:id': (state, _call, id) => remove(state.sessions, id) && gone,
  'POST /tenants': (state, { body }) => {
    const made = { tenant: 'ten_01NEW00000000000000000000', name: body.name, role: 'owner' };
    state.tenants.push(made);
    return created(made);
  },
  'PATCH /tenant': (state, { body }) => {
    state.tenant = { ...state.tenant, name: body.name };
    return ok(state.tenant);
  },
  'GET /administrators': (state) => ok({ items: state.administrators }),
  'PATCH /administrators/:id': (state, { body }, id) =>
    ok(
      Object.assign(
        state.administrators.find((entry) => entry.id === id),
        body,
      ),
    ),
  'DELETE /administrators/:id': (state, _call, id) => remove(state.administrators, id) && gone,
  'GET /invitations': (state) => ok({ items: state.invitations }),
  'POST /invitations': (state, { body }) => {
    const invitation = {
      id: `inv_${state.invitations.length + 1}`,
      ...body,
      invited_by: 'Ada Berg',
      created_at: at(0),
      expires_at: at(-60 * 72),
    };
    state.invitations.push(invitation);
    const mailed = state.settings.mail.configured;
    return created({ invitation, mailed, link: mailed ? null : 'https://portal.example/invite?token=once' });
  },
  'DELETE /invitations/:id': (state, _call, id) => remove(state.invitations, id) && gone,
  'GET /api-keys': (state) => ok({ items: state.apiKeys }),
  'POST /api-keys': (state, { body }) => {
    const { name, scopes } = body;
    const key = {
      id: `key_${state.apiKeys.length + 1}`,
      name,
      hint: 'ck_9d3e',
      scopes,
      created_at: at(0),
      created_by: 'Ada Berg',
      last_used_at: null,
      expires_at: null,
    };
    state.apiKeys.push(key);
    return created({ key, value: 'ck_9d3e51a07c3f4c0f8a1f2b7d6e5c4b3a' });
  },
  'DELETE /api-keys/:id': (state, _call, id) => remove(state.apiKeys, id) && gone,
  'GET /settings': settingsAnswer,
  'PATCH /settings': (state, { body, headers }) =>
    headers['if-match'] === `"${state.settings.version}"`
      ? changeSettings(state, body)
      : problemOf(412, 'precondition_failed', 'It was changed meanwhile'),
  'PUT /settings/mail': (state, { body }) => {
    const { password: _password, ...mail } = body;
    return changeSettings(state, { mail: { username: '', ...mail, configured: true } });
  },
  'POST /settings/mail/test': () => ok({ delivered: true, answer: '250 2.0.0 queued as 7F3A' }),
  'GET /consent-texts': (state) => ok({ items: state.consentTexts }),
  'POST /consent-texts': (state, { body }) => {
    for (const text of state.consentTexts) text.current = false;
    const made = body.texts.map((text) => ({
      ...consentText(body.version, text.locale, text.title, true, false),
      paragraphs: text.paragraphs,
    }));
    state.consentTexts.unshift(...made);
    return created({ items: state.consentTexts });
  },
};

const open = /^(GET \/(setup|session)|POST \/(setup|session|password-resets|invitations\/(lookup|accept)))/;
const dangerous =
  /^(PUT \/(account\/password|settings\/mail)|POST \/(account\/recovery-codes|invitations|api-keys)|(PATCH|DELETE) \/(administrators|api-keys)\/.*)$/;

/** The answer to a call, or undefined when nothing is there. */
export function answerFor(state, call) {
  const signature = `${call.method} ${call.path}`;
  if (call.method !== 'GET' && call.headers['x-countersign-portal'] !== '1')
    return problemOf(403, 'forbidden', 'The header of the portal is missing');
  if (state.signedIn === null && !open.test(signature))
    return problemOf(401, 'unauthenticated', 'Not signed in');
  if (dangerous.test(signature) && !state.fresh)
    return problemOf(403, 'reauthentication_required', 'Confirm that it is you');
  const exact = routes[signature];
  if (exact !== undefined) return exact(state, call);
  const [, parent, id] = /^(.*)\/([^/]+)$/.exec(call.path) ?? [];
  return routes[`${call.method} ${parent}/:id`]?.(state, call, id);
}
