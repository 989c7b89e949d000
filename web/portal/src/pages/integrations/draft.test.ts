import { describe, expect, test } from 'vitest';
import { defaults, domainsOf, draftErrors, draftOf, rateChoices, settingsOf } from './draft';

const kGood = { ...defaults, domains: 'acme.eu.auth0.com' };

describe('the form of an integration', () => {
  test('a pasted address becomes a host, each once', () => {
    expect(
      domainsOf('https://Acme.eu.auth0.com/authorize?x=1\n login.acme.com, acme.eu.auth0.com;127.0.0.1:8443'),
    ).toEqual(['acme.eu.auth0.com', 'login.acme.com', '127.0.0.1:8443']);
  });

  test('settings survive the way into the form and back', () => {
    const settings = settingsOf({
      ...kGood,
      name: ' Acme ',
      targetFmr: '0.0001',
      claimName: 'https://acme.com/amr',
    });
    expect(settings).toMatchObject({
      name: 'Acme',
      target_fmr: 0.0001,
      return_domains: ['acme.eu.auth0.com'],
    });
    expect(settingsOf(draftOf(settings))).toEqual(settings);
  });

  test('faces are learnt from only where both liveness checks hold', () => {
    expect(settingsOf(kGood).adapt_templates).toBe(false);
    expect(settingsOf({ ...kGood, adapt: true }).adapt_templates).toBe(true);
    expect(settingsOf({ ...kGood, adapt: true, liveness: 'passive' }).adapt_templates).toBe(false);
  });

  test('an empty answer of the server shows the defaults, in the notation of the choices', () => {
    expect(draftOf({})).toEqual(defaults);
    expect(draftOf({ target_fmr: 1e-5 }).targetFmr).toBe('0.00001');
    expect(draftOf({ name: null, claim_namespace: null })).toEqual(defaults);
  });

  test('what cannot be right is said before the server is asked', () => {
    expect(draftErrors(kGood)).toEqual({});
    expect(draftErrors(defaults).domains).toMatch(/at least one/);
    expect(draftErrors({ ...kGood, domains: 'not a<script>' }).domains).toContain('a<script>');
    expect(draftErrors({ ...kGood, attempts: '0' }).attempts).toBeDefined();
    expect(draftErrors({ ...kGood, attempts: '2.5' }).attempts).toBeDefined();
    expect(draftErrors({ ...kGood, minutes: '31' }).minutes).toBeDefined();
    expect(draftErrors({ ...kGood, claimName: 'javascript:alert(1)' }).claimName).toBeDefined();
    expect(draftErrors({ ...kGood, claimName: 'https://acme.auth0.com/amr' }).claimName).toMatch(/drops/);
    expect(draftErrors({ ...kGood, claimName: 'https://notauth0.com/amr' }).claimName).toBeUndefined();
  });

  test('a rate that another client has set is among the choices', () => {
    expect(rateChoices('0.0002').map(({ label }) => label)).toEqual([
      '1 in 1,000',
      '1 in 10,000',
      '1 in 100,000',
      '1 in 5,000',
    ]);
    expect(rateChoices('0.001')).toHaveLength(3);
  });
});
