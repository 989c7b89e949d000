/** The packages below bring no types: only their shape as far as this folder names it. */
// biome-ignore-all lint/suspicious/noExplicitAny: untyped packages stay untyped here, and only here

declare module 'oidc-provider' {
  export class Provider {
    constructor(issuer: string, settings: object);
    readonly [member: string]: any;
  }
  export type Configuration = { readonly [setting: string]: any };
  export const errors: Record<
    'AccessDenied' | 'InvalidGrant' | 'InvalidTarget',
    new (
      text?: string,
    ) => Error
  >;
  export const interactionPolicy: {
    base(): any;
    Check: any;
    Prompt: any;
  };
}
