/**
 * Stands in for the server in these tests: reads start tokens, makes result tokens, answers the confirmation. It looks
 * at no face; what it signs is what a test asks for.
 */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

export const INTEGRATION = 'int_test';

export function sign(claims, secret) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

export const payloadOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());

export async function startStandIn() {
  const secret = randomBytes(32).toString('base64url');
  const started = new Map();
  const confirmed = new Set();

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    if (url.pathname === `/a/${INTEGRATION}/start`) {
      started.set(url.searchParams.get('state'), payloadOf(url.searchParams.get('session_token')));
      response.end('capture page');
      return;
    }
    const { confirm_token: token } = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const claims = payloadOf(token);
    const right = token === sign(claims, secret) && claims.purpose === 'countersign-confirm';
    const again = confirmed.has(claims.verification_id);
    confirmed.add(claims.verification_id);
    response.statusCode = !right ? 401 : again ? 409 : 200;
    response.end(JSON.stringify({ confirmed: true, method: 'verified', credential_id: 'cred_1' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    secret,
    baseUrl: `http://127.0.0.1:${server.address().port}`,
    confirmed,
    /** What the start address received for this state. */
    startToken: (state) => started.get(state),
    /** The form that the return page would post to /continue. */
    result(state, overrides = {}, key = secret) {
      const start = started.get(state);
      const iat = Math.floor(Date.now() / 1000);
      const claims = {
        iss: start.iss,
        sub: start.sub,
        aud: INTEGRATION,
        iat,
        exp: iat + 60,
        jti: randomUUID(),
        state,
        purpose: 'auth0-continue',
        transaction_id: start.transaction_id,
        verification_id: `ver_${randomBytes(8).toString('hex')}`,
        nonce: start.nonce,
        result: 'passed',
        code: 'passed',
        method: 'verified',
        credential_id: 'cred_1',
        amr: ['face'],
        ...overrides,
      };
      return { state, session_token: sign(claims, key) };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
