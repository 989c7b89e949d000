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

declare module 'express' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  export interface Request extends IncomingMessage {
    readonly [member: string]: any;
  }
  export interface Response extends ServerResponse {
    readonly [member: string]: any;
  }
  export type NextFunction = (error?: unknown) => void;
  export type RequestHandler = (request: Request, response: Response, next: NextFunction) => void;
  export type ErrorRequestHandler = (
    error: any,
    request: Request,
    response: Response,
    next: NextFunction,
  ) => void;
  const express: any;
  export default express;
}
