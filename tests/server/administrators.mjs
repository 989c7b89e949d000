// The portal's API as programs and browsers call it, and two organisations with an administrator of each role.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { totpCode } from '../../demo/portal.mjs';
import { ask, root } from './support.mjs';

/** What the portal's own pages send along with every change. */
export const ownPage = { 'X-Countersign-Portal': '1', 'Sec-Fetch-Site': 'same-origin' };

/** A request below /api/admin/v1 as whoever the headers say; an object becomes a JSON body. */
export function call(portalUrl, method, path, { body, headers = {} } = {}) {
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
  return ask(`${portalUrl}/api/admin/v1${path}`, {
    method,
    headers: { ...type, ...headers },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Status and, of a problem, its code: `403 forbidden`. */
export const told = (answer) => `${answer.status}${answer.status >= 400 ? ` ${answer.json().code}` : ''}`;

/** Somebody with a mailbox and a password that is good enough. */
export const person = (name) => ({
  email: `${name}@harbour.example`,
  name,
  password: `lantern orbit ${name} 42`,
});

/** One signed-in browser. */
export class Administrator {
  constructor(portalUrl) {
    this.portalUrl = portalUrl;
    this.cookie = '';
  }

  /** The answer, whatever it is; a cookie in it is kept. */
  async ask(method, path, body, headers = {}) {
    const own = this.cookie === '' ? ownPage : { ...ownPage, Cookie: this.cookie };
    const answer = await call(this.portalUrl, method, path, { body, headers: { ...own, ...headers } });
    for (const line of answer.headers['set-cookie'] ?? []) this.cookie = line.split(';')[0];
    return answer;
  }

  /** The body of an answer that must be good. */
  async take(method, path, body, headers) {
    const answer = await this.ask(method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.text === '' ? null : answer.json();
  }

  /** Sets up the second factor; the session becomes active. */
  async enrolFactor() {
    const { secret } = await this.take('POST', '/account/totp');
    this.totpSecret = secret;
    const { codes } = await this.take('POST', '/account/totp/confirm', { totp: totpCode(secret) });
    this.recoveryCodes = codes;
    const { administrator, tenant } = await this.take('GET', '/session');
    return Object.assign(this, { id: administrator.id, tenant: tenant.tenant });
  }

  /** The first owner of the installation. */
  static async first(portalUrl, { email, password, name = 'Ada Berg', organisation = 'Harbour Bank' }) {
    const owner = new Administrator(portalUrl);
    await owner.take('POST', '/setup', { email, password, name, organisation });
    return Object.assign(await owner.enrolFactor(), { email, password, name });
  }

  /** A colleague who accepts this one's invitation. */
  async invite(role, { email, password, name }) {
    const { link } = await this.take('POST', '/invitations', { email, role });
    const colleague = new Administrator(this.portalUrl);
    const token = new URL(link).searchParams.get('token');
    await colleague.take('POST', '/invitations/accept', { token, name, password });
    return Object.assign(await colleague.enrolFactor(), { email, password, name });
  }
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** Every operation of the contract, in its order: method, path, permission, and whether it asks for a fresh session. */
export function operations() {
  const { paths } = load(readFileSync(join(root, 'api/openapi.yaml'), 'utf8'));
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => operationOf(method.toUpperCase(), path, operation)),
  );
}

function operationOf(method, path, operation) {
  const { operationId: id, 'x-permission': permission, 'x-fresh': fresh = false } = operation;
  if (!id || !permission) throw new Error(`${method} ${path} has no operationId or x-permission`);
  return { method, path, fresh, id, permission };
}
