/**
 * What an ID token says about the second factor, and whether that is enough for a transfer. Pure functions: this is the
 * part that a real application copies.
 */

/** Clock difference between the identity provider and us, in seconds. */
const SKEW_SECONDS = 5;

/** @typedef {Record<string, unknown> | undefined} Claims */

/**
 * @param {Claims} claims of the verified ID token
 * @param {string} claimName the namespaced claim that the Action sets
 * @returns {{ face: boolean, at: number | null }} `at` in epoch seconds
 */
export function readAssurance(claims, claimName) {
  const methods = claims?.[claimName];
  const at = claims?.[`${claimName}_at`];
  const face = Array.isArray(methods) && methods.includes('mfa');
  return { face, at: face && typeof at === 'number' ? at : null };
}

/**
 * On demand: a face check may serve for a while.
 * @param {Claims} claims
 * @param {{ claimName: string, maxAgeSeconds: number, nowSeconds: number }} rule
 */
export function isFreshEnough(claims, { claimName, maxAgeSeconds, nowSeconds }) {
  const { at } = readAssurance(claims, claimName);
  return at !== null && at <= nowSeconds + SKEW_SECONDS && nowSeconds - at <= maxAgeSeconds;
}

/**
 * Always on: every login check asks for the face, so the token must come from a login after the request.
 * @param {Claims} claims
 * @param {{ claimName: string, sinceSeconds: number }} rule
 */
export function isFromLoginSince(claims, { claimName, sinceSeconds }) {
  const issuedAt = claims?.iat;
  return (
    readAssurance(claims, claimName).face &&
    typeof issuedAt === 'number' &&
    issuedAt >= sinceSeconds - SKEW_SECONDS
  );
}
