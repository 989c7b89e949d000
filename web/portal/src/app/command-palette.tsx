import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from '../components/icon';
import { Modal } from '../components/modal';
import { chooseTheme } from '../theme/theme';
import { useSignOut } from './account-menu';
import { type Command, matchesCommand, pageCommands, searchCommands } from './commands';
import { useSwitchOrganisation } from './organisation-switcher';
import { navigate } from './router';
import { useCan, useSession } from './session';

function useCommands(text: string): readonly Command[] {
  const can = useCan();
  const session = useSession();
  const change = useSwitchOrganisation();
  const signOut = useSignOut();
  const surroundings = { can, go: (href: string) => navigate(href) };
  const organisations = session.tenants
    .filter(({ tenant }) => tenant !== session.tenant?.tenant)
    .map<Command>(({ tenant, name }) => ({
      id: tenant,
      label: `Switch to ${name}`,
      group: 'Organisation',
      icon: 'building',
      run: () => void change(tenant),
    }));
  const acts: readonly Command[] = [
    ...(can('integrations_write')
      ? [
          {
            id: 'new-integration',
            label: 'New integration',
            group: 'Do',
            icon: 'plus',
            run: () => navigate('/integrations/new'),
          } as const,
        ]
      : []),
    {
      id: 'light',
      label: 'Light colours',
      group: 'Do',
      icon: 'sun',
      words: 'theme',
      run: () => chooseTheme('light'),
    },
    {
      id: 'dark',
      label: 'Dark colours',
      group: 'Do',
      icon: 'moon',
      words: 'theme',
      run: () => chooseTheme('dark'),
    },
    { id: 'sign-out', label: 'Sign out', group: 'Do', icon: 'leave', run: () => void signOut() },
  ];
  const found = [...pageCommands(surroundings), ...acts, ...organisations].filter((command) =>
    matchesCommand(command, text),
  );
  return text.trim() === '' ? found : [...found, ...searchCommands(text.trim(), surroundings)];
}

/** Ctrl-K: type a few letters, choose with the arrow keys, Enter. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const results = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const commands = useCommands(text);
  const list = useId();
  useEffect(() => {
    results.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, text]);
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && commands.length > 0) setChosen((chosen + step + commands.length) % commands.length);
    else if (event.key === 'Enter') run(commands[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal class="palette" label="Commands" onDismiss={onClose}>
      <div class="palette-input">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-label="Search pages and actions"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={commands.length > 0 ? `${list}-${chosen}` : undefined}
          placeholder="Search pages, users, actions"
          autoComplete="off"
          spellcheck={false}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={keys}
        />
        <kbd>Esc</kbd>
      </div>
      <div ref={results} class="palette-list" role="listbox" id={list} aria-label="Results">
        {commands.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input above has the keyboard
          <div
            key={command.id}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            class="palette-item"
            aria-selected={index === chosen}
            onMouseMove={() => setChosen(index)}
            onClick={() => run(command)}
          >
            <Icon name={command.icon} />
            <span class="palette-label">{command.label}</span>
            <span class="palette-group">{command.group}</span>
          </div>
        ))}
      </div>
      {commands.length === 0 && <p class="palette-none">Nothing found</p>}
    </Modal>
  );
}
