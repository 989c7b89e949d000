/**
 * Countersign for Auth0: a face as the second factor of a login.
 *
 * Post-login Action (trigger post-login v3, runtime node22). One file, no dependencies. It sends the browser to the
 * Countersign capture page, reads the signed result on the way back, confirms it server to server and only then lets
 * the login go on. Every path that is not an explicit success ends in `api.access.deny` with a fixed reason code.
 *
 * Settings are read from `{...event.configuration, ...event.secrets}`; see installation_guide.md for each of them.
 */

/** @import { Api, Event, Handler, ResultToken, Settings } from '../types' */

const PAPE_MULTI_FACTOR = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';
const NONCE_KEY = 'countersign_nonce';
const REFRESH_KEY = 'countersign_mfa_at';
const START_TOKEN_SECONDS = 120;
const CONFIRM_TOKEN_SECONDS = 60;
const CONFIRM_TIMEOUT_MS = 5000;
/** Clock difference between Auth0 machines that we forgive when a timestamp lies in the future. */
const CLOCK_SKEW_MS = 60_000;
/** The secret is 32 random bytes in base64url: anything shorter was not copied completely. */
const SECRET_MIN_LENGTH = 43;

const REASON = Object.freeze({
  misconfigured: 'biometric_mfa_misconfigured',
  required: 'biometric_mfa_required',
  invalidResponse: 'biometric_mfa_invalid_response',
  unavailable: 'biometric_mfa_unavailable',
  failed: 'biometric_mfa_failed',
  cancelled: 'biometric_mfa_cancelled',
  disabled: 'biometric_mfa_disabled',
  notEnrolled: 'biometric_mfa_not_enrolled',
  locked: 'biometric_mfa_locked',
  expired: 'biometric_mfa_expired',
});

/** Outcome codes of a failed result token. A code that is not listed here denies like `failed`. */
const REASON_OF_CODE = new Map([
  ['failed', REASON.failed],
  ['cancelled', REASON.cancelled],
  ['integration_disabled', REASON.disabled],
  ['not_enrolled', REASON.notEnrolled],
  ['locked', REASON.locked],
  ['expired', REASON.expired],
]);

/** `canRedirect()` answers true for some of these although no browser takes part, so the Action knows them itself. */
const BROWSERLESS = new Set([
  'oauth2-resource-owner',
  'oauth2-resource-owner-jwt-bearer',
  'oauth2-password',
  'oauth2-webauthn',
  'oauth2-access-token',
  'oauth2-token-exchange',
  'oidc-ciba',
  'wstrust-usernamemixed',
]);

class SettingError extends Error {}

/** A refusal with one of the fixed codes: carries no text of its own to the browser. */
class Refusal extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * An https address, or http on the loopback address for a local demonstration.
 * @type {(name: string, value: unknown) => URL}
 */
function readUrl(name, value) {
  if (typeof value !== 'string' || !URL.canParse(value)) throw new SettingError(name);
  const url = new URL(value);
  const loopback = url.protocol === 'http:' && (url.hostname === '127.0.0.1' || url.hostname === '[::1]');
  const plain = !url.search && !url.hash && !url.username && !url.password;
  if (!plain || (url.protocol !== 'https:' && !loopback)) throw new SettingError(name);
  return url;
}

/**
 * Whole seconds; 0 when the setting is left out.
 * @type {(name: string, value: string | undefined) => number}
 */
function readSeconds(name, value) {
  const text = (value ?? '').trim();
  if (text === '') return 0;
  if (!/^\d{1,9}$/.test(text)) throw new SettingError(name);
  return Number(text);
}

/** Items separated by spaces or commas. @type {(value: string | undefined) => string[]} */
function readList(value) {
  return (value ?? '').split(/[\s,]+/).filter((item) => item !== '');
}

/**
 * Auth0 drops claims with reserved names silently, and an application would wait for them for ever: refuse them here.
 * @type {(value: string | undefined, baseUrl: string) => string}
 */
