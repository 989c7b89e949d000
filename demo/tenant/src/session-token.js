/**
 * HS256 tokens between an Action and the page it redirects to, with the rules Auth0 publishes for them.
 * The key is the UTF-8 bytes of the secret string.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** @param {unknown} value */
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @param {string} text */
const decode = (text) => JSON.parse(Buffer.from(text, 'base64url').toString());

/** @param {string} input @param {string} secret */
const mac = (input, secret) => createHmac('sha256', secret).update(input).digest();

/**
 * @param {Record<string, unknown>} claims
 * @param {string} secret
 */
export function signSessionToken(claims, secret) {
  const input = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${input}.${mac(input, secret).toString('base64url')}`;
}

/**
 * @param {string} token
 * @param {string} secret
 * @returns {Record<string, unknown>} the claims, after the signature was found right
 */
function openToken(token, secret) {
  const parts = token.split('.');
  if (parts.length !== 3) throw new Error('Unexpected token payload type');
  const [header, payload, signature] = /** @type {[string, string, string]} */ (parts);
  const expected = mac(`${header}.${payload}`, secret);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Error('Failed signature validation');
  }
  const { alg, typ } = decode(header);
  if (alg !== 'HS256' || typ !== 'JWT') throw new Error('Failed signature validation');
  return decode(payload);
}

/**
 * @param {string} token
 * @param {{ secret: string, issuer: string, subject: string, state: string, nowMs?: number }} expected
 * @returns {Record<string, unknown>}
 */
export function verifySessionToken(token, { secret, issuer, subject, state, nowMs = Date.now() }) {
  let claims;
  try {
    claims = openToken(token, secret);
  } catch (error) {
    const text = error instanceof SyntaxError ? 'Unexpected token payload type' : messageOf(error);
    throw new Error(`The session token is invalid: ${text}`);
  }
  const fail = (/** @type {string} */ text) => new Error(`The session token is invalid: ${text}`);
  const { iat, exp, iss, sub } = claims;
  if (typeof iat !== 'number' || typeof exp !== 'number' || iss !== issuer || typeof sub !== 'string') {
    throw fail('Missing or invalid standard claims');
  }
  if (claims.state !== state) throw fail('State in the token does not match the /continue state.');
  if (sub !== subject) throw fail('The sub claim does not match the user_id.');
  if (exp * 1000 <= nowMs) throw fail('Token has expired.');
  return claims;
}

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : 'unknown error');
