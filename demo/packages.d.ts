/** The packages below bring no types that fit here: only their shape as far as the demo names it. */
// biome-ignore-all lint/suspicious/noExplicitAny: untyped packages stay untyped here, and only here

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