function readClaimName(value, baseUrl) {
  const name = value?.trim() || `${baseUrl}/amr`;
  if (!URL.canParse(name)) throw new SettingError('CLAIM_NAME');
  const { protocol, hostname } = new URL(name);
  const reserved = /(^|\.)(auth0\.com|webtask\.io|webtask\.run)$/.test(hostname);
  if (reserved || (protocol !== 'https:' && protocol !== 'http:')) throw new SettingError('CLAIM_NAME');
  return name;
}

/**
 * @param {Event} event
 * @returns {Settings}
 * @throws {SettingError} with the name of the setting, never with its value
 */
function readSettings(event) {
  /** @type {Record<string, string | undefined>} */
  const raw = { ...event.configuration, ...event.secrets };
  const baseUrl = readUrl('BASE_URL', raw.BASE_URL).href.replace(/\/+$/, '');
  const integrationId = raw.INTEGRATION_ID ?? '';
  const secret = raw.SESSION_SECRET ?? '';
  const mode = event.client?.metadata?.countersign_mode ?? raw.REQUEST_MODE;
  const host = raw.AUTH0_DOMAIN || event.request?.hostname || event.custom_domain?.domain || '';
  const acrValues = readList(raw.ACR_VALUES);

  if (!/^[A-Za-z0-9_-]{1,128}$/.test(integrationId)) throw new SettingError('INTEGRATION_ID');
  if (secret.length < SECRET_MIN_LENGTH) throw new SettingError('SESSION_SECRET');
  if (!['always', 'on-demand'].includes(raw.REQUEST_MODE ?? '')) throw new SettingError('REQUEST_MODE');
  if (!['always', 'on-demand', 'off'].includes(mode ?? '')) throw new SettingError('countersign_mode');
  if (host !== '' && !/^[A-Za-z0-9.-]+(:\d{1,5})?$/.test(host)) throw new SettingError('AUTH0_DOMAIN');

  return {
    baseUrl,
    integrationId,
    secret,
    mode: /** @type {Settings['mode']} */ (mode),
    host,
    maxAgeSeconds: readSeconds('MAX_AGE_SECONDS', raw.MAX_AGE_SECONDS),
    refreshMaxAgeSeconds: readSeconds('REFRESH_MAX_AGE_SECONDS', raw.REFRESH_MAX_AGE_SECONDS),
    claimName: readClaimName(raw.CLAIM_NAME, baseUrl),
    stepUpScopes: readList(raw.STEP_UP_SCOPES),
    acrValues: acrValues.length > 0 ? acrValues : [PAPE_MULTI_FACTOR],
    methodUrl: `${baseUrl}/methods/face`,
  };
}

/** @type {(event: Event, settings: Settings) => boolean} */
function isMfaRequired(event, settings) {
  if (settings.mode === 'off') return false;
  if (settings.mode === 'always') return true;
  const acr = event.transaction?.acr_values ?? [];
  const scopes = event.transaction?.requested_scopes ?? [];
  return (
    acr.some((value) => settings.acrValues.includes(value)) ||
    scopes.some((value) => settings.stepUpScopes.includes(value))
  );
}

/**
 * The time in ms of an ISO 8601 timestamp that is not older than the limit, else null. A limit of 0 is never met.
 * @type {(timestamp: unknown, maxAgeSeconds: number) => number | null}
 */
function freshTime(timestamp, maxAgeSeconds) {
  const time = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  const age = Date.now() - time;
  if (maxAgeSeconds === 0 || Number.isNaN(time)) return null;
  return age <= maxAgeSeconds * 1000 && age >= -CLOCK_SKEW_MS ? time : null;
}

/**
 * Time of the newest recorded face check that is still fresh. Only `onContinuePostLogin` records our method, and only
 * after a success, so the record stands for one.
 * @type {(event: Event, settings: Settings) => number | null}
 */
function freshRecordedMethod(event, settings) {
  const times = (event.authentication?.methods ?? [])
    .filter((method) => (method.url ?? method.name) === settings.methodUrl)
    .map((method) => freshTime(method.timestamp, settings.maxAgeSeconds))
    .filter((time) => time !== null);
  return times.length > 0 ? Math.max(...times) : null;
}

