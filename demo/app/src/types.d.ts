/** Options and values of the sample application. */

export interface AppClient {
  id: string;
  secret: string;
}

export interface AppOptions {
  /** 0 takes a free port. */
  port?: number;
  /** Issuer of the identity provider, with or without the trailing slash. */
  issuer: string;
  /** One client per request mode, both registered with `<url>/on-demand/callback` or `<url>/always/callback`. */
  clients: { onDemand: AppClient; always: AppClient };
  /** The namespaced claim that the Action sets, `<BASE_URL>/amr` unless configured otherwise. */
  claimName: string;
  /** How long a face check serves for transfers in on-demand mode. Default 300. */
  stepUpMaxAgeSeconds?: number;
  /** Shown on the start page so that a visitor can try the demonstration. */
  demoUsers?: { username: string; password: string }[];
}

export interface App {
  url: string;
  close(): Promise<void>;
}

export interface Profile {
  id: 'on-demand' | 'always';
  path: string;
  client: AppClient;
  title: string;
  summary: string;
}
