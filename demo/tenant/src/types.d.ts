/** Options and values of the demo tenant. */

export interface TenantUser {
  user_id: string;
  username: string;
  password: string;
  email: string;
  name: string;
  app_metadata?: Record<string, unknown>;
}

export interface TenantClient {
  client_id: string;
  /** Left out for a public client, which then needs PKCE. */
  client_secret?: string;
  name?: string;
  redirect_uris: string[];
  post_logout_redirect_uris?: string[];
  grant_types?: string[];
  response_types?: string[];
  /** Auth0's application metadata; `countersign_mode` overrides the Action's request mode. */
  metadata?: Record<string, string>;
}

export interface TenantAction {
  /** Absolute path of a CommonJS Action file; it is run as it is. */
  file: string;
  secrets?: Record<string, string>;
  configuration?: Record<string, string>;
}

export interface TenantOptions {
  /** 0 takes a free port. */
  port?: number;
  users: TenantUser[];
  clients: TenantClient[];
  action: TenantAction;
  /** Actions after it in the login flow. */
  laterActions?: TenantAction[];
  /** Audience (an absolute URI) to the scopes of that API. */
  apis?: Record<string, string[]>;
  /** Auth0 offers refresh token metadata on some plans only. Default true. */
  refreshTokenMetadata?: boolean;
  /** Auth0 gives an Action 20 s. */
  timeLimitMs?: number;
}

export interface Tenant {
  /** With the trailing slash, as Auth0 writes it. */
  issuer: string;
  close(): Promise<void>;
}

export interface AuthenticationMethod {
  name: string;
  url?: string;
  timestamp: string;
}

export interface Effects {
  idToken: Record<string, unknown>;
  accessToken: Record<string, unknown>;
  refreshMetadata: Record<string, string>;
  appMetadata: Record<string, unknown>;
  methods: AuthenticationMethod[];
}

export interface ActionRequest {
  hostname: string;
  ip: string;
  method: string;
  query: Record<string, string>;
  body: Record<string, string>;
  user_agent?: string;
  language?: string;
}

export interface ActionTransaction {
  id: string;
  protocol: string;
  prompt: string[];
  acr_values?: string[];
  requested_scopes: string[];
  ui_locales: string[];
  metadata: Record<string, string | number | boolean>;
}

export interface ActionEvent {
  user: { user_id: string; email: string; name: string; app_metadata: Record<string, unknown> };
  client: { client_id: string; name: string; metadata: Record<string, string> };
  request: ActionRequest;
  transaction: ActionTransaction;
  authentication: { methods: AuthenticationMethod[] };
  session?: { id: string };
  refresh_token?: { client_id: string; metadata: Record<string, string> };
}

export interface LoadedAction {
  onExecutePostLogin(event: object, api: object): Promise<unknown>;
  onContinuePostLogin?(event: object, api: object): Promise<unknown>;
  secrets: Record<string, string>;
  configuration?: Record<string, string>;
}

export type Outcome =
  | { readonly kind: 'allowed'; readonly effects: Effects }
  | {
      readonly kind: 'redirect';
      readonly url: string;
      readonly index: number;
      readonly effects: Effects;
      readonly transactionId?: string;
    }
  | { readonly kind: 'denied'; readonly reason: string; readonly effects: Effects };

/** A login that waits for the browser to come back to /continue. */
export interface Suspension {
  index: number;
  event: ActionEvent;
  effects: Effects;
}
