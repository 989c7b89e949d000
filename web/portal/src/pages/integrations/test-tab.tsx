import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import { type Problem, sentenceOf } from '../../api/problem';
import type { Schema } from '../../api/types';
import { Card } from '../../app/page';
import { Link, useQuery } from '../../app/router';
import { useCan } from '../../app/session';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import { Notice } from '../../components/notice';
import { clockTime } from '../../format/times';
import { causeWord, simulationSteps, spellOut } from '../../words';
import type { TabProps } from './tab-props';
import { webAddress } from './web-address';

type Simulation = Schema<'Simulation'>;
type SimulationStep = Simulation['steps'][number];

const kPollMs = 1000;

/** A whole login with the portal in the place of Auth0, step by step, with the cause of whatever is red. */
export function TestTab({ integration }: TabProps) {
  const [query, change] = useQuery();
  const running = query.get('simulation');
  const [startUrl, setStartUrl] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const mayTest = useCan()('integrations_write');
  const start = async () => {
    setBusy(true);
    setProblem(null);
    const result = await api.post('/integrations/{integration}/simulations', {
      path: { integration: integration.id },
    });
    setBusy(false);
    if (!result.ok) return setProblem(result.problem);
    setStartUrl(webAddress(result.value.start_url));
    change({ simulation: result.value.id });
  };
  return (
    <div class="stack">
      <Card
        title="Test with a simulated login"
        text="The portal plays the part of Auth0: it signs a start token for a test user, opens the capture page and checks the result as the Action does. You need a camera. Your own face is used, and the test user is deleted afterwards."
        action={
          mayTest && (
            <Button
              variant={running === null ? 'primary' : 'secondary'}
              icon="play"
              busy={busy}
              onClick={() => void start()}
            >
              {running === null ? 'Start the test' : 'Start again'}
            </Button>
          )
        }
      >
        {!mayTest && <p class="muted">Your role may look at tests but not start one.</p>}
        {problem !== null && (
          <Notice tone="danger" live>
            {sentenceOf(problem)}
          </Notice>
        )}
        {running !== null && (
          <Progress key={running} integration={integration.id} id={running} startUrl={startUrl} />
        )}
      </Card>
    </div>
  );
}

interface Polled {
  readonly simulation: Simulation | null;
  readonly problem: Problem | null;
}

/** Asks every second until the simulation has ended; a lost connection is tried again. */
function useSimulation(integration: string, id: string): Polled {
  const [polled, setPolled] = useState<Polled>({ simulation: null, problem: null });
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const result = await api.get('/integrations/{integration}/simulations/{simulation}', {
        path: { integration, simulation: id },
        signal: abort.signal,
      });
      if (abort.signal.aborted) return;
      setPolled((before) =>
        result.ok ? { simulation: result.value, problem: null } : { ...before, problem: result.problem },
      );
      const over = result.ok
        ? result.value.state !== 'running'
        : result.problem.status >= 400 && result.problem.status < 500;
      if (!over) timer = setTimeout(() => void ask(), kPollMs);
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [integration, id]);
  return polled;
}

function Progress(props: {
  readonly integration: string;
  readonly id: string;
  readonly startUrl: string | null;
}) {
  const { simulation, problem } = useSimulation(props.integration, props.id);
  if (simulation === null)
    return problem === null ? (
      <p class="muted" role="status">
        Loading the test
      </p>
    ) : (
      <Notice tone="danger">
        {problem.status === 404 ? 'This test is over. Start a new one.' : sentenceOf(problem)}
      </Notice>
    );
  const opened = simulation.steps.some(({ name, state }) => name === 'page_opened' && state === 'passed');
  return (
    <div class="stack" data-simulation={simulation.state}>
      {simulation.state === 'running' && !opened && props.startUrl !== null && (
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
          It opens in a new tab and comes back by itself. This page follows along. The link works once, for
          two minutes.
        </Notice>
      )}
      <Outcome simulation={simulation} />
      <ol class="sim-steps">
        {simulation.steps.map((step, index) => (
          <StepRow
            key={step.name}
            step={step}
            repeated={step.state === 'failed' && simulation.steps[index - 1]?.cause === step.cause}
          />
        ))}
      </ol>
      {simulation.transaction !== null && simulation.transaction !== undefined && (
        <p>
          <Link href={`/transactions/${encodeURIComponent(simulation.transaction)}`}>
            Open the transaction of this test
          </Link>
        </p>
      )}
    </div>
  );
}

function Outcome({ simulation }: { readonly simulation: Simulation }) {
  if (simulation.state === 'passed')
    return (
      <Notice tone="success" title="Everything works" live>
        Every step of a login passed. Set up the Action at Auth0 with the same Integration Id and Session
        Secret, and you are done.
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

/** `repeated`: the step before stopped for the same reason and says so already. */
function StepRow({ step, repeated }: { readonly step: SimulationStep; readonly repeated: boolean }) {
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
        <p class="muted">{words.proves}</p>
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
