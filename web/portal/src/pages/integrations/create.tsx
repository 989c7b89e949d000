import { useRef, useState } from 'preact/hooks';
import { api, newIdempotencyKey } from '../../api/client';
import { type Problem, sentenceOf } from '../../api/problem';
import type { Schema } from '../../api/types';
import { useResource } from '../../api/use-resource';
import { Card, Page as Frame } from '../../app/page';
import { navigate, useLeaveGuard } from '../../app/router';
import { Button, LinkButton } from '../../components/button';
import { ConfirmDialog } from '../../components/dialog';
import { Notice } from '../../components/notice';
import { counted, oneIn } from '../../format/numbers';
import { livenessPolicies, requestModes } from '../../words';
import { Fact } from '../fact';
import {
  type Draft,
  type DraftErrors,
  defaults,
  domainsOf,
  draftErrors,
  fieldOfServer,
  settingsOf,
} from './draft';
import './integrations.css';
import { OneTimeSecret } from './one-time-secret';
import {
  AssuranceFields,
  ClaimFields,
  ConnectionFields,
  EnabledField,
  type FieldsProps,
  Flows,
  RequestFields,
} from './settings-fields';
import { Stepper } from './stepper';

interface Step {
  readonly title: string;
  readonly text: string;
  readonly fields: readonly (keyof Draft)[];
}

const kSteps: readonly Step[] = [
  { title: 'Connection', text: 'Which Auth0 tenant is it for?', fields: ['name', 'domains'] },
  {
    title: 'Requests',
    text: 'You can change all of this later.',
    fields: ['enabled', 'mode', 'selfEnrolment'],
  },
  {
    title: 'Assurance',
    text: 'The defaults suit most logins.',
    fields: ['liveness', 'targetFmr', 'attempts', 'minutes', 'adapt', 'claimName'],
  },
  { title: 'Review', text: 'Nothing is created until you press the button.', fields: [] },
];

/** The errors of the server beside those that the form finds itself. */
export function errorsOf(draft: Draft, problem: Problem | null): DraftErrors {
  const refused = (problem?.errors ?? []).flatMap(({ field, message }) => {
    const key = fieldOfServer[field.replace(/[[.].*$/, '')];
    return key === undefined ? [] : [[key, message] as const];
  });
  return { ...Object.fromEntries(refused), ...draftErrors(draft) };
}

export function Page() {
  const [created, setCreated] = useState<Schema<'IntegrationWithSecret'> | null>(null);
  return (
    <Frame
      narrow
      title={created === null ? 'New integration' : 'Store the Session Secret'}
      parent={{ href: '/integrations', label: 'Integrations' }}
    >
      {created === null ? (
        <Wizard onCreated={setCreated} />
      ) : (
        <Card>
          <OneTimeSecret
            created={created}
            below="/integrations"
            continueLabel="Set up the Action"
            onContinue={() =>
              navigate(`/integrations/${encodeURIComponent(created.integration.id)}?tab=set-up`, {
                replace: true,
              })
            }
          />
        </Card>
      )}
    </Frame>
  );
}

function Wizard({ onCreated }: { readonly onCreated: (created: Schema<'IntegrationWithSecret'>) => void }) {
  const [draft, setDraft] = useState<Draft>(defaults);
  const [at, setAt] = useState(0);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [leave, setLeave] = useState<(() => void) | null>(null);
  const key = useRef(newIdempotencyKey());
  const leaveGuard = useRef((go: () => void) => {
    setLeave(() => go);
    return false;
  });
  useLeaveGuard(draft !== defaults, leaveGuard.current);

  const step = kSteps[at] ?? kSteps[0];
  const errors = errorsOf(draft, problem);
  const blocked = step?.fields.some((field) => errors[field] !== undefined) ?? false;
  const change = (next: Draft) => {
    setDraft(next);
    setProblem(null);
    key.current = newIdempotencyKey();
  };
  const create = async () => {
    setBusy(true);
    const result = await api.post('/integrations', { body: settingsOf(draft), idempotencyKey: key.current });
    setBusy(false);
    if (result.ok) return onCreated(result.value);
    setProblem(result.problem);
    const refused = errorsOf(draft, result.problem);
    const back = kSteps.findIndex(({ fields }) => fields.some((field) => refused[field] !== undefined));
    if (back >= 0) setAt(back);
    setTried(back >= 0);
  };
  const forward = () => {
    if (at === kSteps.length - 1) return void create();
    setTried(blocked);
    if (!blocked) setAt(at + 1);
  };
  return (
    <form
      class="wizard"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) forward();
      }}
    >
      <Stepper steps={kSteps.map(({ title }) => title)} at={at} onStep={setAt} />
      <Card title={step?.title ?? ''} text={step?.text}>
        {problem !== null && (
          <Notice tone="danger" live>
            {sentenceOf(problem)}
          </Notice>
        )}
        <div class="form-fields">
          <StepFields at={at} draft={draft} errors={tried ? errors : {}} onDraft={change} />
        </div>
        <div class="form-actions">
          {at === 0 ? (
            <LinkButton href="/integrations">Cancel</LinkButton>
          ) : (
            <Button onClick={() => setAt(at - 1)}>Back</Button>
          )}
          <Button type="submit" variant="primary" busy={busy}>
            {at === kSteps.length - 1 ? 'Create integration' : 'Continue'}
          </Button>
        </div>
      </Card>
      {leave !== null && (
        <ConfirmDialog
          title="Discard the new integration?"
          confirmLabel="Discard"
          danger
          onClose={() => setLeave(null)}
          onConfirm={async () => {
            leave();
            return { ok: true, value: null, etag: null };
          }}
        >
          Nothing was created yet. What you entered is lost.
        </ConfirmDialog>
      )}
    </form>
  );
}

