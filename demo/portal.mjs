// The portal from the side of a program: makes the first owner the way the pages do, and signs in with a second factor.
import { createHmac } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(text) {
  let bits = '';
  for (const letter of text.replaceAll('=', ''))
    bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** The six digits of RFC 6238 (SHA-1, 30 s) for a secret in Base32; `ahead` counts steps from now. */
export function totpCode(secret, ahead = 0, now = Date.now()) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000) + ahead));
  const mac = createHmac('sha1', base32(secret)).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** A session is listed with the browser that opened it; pictures of that list should show one that people know. */
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

/** Calls of one administrator, with a cookie jar for the one cookie there is. */
export function portalClient(portalUrl) {
  let cookie = '';
  /** Resolves to the answer's body; rejects with the problem. */
  async function call(method, path, body, headers = {}) {
    const answer = await fetch(`${portalUrl}/api/admin/v1${path}`, {
      method,
      headers: {
        Accept: 'application/json',
        'User-Agent': browser,
        'X-Countersign-Portal': '1',
        'Sec-Fetch-Site': 'same-origin',
        ...(cookie === '' ? {} : { Cookie: cookie }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of answer.headers.getSetCookie()) cookie = line.split(';')[0];
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }
  return { call, cookie: () => cookie };
}

export const demoOwner = {
  email: 'ada@harbour.example',
  name: 'Ada Berg',
  password: 'lantern orbit velvet 42',
  organisation: 'Harbour Bank',
};

/** The first owner with a second factor: resolves to the signed-in client, the TOTP secret and the tenant. */
export async function signUpOwner(portalUrl, owner = demoOwner) {
  const client = portalClient(portalUrl);
  await client.call('POST', '/setup', owner);
  const { secret } = await client.call('POST', '/account/totp');
  await client.call('POST', '/account/totp/confirm', { totp: totpCode(secret) });
  const session = await client.call('GET', '/session');
  return { ...client, owner, totpSecret: secret, tenant: session.tenant.tenant };
}

/** Puts the client's session into a browser context, so that its pages are signed in. */
export async function shareSession(context, portalUrl, client) {
  const [name, ...value] = client.cookie().split('=');
  const { hostname: domain } = new URL(portalUrl);
  await context.addCookies([
    { name, value: value.join('='), domain, path: '/', secure: true, httpOnly: true, sameSite: 'Strict' },
  ]);
}