/** @type {(api: Api, settings: Settings, verifiedAtMs: number) => void} */
function setClaims(api, settings, verifiedAtMs) {
  for (const token of [api.idToken, api.accessToken]) {
    token.setCustomClaim(settings.claimName, ['mfa']);
    token.setCustomClaim(`${settings.claimName}_at`, Math.floor(verifiedAtMs / 1000));
  }
}

/**
 * Lets a later refresh know when the face was checked. Not every Auth0 plan has refresh token metadata, and it throws
 * on some tokens: a good login must not fail for it, the claim is then simply absent after a refresh.
 * @type {(api: Api, verifiedAtMs: number) => void}
 */
function rememberForRefresh(api, verifiedAtMs) {
  try {
    api.refreshToken?.setMetadata?.(REFRESH_KEY, new Date(verifiedAtMs).toISOString());
  } catch {
    console.log('countersign: refresh token metadata is not available');
  }
}

/** @param {Event} event */
function localeOf(event) {
  const wanted = event.transaction?.ui_locales?.[0] ?? event.transaction?.locale ?? event.request.language;
  return wanted && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(wanted) ? wanted : 'en';
}

/** @type {(event: Event, api: Api, settings: Settings) => void} */
function sendToCapture(event, api, settings) {
  const nonce = Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(16))).toString('hex');
  api.transaction.setMetadata(NONCE_KEY, nonce);
  const token = api.redirect.encodeToken({
    secret: settings.secret,
    expiresInSeconds: START_TOKEN_SECONDS,
    payload: {
      purpose: 'countersign-start',
      integration_id: settings.integrationId,
      transaction_id: event.transaction?.id ?? nonce,
      client_id: event.client.client_id,
      client_name: (event.client.name ?? event.client.client_id).slice(0, 100),
      nonce,
      mode: settings.mode,
      locale: localeOf(event),
      ...issuerOverride(event, settings),
    },
  });
  api.redirect.sendUserTo(`${settings.baseUrl}/a/${settings.integrationId}/start`, {
    query: { session_token: token },
  });
}

/**
 * Auth0 writes the host of the request into `iss`. Our own value goes over it only where AUTH0_DOMAIN asks for that.
 * @type {(event: Event, settings: Settings) => { iss?: string }}
 */
function issuerOverride(event, settings) {
  if (settings.host === '') throw new SettingError('AUTH0_DOMAIN');
  return settings.host === event.request.hostname ? {} : { iss: settings.host };
}

/** @type {(event: Event, api: Api) => void} */
function decide(event, api) {
  const settings = readSettings(event);
  const protocol = event.transaction?.protocol;

  if (protocol === 'oauth2-refresh-token') {
    const time = freshTime(event.refresh_token?.metadata?.[REFRESH_KEY], settings.refreshMaxAgeSeconds);
    if (time !== null && settings.mode !== 'off') setClaims(api, settings, time);
    return;
  }
  if (!isMfaRequired(event, settings)) return;

  const verifiedAt = freshRecordedMethod(event, settings);
  if (verifiedAt !== null) {
    setClaims(api, settings, verifiedAt);
    rememberForRefresh(api, verifiedAt);
    return;
  }

  if (protocol !== undefined && BROWSERLESS.has(protocol)) throw new Refusal(REASON.required);
  // The Auth0 session exists even after we denied, so prompt=none must never fall through. With a redirect pending
  // Auth0 answers it with interaction_required.
  const silent = event.transaction?.prompt?.includes('none') || event.request.query?.prompt === 'none';
  if (!silent && !api.redirect.canRedirect()) throw new Refusal(REASON.required);
  sendToCapture(event, api, settings);
}

/**
 * A passed result that is ours, for this user, this login and this integration; anything else is a refusal.
 * @type {(event: Event, api: Api, settings: Settings) => ResultToken}
 */
