/** Storage of oidc-provider in this process: one tenant, gone with it. */
import { ExpiringMap } from './expiring-map.js';

/** @returns an adapter class whose instances share one store, so that tenants of one process stay apart */
export function createMemoryAdapter() {
  const store = new ExpiringMap();

  return class MemoryAdapter {
    /** @param {string} model */
    constructor(model) {
      this.model = model;
    }

    /** @param {string} id */
    key(id) {
      return `${this.model}:${id}`;
    }

    /** @type {(id: string, payload: Record<string, any>, expiresIn: number) => Promise<void>} */
    async upsert(id, payload, expiresIn) {
      store.set(this.key(id), payload, expiresIn);
    }

    /** @param {string} id */
    async find(id) {
      return store.get(this.key(id));
    }

    /** @param {string} uid */
    async findByUid(uid) {
      return this.#findBy('uid', uid);
    }

    /** @param {string} userCode */
    async findByUserCode(userCode) {
      return this.#findBy('userCode', userCode);
    }

    /** @param {string} id */
    async consume(id) {
      const payload = store.get(this.key(id));
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    }

    /** @param {string} id */
    async destroy(id) {
      store.delete(this.key(id));
    }

    /** @param {string} grantId */
    async revokeByGrantId(grantId) {
      for (const [key, payload] of store.entries()) if (payload.grantId === grantId) store.delete(key);
    }

    /** @type {(member: string, wanted: string) => Record<string, any> | undefined} */
    #findBy(member, wanted) {
      for (const [key, payload] of store.entries()) {
        if (key.startsWith(`${this.model}:`) && payload[member] === wanted) return payload;
      }
      return undefined;
    }
  };
}
