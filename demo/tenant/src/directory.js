/** The tenant's users and applications. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** @import { TenantClient, TenantUser } from './types.d.ts' */

/** @param {string} text */
const digest = (text) => createHash('sha256').update(text).digest();

/**
 * @param {TenantUser[]} users
 * @param {TenantClient[]} clients
 */
export function createDirectory(users, clients) {
  const byId = new Map(users.map((user) => [user.user_id, { app_metadata: {}, ...user }]));
  const clientById = new Map(clients.map((client) => [client.client_id, client]));

  return {
    /** @param {string | undefined} userId */
    user: (userId) => (userId === undefined ? undefined : byId.get(userId)),
    /** @param {string} clientId */
    client: (clientId) => clientById.get(clientId),
    clients,

    /**
     * @param {string} login user name or e-mail address
     * @param {string} password
     */
    authenticate(login, password) {
      const wanted = login.trim().toLowerCase();
      const user = [...byId.values()].find(({ username, email }) => [username, email].includes(wanted));
      // The comparison runs for an unknown user too: the time of the answer names nobody.
      const right = timingSafeEqual(digest(password), digest(user?.password ?? ''));
      return user !== undefined && right ? user : null;
    },
  };
}

/** @typedef {ReturnType<typeof createDirectory>} Directory */
