import { fromBase64Url, toBase64Url } from '@countersign/web-shared/base64url';
import { api, type Result } from '../api/client';
import type { Problem } from '../api/problem';
import type { Schema, Session } from '../api/types';
import { useSessionAccess } from './session';

/** COSE numbers of the signatures that the server takes: ES256, EdDSA, RS256. */
const kAlgorithms = [-7, -8, -257] as const;

const refused: Problem = {
  status: 0,
  code: 'passkey_refused',
  title: 'No passkey came back',
  detail:
    'The browser was asked and gave no passkey: it was cancelled, took too long, or is on another device.',
  reference: '',
  errors: [],
};
const repeated: Problem = {
  ...refused,
  code: 'passkey_repeated',
  title: 'This device has a passkey already',
  detail: 'This device holds a passkey of this account already. Use that one.',
};

/** Whether this browser makes passkeys and hands them out in the form that is asked for here. */
export const browserHasPasskeys = (): boolean =>
  typeof AuthenticatorAttestationResponse === 'function' &&
  'getAuthenticatorData' in AuthenticatorAttestationResponse.prototype;

/** Whether a passkey can answer here: the account has one, and the browser can ask for it. */
export function useHasPasskey(): boolean {
  const { presence } = useSessionAccess();
  return presence.kind === 'somebody' && presence.session.passkeys === 'registered' && browserHasPasskeys();
}

/** Only inside a question: what is thrown there is a refusal. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64Url(text);
  if (bytes === null) throw new TypeError('not base64url');
  return bytes;
}

const listOf = (challenge: Schema<'PasskeyChallenge'>): PublicKeyCredentialDescriptor[] =>
  challenge.credentials.map((id) => ({ type: 'public-key', id: bytesOf(id) }));

/** Asks the browser; whatever it throws is a refusal of the person or of the device. */
async function asked(question: () => Promise<Credential | null>): Promise<Result<PublicKeyCredential>> {
  try {
    const answer = await question();
    if (answer instanceof PublicKeyCredential) return { ok: true, value: answer, etag: null };
    return { ok: false, problem: refused };
  } catch (error) {
    const known = error instanceof DOMException && error.name === 'InvalidStateError';
    return { ok: false, problem: known ? repeated : refused };
  }
}

/** A new passkey of the signed-in person, made by the browser and stored by the server. */
export async function addPasskey(
  name: string,
  person: Session['administrator'],
): Promise<Result<Schema<'Passkey'>>> {
  const begun = await api.post('/account/passkeys/challenge');
  if (!begun.ok) return begun;
  const made = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: bytesOf(begun.value.challenge),
        rp: { id: begun.value.domain, name: 'Countersign' },
        user: { id: new TextEncoder().encode(person.id), name: person.email, displayName: person.name },
        pubKeyCredParams: kAlgorithms.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: listOf(begun.value),
        authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
        attestation: 'none',
        timeout: begun.value.expires_in_seconds * 1000,
      },
    }),
  );
  if (!made.ok) return made;
  const { response } = made.value;
  if (!(response instanceof AuthenticatorAttestationResponse)) return { ok: false, problem: refused };
  const passkey = {
    client_data: toBase64Url(response.clientDataJSON),
    authenticator_data: toBase64Url(response.getAuthenticatorData()),
  };
  return api.post('/account/passkeys', { body: { name, passkey } });
}

/** What a registered passkey answers to a fresh challenge: in place of a code. */
export async function passkeyAnswer(): Promise<Result<Schema<'PasskeyAnswer'>>> {
  const begun = await api.post('/session/passkey-challenge');
  if (!begun.ok) return begun;
  const given = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: bytesOf(begun.value.challenge),
        rpId: begun.value.domain,
        allowCredentials: listOf(begun.value),
        userVerification: 'preferred',
        timeout: begun.value.expires_in_seconds * 1000,
      },
    }),
  );
  if (!given.ok) return given;
  const { rawId, response } = given.value;
  if (!(response instanceof AuthenticatorAssertionResponse)) return { ok: false, problem: refused };
  const value = {
    credential_id: toBase64Url(rawId),
    client_data: toBase64Url(response.clientDataJSON),
    authenticator_data: toBase64Url(response.authenticatorData),
    signature: toBase64Url(response.signature),
  };
  return { ok: true, value, etag: null };
}
