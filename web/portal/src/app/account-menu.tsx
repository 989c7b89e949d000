import { useState } from 'preact/hooks';
import { api } from '../api/client';
import { Icon } from '../components/icon';
import { Popover } from '../components/popover';
import { chooseTheme, storedTheme, type ThemeChoice } from '../theme/theme';
import { Link, navigate } from './router';
import { useSession, useSessionAccess } from './session';

/** Ends the session on the server and forgets it here; even without an answer the page shows nothing any more. */
export function useSignOut(): () => Promise<void> {
  const { forget } = useSessionAccess();
  return async () => {
    await api.delete('/session');
    forget();
    navigate('/login');
  };
}

const kThemes: readonly {
  readonly choice: ThemeChoice;
  readonly label: string;
  readonly icon: 'screen' | 'sun' | 'moon';
}[] = [
  { choice: 'system', label: 'System', icon: 'screen' },
  { choice: 'light', label: 'Light', icon: 'sun' },
  { choice: 'dark', label: 'Dark', icon: 'moon' },
];

/** Three segments: as the system says, light, dark. */
export function ThemeSwitch() {
  const [chosen, setChosen] = useState(storedTheme);
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">Colours</legend>
      {kThemes.map(({ choice, label, icon }) => (
        <button
          key={choice}
          type="button"
          class="segment"
          aria-pressed={choice === chosen}
          onClick={() => {
            chooseTheme(choice);
            setChosen(choice);
          }}
        >
          <Icon name={icon} size="s" />
          {label}
        </button>
      ))}
    </fieldset>
  );
}

export function AccountMenu() {
  const { administrator } = useSession();
  const signOut = useSignOut();
  return (
    <div class="rail-account">
      <Popover
        label="Your account"
        up
        trigger={(attributes) => (
          <button type="button" class="org" {...attributes}>
            <span class="org-mark org-mark-round" aria-hidden="true">
              {administrator.name.slice(0, 1).toUpperCase()}
            </span>
            <span class="org-text">
              <span class="org-name">{administrator.name}</span>
              <span class="org-role">{administrator.email}</span>
            </span>
            <Icon name="updown" size="s" />
          </button>
        )}
      >
        {(close) => (
          <div class="account-menu">
            <ThemeSwitch />
            <ul class="menu">
              <li>
                <Link href="/account" class="menu-item" onClick={close}>
                  <Icon name="person" size="s" />
                  Your account
                </Link>
              </li>
              <li>
                <button type="button" class="menu-item" onClick={() => void signOut()}>
                  <Icon name="leave" size="s" />
                  Sign out
                </button>
              </li>
            </ul>
          </div>
        )}
      </Popover>
    </div>
  );
}
