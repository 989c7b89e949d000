/** Which claim names an Action may set: Auth0 drops the others without a word. */

const RESTRICTED = new Set(
  `acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest
  entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce
  object_id org_id org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date sip_from_tag
  sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#S256`.split(/\s+/),
);

const RESERVED_HOST = /(^|\.)(auth0\.com|webtask\.io|webtask\.run)$/;

/** @param {string} name */
function isDropped(name) {
  if (RESTRICTED.has(name) || name.startsWith('urn:auth0')) return true;
  return /^https?:/.test(name) && (!URL.canParse(name) || RESERVED_HOST.test(new URL(name).hostname));
}

/**
 * @param {Record<string, unknown>} claims filled by the returned object
 * @returns {{ setCustomClaim(name: string, value: unknown): void }}
 */
export function claimSetter(claims) {
  return {
    setCustomClaim(name, value) {
      if (name === 'scope') throw new Error('The "scope" claim cannot be set.');
      if (!isDropped(name)) claims[name] = value;
    },
  };
}
