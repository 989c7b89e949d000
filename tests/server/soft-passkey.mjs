// A passkey and the browser around it, in memory: what it answers can be bent.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const sha256 = (text) => createHash('sha256').update(text).digest();
const text64 = (bytes) => Buffer.from(bytes).toString('base64url');

export class SoftPasskey {
  #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #count = 0;

  constructor(origin) {
    this.origin = origin;
    this.id = randomBytes(16);
  }

  #clientData(type, challenge, bend) {
    const said = { type, challenge, origin: this.origin, crossOrigin: false, ...bend };
    return Buffer.from(JSON.stringify(said));
  }

  #head(flags) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.#count);
    this.#count += 1;
    return Buffer.concat([sha256(new URL(this.origin).hostname), Buffer.from([flags]), count]);
  }

  /** RFC 9053: { 1: EC2, 3: ES256, -1: P-256, -2: x, -3: y }. */
  #coseKey() {
    const { x, y } = this.#keys.publicKey.export({ format: 'jwk' });
    const of = (start, value) => Buffer.concat([Buffer.from(start, 'hex'), Buffer.from(value, 'base64url')]);
    return Buffer.concat([of('a5010203262001215820', x), of('225820', y)]);
  }

  /** What `navigator.credentials.create` would give. */
  registers({ challenge }, bend = {}) {
    const maker = Buffer.alloc(16);
    const length = Buffer.from([0, this.id.length]);
    const data = Buffer.concat([this.#head(0x45), maker, length, this.id, this.#coseKey()]);
    return {
      client_data: text64(this.#clientData('webauthn.create', challenge, bend)),
      authenticator_data: text64(data),
    };
  }

  /** What `navigator.credentials.get` would give. */
  proves({ challenge }, bend = {}) {
    const said = this.#clientData('webauthn.get', challenge, bend);
    const data = this.#head(0x05);
    return {
      credential_id: text64(this.id),
      client_data: text64(said),
      authenticator_data: text64(data),
      signature: text64(sign('sha256', Buffer.concat([data, sha256(said)]), this.#keys.privateKey)),
    };
  }
}
