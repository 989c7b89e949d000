import { describe, expect, test } from 'vitest';
import {
  type ActionInput,
  actionSecrets,
  deployCliFiles,
  envFile,
  hclString,
  terraformFiles,
} from './auth0-files';

const kSecret = 'S'.repeat(43);
const kInput: ActionInput = {
  integrationId: 'int_01',
  baseUrl: 'https://mfa.example.com',
  requestMode: 'always',
  claimName: null,
  sessionSecret: kSecret,
};
const text = (files: readonly { readonly name: string; readonly text: string }[]) =>
  files.map((file) => `${file.name}\n${file.text}`).join('\n');

describe('what goes to Auth0', () => {
  test('the .env file names every setting that the Action requires, with the secret', () => {
    expect(envFile(kInput).split('\n').slice(1, 5)).toEqual([
      'BASE_URL=https://mfa.example.com',
      'INTEGRATION_ID=int_01',
      `SESSION_SECRET=${kSecret}`,
      'REQUEST_MODE=always',
    ]);
  });

  test('a claim name is written only when there is one', () => {
    expect(actionSecrets(kInput).map(({ name }) => name)).not.toContain('CLAIM_NAME');
    const named = actionSecrets({ ...kInput, claimName: 'https://example.com/amr' });
    expect(named.at(-1)).toMatchObject({ name: 'CLAIM_NAME', value: 'https://example.com/amr' });
  });

  test('a value cannot add a line of its own to the .env file', () => {
    expect(envFile({ ...kInput, claimName: 'https://a\nSESSION_SECRET=evil' }).split('\n')).toHaveLength(7);
  });

  test('neither bundle holds the secret, even on the one-time screen', () => {
    const bundles = text([
      ...deployCliFiles(kInput, 'code', 'a.eu.auth0.com'),
      ...terraformFiles(kInput, 'code'),
    ]);
    expect(bundles).not.toContain(kSecret);
    expect(bundles).toContain('##COUNTERSIGN_SESSION_SECRET##');
    expect(bundles).toContain('var.countersign_session_secret');
  });

  test('the code goes in byte for byte', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the point of the test
    const code = 'exports.x = `${1}`;\n';
    expect(terraformFiles(kInput, code).find(({ name }) => name === 'countersign.js')?.text).toBe(code);
    const bundle = deployCliFiles(kInput, code, 'a.eu.auth0.com');
    expect(bundle.find(({ name }) => name === 'tenant/actions/countersign/code.js')?.text).toBe(code);
  });

  test('a value cannot break out of a Terraform string or interpolate', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the language of Terraform, not ours
    expect(hclString('a"b${var.x}%{if}')).toBe('"a\\"b$${var.x}%%{if}"');
  });
});
