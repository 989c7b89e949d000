import type { Schema } from '../../api/types';
import { oneIn } from '../../format/numbers';

export type Settings = Schema<'IntegrationSettings'>;

/** The form of an integration: everything set, domains as the lines of a text box. */
export interface Draft {
  readonly name: string;
  readonly domains: string;
  readonly enabled: boolean;
  readonly selfEnrolment: boolean;
  readonly mode: 'always' | 'on-demand';
  readonly liveness: 'passive' | 'active' | 'both';
  readonly targetFmr: string;
  readonly attempts: string;
  readonly minutes: string;
  readonly claimName: string;
  readonly insecureLoopback: boolean;
  readonly adapt: boolean;
}

/** What the server takes by itself; the badge "Default" compares with it. */
export const defaults: Draft = {
  name: '',
  domains: '',
  enabled: true,
  selfEnrolment: true,
  mode: 'always',
  liveness: 'both',
  targetFmr: '0.00001',
  attempts: '3',
  minutes: '10',
  claimName: '',
  insecureLoopback: false,
  adapt: false,
};

export const isDefault = (draft: Draft, key: keyof Draft): boolean => draft[key] === defaults[key];

const text = (value: number | undefined, otherwise: string): string =>
  value === undefined ? otherwise : String(value);

/** 1e-5 as JavaScript prints it, in the notation of the choices. */
const plainRate = (rate: number | undefined): string =>
  rate === undefined ? defaults.targetFmr : rate.toFixed(7).replace(/0+$/, '');

export function draftOf(settings: Settings): Draft {
  return {
    name: settings.name ?? '',
    domains: (settings.return_domains ?? []).join('\n'),
    enabled: settings.enabled ?? defaults.enabled,
    selfEnrolment: settings.allow_self_enrolment ?? defaults.selfEnrolment,
    mode: settings.request_mode_hint ?? defaults.mode,
    liveness: settings.liveness_policy ?? defaults.liveness,
    targetFmr: plainRate(settings.target_fmr),
    attempts: text(settings.max_attempts, defaults.attempts),
    minutes: text(settings.session_minutes, defaults.minutes),
    claimName: settings.claim_namespace ?? '',
    insecureLoopback: settings.allow_insecure_loopback ?? defaults.insecureLoopback,
    adapt: settings.adapt_templates ?? defaults.adapt,
  };
}

/** Hosts out of what people paste: addresses with https:// and paths, commas, several lines; each once. */
export function domainsOf(pasted: string): readonly string[] {
  const hosts = pasted
    .split(/[\s,;]+/)
    .map((part) =>
      part
        .replace(/^https?:\/\//i, '')
        .replace(/[/?#].*$/, '')
        .toLowerCase(),
    )
    .filter((part) => part !== '');
  return [...new Set(hosts)];
}

/** Faces are learnt from only where both liveness checks held. */
export const mayAdapt = (draft: Draft): boolean => draft.liveness === 'both';

/** The whole form as the server takes it. */
export function settingsOf(draft: Draft): Settings {
  return {
    name: draft.name.trim() === '' ? null : draft.name.trim(),
    enabled: draft.enabled,
    allow_self_enrolment: draft.selfEnrolment,
    return_domains: [...domainsOf(draft.domains)],
    request_mode_hint: draft.mode,
    claim_namespace: draft.claimName.trim() === '' ? null : draft.claimName.trim(),
    liveness_policy: draft.liveness,
    target_fmr: Number(draft.targetFmr),
    max_attempts: Number(draft.attempts),
    session_minutes: Number(draft.minutes),
    allow_insecure_loopback: draft.insecureLoopback,
    adapt_templates: draft.adapt && mayAdapt(draft),
  };
}

export type DraftErrors = Readonly<Partial<Record<keyof Draft, string>>>;

const kHost = /^(?=.{1,253}(:\d{1,5})?$)[a-z0-9]([a-z0-9-]{0,62})(\.[a-z0-9-]{1,63})*(:\d{1,5})?$/;

function wholeBetween(value: string, low: number, high: number): boolean {
  return /^\d{1,3}$/.test(value.trim()) && Number(value) >= low && Number(value) <= high;
}

function domainError(pasted: string): string | undefined {
  const hosts = domainsOf(pasted);
  if (hosts.length === 0) return 'Enter at least one domain, for example acme.eu.auth0.com.';
  if (hosts.length > 20) return 'At most 20 domains.';
  const wrong = hosts.find((host) => !kHost.test(host));
  return wrong === undefined ? undefined : `“${wrong}” is not a domain.`;
}

function claimError(name: string): string | undefined {
  const wanted = name.trim();
  if (wanted === '') return undefined;
  if (wanted.length > 200) return 'At most 200 characters.';
  if (!/^https?:\/\/[^\s/]+\/?\S*$/.test(wanted))
    return 'It must be a web address of your own, such as https://example.com/amr.';
  return /^https?:\/\/([^/]*\.)?(auth0\.com|webtask\.io|webtask\.run)(\/|$)/i.test(wanted)
    ? 'Auth0 drops claims below its own addresses. Use one of yours.'
    : undefined;
}

/** What the person can put right before the server is asked; the server decides. */
export function draftErrors(draft: Draft): DraftErrors {
  const checks: readonly (readonly [keyof Draft, string | undefined])[] = [
    ['name', draft.name.trim().length > 100 ? 'At most 100 characters.' : undefined],
    ['domains', domainError(draft.domains)],
    ['attempts', wholeBetween(draft.attempts, 1, 10) ? undefined : 'A whole number from 1 to 10.'],
    ['minutes', wholeBetween(draft.minutes, 1, 30) ? undefined : 'A whole number from 1 to 30.'],
    ['claimName', claimError(draft.claimName)],
  ];
  return Object.fromEntries(checks.filter(([, error]) => error !== undefined));
}

/** The field of the form that a field of the server's refusal belongs to. */
export const fieldOfServer: Readonly<Record<string, keyof Draft>> = {
  name: 'name',
  return_domains: 'domains',
  request_mode_hint: 'mode',
  claim_namespace: 'claimName',
  liveness_policy: 'liveness',
  target_fmr: 'targetFmr',
  max_attempts: 'attempts',
  session_minutes: 'minutes',
  allow_insecure_loopback: 'insecureLoopback',
  adapt_templates: 'adapt',
};

/** The three usual rates in words, and whatever another client has set. */
export function rateChoices(current: string): readonly { readonly value: string; readonly label: string }[] {
  const usual = ['0.001', '0.0001', '0.00001'];
  const all = usual.includes(current) ? usual : [...usual, current];
  return all.map((value) => ({ value, label: oneIn(Number(value)) }));
}
