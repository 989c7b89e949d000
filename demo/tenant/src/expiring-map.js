/** A map whose entries go away after their time: states, suspended logins, everything the demo keeps in memory. */
export class ExpiringMap {
  /** @type {Map<string, { value: any, expiresAt: number }>} */
  #entries = new Map();

  /** @type {(key: string, value: any, seconds?: number) => void} no seconds = for ever */
  set(key, value, seconds) {
    this.#dropExpired();
    const expiresAt = seconds === undefined ? Number.POSITIVE_INFINITY : Date.now() + seconds * 1000;
    this.#entries.set(key, { value, expiresAt });
  }

  /** @param {string} key */
  get(key) {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.expiresAt > Date.now() ? entry.value : undefined;
  }

  /** The value, once. @param {string} key */
  take(key) {
    const value = this.get(key);
    this.#entries.delete(key);
    return value;
  }

  /** @param {string} key */
  delete(key) {
    this.#entries.delete(key);
  }

  /** @returns {[string, any][]} */
  entries() {
    this.#dropExpired();
    return [...this.#entries].map(([key, { value }]) => [key, value]);
  }

  #dropExpired() {
    const now = Date.now();
    for (const [key, { expiresAt }] of this.#entries) if (expiresAt <= now) this.#entries.delete(key);
  }
}
