import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { IconButton } from '../components/button';
import { Icon, Mark } from '../components/icon';
import { Modal } from '../components/modal';
import { AccountMenu } from './account-menu';
import { CommandPalette } from './command-palette';
import { isCurrent, navigation } from './nav';
import { OrganisationSwitcher } from './organisation-switcher';
import { Link, useLocation } from './router';
import { useCan } from './session';

const RailContext = createContext<() => void>(() => {});

/** Opens the rail where the page is too narrow to show it always. */
export function RailButton() {
  const open = useContext(RailContext);
  return (
    <span class="rail-button">
      <IconButton icon="menu" label="Open navigation" onClick={open} />
    </span>
  );
}

/** The frame around every page of the portal: rail at the left, page at the right, command palette over both. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  const [railOpen, setRailOpen] = useState(false);
  const [paletteOpen, setPaletteOpen] = useState(false);
  const { path } = useLocation();
  useEffect(() => setRailOpen(false), [path]);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setPaletteOpen(true);
    };
    addEventListener('keydown', keys);
    return () => removeEventListener('keydown', keys);
  }, []);
  const search = () => {
    setRailOpen(false);
    setPaletteOpen(true);
  };
  return (
    <RailContext.Provider value={() => setRailOpen(true)}>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <div class="shell">
        <aside class="rail" aria-label="Sidebar">
          <Rail onSearch={search} />
        </aside>
        <div class="shell-page">{children}</div>
      </div>
      {railOpen && (
        <RailDrawer onClose={() => setRailOpen(false)}>
          <Rail onSearch={search} />
        </RailDrawer>
      )}
      {paletteOpen && <CommandPalette onClose={() => setPaletteOpen(false)} />}
    </RailContext.Provider>
  );
}

function Rail({ onSearch }: { readonly onSearch: () => void }) {
  const { path } = useLocation();
  const can = useCan();
  const groups = navigation
    .map((group) => ({ ...group, items: group.items.filter(({ permission }) => can(permission)) }))
    .filter(({ items }) => items.length > 0);
  return (
    <div class="rail-content">
      <Link href="/" class="brand" aria-label="Countersign, home">
        <Mark />
        <span>Countersign</span>
      </Link>
      <OrganisationSwitcher />
      <button type="button" class="rail-search" onClick={onSearch}>
        <Icon name="search" size="s" />
        <span>Search</span>
        <kbd>Ctrl K</kbd>
      </button>
      <nav class="rail-nav" aria-label="Main">
        {groups.map((group) => (
          <div key={group.label ?? 'top'} class="rail-group">
            {group.label !== null && <p class="rail-label">{group.label}</p>}
            <ul>
              {group.items.map((item) => (
                <li key={item.href}>
                  <Link
                    href={item.href}
                    class="rail-link"
                    aria-current={isCurrent(item, path) ? 'page' : undefined}
                  >
                    <Icon name={item.icon} />
                    {item.label}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <AccountMenu />
    </div>
  );
}

function RailDrawer({
  onClose,
  children,
}: {
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <Modal class="rail-drawer" label="Navigation" onDismiss={onClose}>
      <span class="rail-close">
        <IconButton icon="close" label="Close navigation" onClick={onClose} />
      </span>
      {children}
    </Modal>
  );
}
