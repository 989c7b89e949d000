import type { IconName } from '../components/icon';
import { navigation, settingsPages } from './nav';

/** Something the command palette can do. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly icon: IconName;
  /** Further words it is found by. */
  readonly words?: string;
  readonly run: () => void;
}

export interface CommandSurroundings {
  readonly can: (permission: string) => boolean;
  readonly go: (href: string) => void;
}

/** The pages that this role may open. */
export function pageCommands({ can, go }: CommandSurroundings): readonly Command[] {
  const pages = navigation
    .flatMap(({ items }) => items)
    .filter(({ permission }) => can(permission))
    .map(({ href, label, icon, words = '' }) => ({
      id: href,
      label,
      icon,
      words,
      group: 'Go to',
      run: () => go(href),
    }));
  const settings = can('settings_read')
    ? settingsPages.map(({ href, label, icon }) => ({
        id: `settings ${href}`,
        label: `Settings: ${label}`,
        icon,
        group: 'Go to',
        run: () => go(href),
      }))
    : [];
  const account: Command = {
    id: '/account',
    label: 'Your account',
    icon: 'person',
    group: 'Go to',
    words: 'password sessions theme',
    run: () => go('/account'),
  };
  return [...pages, ...settings, account];
}

/** Searches that a typed text could mean, offered below the commands that match it. */
export function searchCommands(text: string, { can, go }: CommandSurroundings): readonly Command[] {
  const wanted = encodeURIComponent(text);
  const searches = [
    {
      permission: 'users_read',
      label: `Users that begin with “${text}”`,
      href: `/users?q=${wanted}`,
      icon: 'users',
    },
    {
      permission: 'transactions_read',
      label: `Transactions of “${text}”`,
      href: `/transactions?user=${wanted}`,
      icon: 'pulse',
    },
  ] as const;
  return searches
    .filter(({ permission }) => can(permission))
    .map(({ label, href, icon }) => ({ id: href, label, icon, group: 'Search', run: () => go(href) }));
}

/** Every typed word must begin a word of the command. */
export function matchesCommand(command: Command, text: string): boolean {
  const words = `${command.label} ${command.words ?? ''}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const wanted = text
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '');
  return wanted.every((part) => words.some((word) => word.startsWith(part)));
}
