import type { Schema } from '../../api/types';
import { Link } from '../../app/router';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import { Notice } from '../../components/notice';
import { clockTime } from '../../format/times';
import { causeWord, simulationSteps, spellOut } from '../../words';

type Simulation = Schema<'Simulation'>;
type SimulationStep = Simulation['steps'][number];

/** The steps of a simulated login so far, and what to do next. `onRepeat` lets its test user log in again. */
export function SimulationView(props: {
  readonly simulation: Simulation;
  readonly startUrl: string | null;
  readonly onRepeat?: () => void;
}) {
  const { simulation } = props;
  return (
    <div class="stack" data-simulation={simulation.state} data-repeats={simulation.repeats !== null}>
      {simulation.state === 'running' && <NextStep simulation={simulation} startUrl={props.startUrl} />}
      <Outcome simulation={simulation} {...(props.onRepeat ? { onRepeat: props.onRepeat } : {})} />
      <ol class="sim-steps">
        {simulation.steps.map((step, index) => (
          <StepRow
            key={step.name}
            step={step}
            nextLogin={simulation.repeats !== null}
            repeated={step.state === 'failed' && simulation.steps[index - 1]?.cause === step.cause}
          />
        ))}
      </ol>
      {simulation.transaction !== null && (
        <p>
          <Link href={`/transactions/${encodeURIComponent(simulation.transaction)}`}>
            Open the transaction of this test
          </Link>
        </p>
      )}
    </div>
  );
}

/** Where the person has to go now: to the capture page, or on with it. */
function NextStep(props: { readonly simulation: Simulation; readonly startUrl: string | null }) {
  const passed = (wanted: SimulationStep['name']) =>
    props.simulation.steps.some(({ name, state }) => name === wanted && state === 'passed');
  if (passed('page_opened')) return null;
  if (passed('start_token_accepted'))
    return <Notice tone="accent">The capture page is open in another tab. Go on there.</Notice>;
  if (props.startUrl === null)
    return (
      <Notice tone="accent">
        The link to the capture page is shown once, where the test was started. Start again to get a new one.
      </Notice>
    );
  return (
    <Notice
      tone="accent"
      title="Now open the capture page"
      action={
        <a class="btn btn-primary btn-m" href={props.startUrl} target="_blank" rel="noopener" data-start>
          Open the capture page
          <span class="visually-hidden"> (opens in a new tab)</span>
        </a>
      }
    >
      It opens in a new tab and comes back by itself. This page follows along. The link works once, within
      five minutes.
    </Notice>
  );
}

function Outcome(props: { readonly simulation: Simulation; readonly onRepeat?: () => void }) {
  const { simulation } = props;
  if (simulation.state === 'passed')
    return simulation.repeats === null ? (
      <FirstLoginPassed {...props} />
    ) : (
      <Notice tone="success" title="Everything works" live>
        The first login enrolled and this one compared. The test user is deleted. Set up the Action at Auth0
        with the same Integration Id and Session Secret, and you are done.
      </Notice>
    );
  if (simulation.state === 'failed')
    return (
      <Notice tone="danger" title="The test stopped" live>
        The red step says what happened and what to change.
      </Notice>
    );
  const done = simulation.steps.filter(({ state }) => state === 'passed').length;
  return (
    <p class="visually-hidden" role="status">
      {done} of {simulation.steps.length} steps are done
    </p>
  );
}

function FirstLoginPassed(props: { readonly simulation: Simulation; readonly onRepeat?: () => void }) {
  const { user_until: until } = props.simulation;
  const stays = until !== null && Date.parse(until) > Date.now();
  if (!stays)
    return (
      <Notice tone="success" title="The first login works" live>
        Every step passed. The test user is deleted.
      </Notice>
    );
  return (
    <Notice
      tone="success"
      title="The first login works"
      live
      {...(props.onRepeat
        ? {
            action: (
              <Button variant="primary" icon="play" onClick={props.onRepeat}>
                Test the next login
              </Button>
            ),
          }
        : {})}
    >
      Every step passed, and the test user is enrolled. The next login of the same user compares the face with
      the enrolled one. The test user is deleted after that, or at {clockTime(until)}.
    </Notice>
  );
}

/** `repeated`: the step before stopped for the same reason and says so already. */
function StepRow(props: {
  readonly step: SimulationStep;
  readonly nextLogin: boolean;
  readonly repeated: boolean;
}) {
  const { step, repeated } = props;
  const words = simulationSteps[step.name] ?? { title: spellOut(step.name), proves: '', remedy: '' };
  const { what, remedy } = explained(step.cause ?? null, words.remedy);
  return (
    <li class={`sim-step sim-${step.state}`} data-step={step.name} data-state={step.state}>
      <span class="step-mark" aria-hidden="true">
        {step.state === 'passed' && <Icon name="check" size="s" />}
        {step.state === 'failed' && <Icon name="close" size="s" />}
      </span>
      <div class="sim-text">
        <p class="sim-title">
          {words.title}
          {step.state === 'failed' && <Badge tone="danger">Failed</Badge>}
          <span class="visually-hidden">
            {step.state === 'passed' ? ' passed' : step.state === 'waiting' ? ' waiting' : ''}
          </span>
        </p>
        <p class="muted">{(props.nextLogin ? words.provesNext : undefined) ?? words.proves}</p>
        {step.state === 'failed' && !repeated && (
          <p class="sim-cause">
            {what !== '' && <b>{what}</b>} {remedy}
          </p>
        )}
      </div>
      {typeof step.at === 'string' && <time dateTime={step.at}>{clockTime(step.at)}</time>}
    </li>
  );
}

/** The server's cause is one of its codes, or already a sentence with its remedy. */
function explained(cause: string | null, remedy: string): { readonly what: string; readonly remedy: string } {
  if (cause === null || cause === '') return { what: '', remedy };
  if (!/^[a-z_]+$/.test(cause)) return { what: cause, remedy: '' };
  const word = causeWord(cause);
  return { what: `${word.title}.`, remedy: word.remedy ?? remedy };
}