function readResult(event, api, settings) {
  /** @type {Partial<ResultToken>} */
  let token;
  try {
    token = api.redirect.validateToken({ secret: settings.secret, tokenParameterName: 'session_token' });
  } catch {
    throw new Refusal(REASON.invalidResponse);
  }
  const nonce = event.transaction?.metadata?.[NONCE_KEY];
  const ours =
    token.purpose === 'auth0-continue' &&
    token.aud === settings.integrationId &&
    token.sub === event.user.user_id &&
    typeof nonce === 'string' &&
    token.nonce === nonce &&
    /^ver_[A-Za-z0-9_-]{1,64}$/.test(token.verification_id ?? '');
  if (!ours) throw new Refusal(REASON.invalidResponse);
  if (token.result === 'failed') throw new Refusal(REASON_OF_CODE.get(token.code ?? '') ?? REASON.failed);

  const passed =
    token.result === 'passed' &&
    token.code === 'passed' &&
    (token.method === 'enrolled' || token.method === 'verified') &&
    typeof token.credential_id === 'string' &&
    Array.isArray(token.amr) &&
    token.amr.includes('face');
  if (!passed) throw new Refusal(REASON.invalidResponse);
  return /** @type {ResultToken} */ (token);
}

/** @type {(url: string, confirmToken: string) => Promise<{ status: number, body: any }>} */
async function postConfirm(url, confirmToken) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ confirm_token: confirmToken }),
      redirect: 'error',
      signal: AbortSignal.timeout(CONFIRM_TIMEOUT_MS),
    });
    return { status: response.status, body: response.status === 200 ? await response.json() : null };
  } catch {
    throw new Refusal(REASON.unavailable);
  }
}

/**
 * The result came through the browser; the server is asked directly, and says yes once per verification.
 * @type {(event: Event, api: Api, settings: Settings, result: ResultToken) => Promise<void>}
 */
async function confirm(event, api, settings, result) {
  const confirmToken = api.redirect.encodeToken({
    secret: settings.secret,
    expiresInSeconds: CONFIRM_TOKEN_SECONDS,
    payload: {
      purpose: 'countersign-confirm',
      integration_id: settings.integrationId,
      verification_id: result.verification_id,
      nonce: result.nonce,
      ...issuerOverride(event, settings),
    },
  });
  const { status, body } = await postConfirm(`${settings.baseUrl}/api/auth0/v1/confirm`, confirmToken);

  if (status === 401 || status === 409) throw new Refusal(REASON.invalidResponse);
  if (status === 410) throw new Refusal(REASON.expired);
  if (status !== 200 || body?.confirmed !== true) throw new Refusal(REASON.unavailable);
  if (body.method !== result.method || body.credential_id !== result.credential_id) {
    throw new Refusal(REASON.invalidResponse);
  }
}

/** @type {(event: Event, api: Api) => Promise<void>} */
async function resume(event, api) {
  const settings = readSettings(event);
  const result = readResult(event, api, settings);
  await confirm(event, api, settings, result);

  const now = Date.now();
  api.transaction.setMetadata(NONCE_KEY, null);
  setClaims(api, settings, now);
  rememberForRefresh(api, now);
  api.authentication.recordMethod(settings.methodUrl);
}

/**
 * A fixed code, because the text of an exception would end on the application's error page.
 * @type {(error: unknown) => string}
 */
function reasonOf(error) {
  if (error instanceof Refusal) return error.reason;
  if (error instanceof SettingError) {
    console.log(`countersign: setting ${error.message} is missing or not usable`);
    return REASON.misconfigured;
  }
  console.log('countersign: unexpected error');
  return REASON.unavailable;
}

/** @type {Handler} */
exports.onExecutePostLogin = async (event, api) => {
  try {
    decide(event, api);
  } catch (error) {
    return api.access.deny(reasonOf(error));
  }
};

/** @type {Handler} */
exports.onContinuePostLogin = async (event, api) => {
  try {
    await resume(event, api);
  } catch (error) {
    return api.access.deny(reasonOf(error));
  }
};
