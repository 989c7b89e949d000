import { Card } from '../../app/page';
import { useCan } from '../../app/session';
import { LinkButton } from '../../components/button';
import { Icon } from '../../components/icon';
import { useIntegrationList } from '../use-integrations';

/** How far a new organisation has come. */
export interface FirstRun {
  /** Id of the integration that the next steps are about; null before there is one. */
  readonly integration: string | null;
  readonly used: boolean;
}

/** null: not a first run, or not known yet. A first run ends with the first login through an integration. */
export function useFirstRun(): FirstRun | null {
  const mayRead = useCan()('integrations_read');
  const { resource } = useIntegrationList();
  if (!mayRead || resource.kind !== 'ready') return null;
  const { items } = resource.value;
  if (items.some(({ last_used_at }) => last_used_at !== null)) return null;
  return { integration: items[0]?.id ?? null, used: false };
}

interface Task {
  readonly title: string;
  readonly text: string;
  readonly done: boolean;
  readonly action?: { readonly href: string; readonly label: string };
}

function tasksOf({ integration, used }: FirstRun): readonly Task[] {
  const page = integration === null ? null : `/integrations/${encodeURIComponent(integration)}`;
  return [
    {
      title: 'Create an integration',
      text: 'It gives you an Integration Id and a Session Secret for Auth0.',
      done: page !== null,
      action: { href: '/integrations/new', label: 'Create' },
    },
    {
      title: 'Set up the Action at Auth0',
      text: 'Copy the code and four settings, or take the files.',
      done: used,
      ...(page === null ? {} : { action: { href: `${page}?tab=set-up`, label: 'Open the guide' } }),
    },
    {
      title: 'Test it with your own face',
      text: 'A simulated login shows every step green or red.',
      done: used,
      ...(page === null ? {} : { action: { href: `${page}?tab=test`, label: 'Start a test' } }),
    },
    {
      title: 'First real login',
      text: 'Log in to an application of yours. Then this list goes away and figures take its place.',
      done: used,
    },
  ];
}

export function Checklist({ progress }: { readonly progress: FirstRun }) {
  const tasks = tasksOf(progress);
  const next = tasks.findIndex(({ done }) => !done);
  return (
    <Card title="Get started" text="From nothing to the first login with a face in about ten minutes.">
      <ol class="tasks">
        {tasks.map((task, index) => (
          <li
            key={task.title}
            class={task.done ? 'task task-done' : index === next ? 'task task-next' : 'task'}
          >
            <span class="step-mark" aria-hidden="true">
              {task.done ? <Icon name="check" size="s" /> : index + 1}
            </span>
            <div class="task-text">
              <p class="task-title">
                {task.title}
                {task.done && <span class="visually-hidden"> (done)</span>}
              </p>
              <p class="muted">{task.text}</p>
            </div>
            {!task.done && task.action !== undefined && (
              <LinkButton href={task.action.href} variant={index === next ? 'primary' : 'secondary'}>
                {task.action.label}
              </LinkButton>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