function StepFields(props: FieldsProps & { readonly at: number }) {
  if (props.at === 0) return <ConnectionFields {...props} />;
  if (props.at === 1)
    return (
      <>
        <EnabledField {...props} />
        <RequestFields {...props} />
        <Flows />
      </>
    );
  if (props.at === 3) return <Review draft={props.draft} />;
  return (
    <>
      <AssuranceFields {...props} />
      <ClaimFields {...props} />
    </>
  );
}

/** What the organisation has set for all of its integrations. */
function useOrganisationRows(): readonly (readonly [string, string])[] {
  const { resource } = useResource('settings', (signal) => api.get('/settings', { signal }));
  if (resource.kind !== 'ready') return [];
  const { branding, retention } = resource.value;
  const name = branding.display_name ?? 'the name of the application';
  return [
    [
      'Retention',
      `${counted(retention.transaction_days, 'day', 'days')} for transactions, as set for the organisation`,
    ],
    ['Branding', `${name}, accent ${branding.accent}, as set for the organisation`],
  ];
}

function Review({ draft }: { readonly draft: Draft }) {
  const ofOrganisation = useOrganisationRows();
  const rows: readonly (readonly [string, string])[] = [
    ['Identity provider', 'Auth0'],
    ['Name', draft.name.trim() === '' ? 'None' : draft.name.trim()],
    ['Domains', domainsOf(draft.domains).join(', ')],
    ['Asks for a face', requestModes[draft.mode] ?? draft.mode],
    ['Enabled', draft.enabled ? 'Yes' : 'No: logins that ask for a face are refused'],
    ['Self-enrolment', draft.selfEnrolment ? 'Allowed, inline' : 'Refused'],
    ['Verification', 'Inline'],
    ['Liveness', livenessPolicies[draft.liveness] ?? draft.liveness],
    ['False match target', oneIn(Number(draft.targetFmr))],
    ['Follows how a face changes', settingsOf(draft).adapt_templates === true ? 'Yes' : 'No'],
    ['Attempts', `${draft.attempts} per login`],
    ['Session time', `${draft.minutes} minutes`],
    [
      'Claim name',
      draft.claimName.trim() === '' ? 'Address of this server, followed by /amr' : draft.claimName.trim(),
    ],
    ...ofOrganisation,
  ];
  return (
    <dl class="facts">
      {rows.map(([term, value]) => (
        <Fact key={term} term={term}>
          {value}
        </Fact>
      ))}
    </dl>
  );
}
