/**
 * The part of Auth0's post-login event and API objects (trigger post-login v3) that the Action uses, written from the
 * public reference pages. Optional members are optional there too, or may be missing on some plans.
 */

export interface AuthenticationMethod {
  name?: string;
  url?: string;
  /** ISO 8601 */
  timestamp?: string;
  type?: string;
}

export interface Transaction {
  id?: string;
  acr_values?: string[];
  requested_scopes?: string[];
  prompt?: string[];
  protocol?: string;
  ui_locales?: string[];
  locale?: string;
  metadata?: Record<string, string | number | boolean | null | undefined>;
}

export interface Event {
  user: { user_id: string };
  client: { client_id: string; name?: string; metadata?: Record<string, string | undefined> };
  request: { hostname?: string; language?: string; query?: Record<string, string | undefined> };
  transaction?: Transaction;
  authentication?: { methods?: AuthenticationMethod[] };
  refresh_token?: { metadata?: Record<string, string | undefined> };
  custom_domain?: { domain?: string };
  secrets?: Record<string, string | undefined>;
  configuration?: Record<string, string | undefined>;
}

export interface ClaimSetter {
  setCustomClaim(name: string, value: unknown): unknown;
}

export interface TokenRequest {
  secret: string;
  expiresInSeconds?: number;
  payload: Record<string, unknown>;
}

export interface Api {
  access: { deny(reason: string): unknown };
  idToken: ClaimSetter;
  accessToken: ClaimSetter;
  authentication: { recordMethod(url: string): unknown };
  redirect: {
    canRedirect(): boolean;
    encodeToken(request: TokenRequest): string;
    sendUserTo(url: string, options?: { query?: Record<string, string> }): unknown;
    validateToken(request: { secret: string; tokenParameterName?: string }): Record<string, unknown>;
  };
  transaction: { setMetadata(key: string, value: string | number | boolean | null): unknown };
  /** Missing where the plan has no refresh token metadata. */
  refreshToken?: { setMetadata?(key: string, value: string | null): unknown };
}

export type Handler = (event: Event, api: Api) => Promise<unknown>;

/** Settings after validation. */
export interface Settings {
  baseUrl: string;
  integrationId: string;
  secret: string;
  mode: 'always' | 'on-demand' | 'off';
  host: string;
  maxAgeSeconds: number;
  refreshMaxAgeSeconds: number;
  claimName: string;
  stepUpScopes: string[];
  acrValues: string[];
  methodUrl: string;
}

/** A passed result token, see docs/integration/auth0-tokens.md. */
export interface ResultToken {
  purpose: string;
  aud: string;
  sub: string;
  nonce: string;
  verification_id: string;
  result: string;
  code: string;
  method: string;
  credential_id: string;
  amr: string[];
}
