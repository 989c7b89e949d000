/** The packages below bring no types that fit here: only their shape as far as this folder names it. */
// biome-ignore-all lint/suspicious/noExplicitAny: untyped packages stay untyped here, and only here

declare module 'express-openid-connect' {
  const library: { auth(settings: object): any };
  export default library;
}
