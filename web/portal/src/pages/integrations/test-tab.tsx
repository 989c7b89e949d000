import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import { type Problem, sentenceOf } from '../../api/problem';
import type { Schema } from '../../api/types';
import { Card } from '../../app/page';
import { useQuery } from '../../app/router';
import { useCan } from '../../app/session';
import { Button } from '../../components/button';
import { Notice } from '../../components/notice';
import { SimulationView } from './simulation-view';
import type { TabProps } from './tab-props';
import { webAddress } from './web-address';

type Simulation = Schema<'Simulation'>;

const kPollMs = 1000;

/** A whole login with the portal in the place of Auth0, step by step, with the cause of whatever is red. */
export function TestTab({ integration }: TabProps) {
  const [query, change] = useQuery();
  const running = query.get('simulation');
  const [startUrl, setStartUrl] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const mayTest = useCan()('integrations_write');
  const start = async (repeats: string | null) => {
    setBusy(true);
    setProblem(null);
    const result = await api.post('/integrations/{integration}/simulations', {
      path: { integration: integration.id },
      ...(repeats === null ? {} : { body: { repeats } }),
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
        text="The portal plays the part of Auth0: it signs a start token for a test user, opens the capture page and checks the result as the Action does. You need a camera. Your own face is used; the test user and all that belongs to it are deleted afterwards."
        action={
          mayTest && (
            <Button
              variant={running === null ? 'primary' : 'secondary'}
              icon="play"
              busy={busy}
              onClick={() => void start(null)}
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
          <Progress
            key={running}
            integration={integration.id}
            id={running}
            startUrl={startUrl}
            {...(mayTest ? { onRepeat: () => void start(running) } : {})}
          />
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
  readonly onRepeat?: () => void;
}) {
  const { simulation, problem } = useSimulation(props.integration, props.id);
  if (simulation !== null)
    return (
      <SimulationView
        simulation={simulation}
        startUrl={props.startUrl}
        {...(props.onRepeat === undefined ? {} : { onRepeat: props.onRepeat })}
      />
    );
  if (problem !== null)
    return (
      <Notice tone="danger">
        {problem.status === 404 ? 'This test is over. Start a new one.' : sentenceOf(problem)}
      </Notice>
    );
  return (
    <p class="muted" role="status">
      Loading the test
    </p>
  );
}
