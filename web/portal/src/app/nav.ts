import type { IconName } from '../components/icon';

export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
  /** Shown only to roles that have it. */
  readonly permission: string;
  /** Further words that the command palette finds it by. */
  readonly words?: string;
}

export interface NavGroup {
  readonly label: string | null;
  readonly items: readonly NavItem[];
}

export const navigation: readonly NavGroup[] = [
  {
    label: null,
    items: [
      {
        href: '/',
        label: 'Home',
        icon: 'home',
        permission: 'statistics_read',
        words: 'dashboard statistics charts',
      },
    ],
  },
  {
    label: 'Identities',
    items: [
      {
        href: '/users',
        label: 'Users',
        icon: 'users',
        permission: 'users_read',
        words: 'enrolled people faces',
      },
      {
        href: '/transactions',
        label: 'Transactions',
        icon: 'pulse',
        permission: 'transactions_read',
        words: 'verifications logins',
      },
    ],
  },
  {
    label: 'Connect',
    items: [
      {
        href: '/integrations',
        label: 'Integrations',
        icon: 'plug',
        permission: 'integrations_read',
        words: 'auth0 connection secret',
      },
      {
        href: '/api-keys',
        label: 'API keys',
        icon: 'key',
        permission: 'api_keys_read',
        words: 'tokens scopes',
      },
      {
        href: '/webhooks',
        label: 'Webhooks',
        icon: 'webhook',
        permission: 'settings_read',
        words: 'events deliveries',
      },
    ],
  },
  {
    label: 'Organisation',
    items: [
      {
        href: '/audit',
        label: 'Audit',
        icon: 'scroll',
        permission: 'audit_read',
        words: 'trail log history',
      },
      {
        href: '/administrators',
        label: 'Administrators',
        icon: 'shield',
        permission: 'team_read',
        words: 'team roles invite',
      },
      {
        href: '/settings/organisation',
        label: 'Settings',
        icon: 'settings',
        permission: 'settings_read',
        words: 'configuration',
      },
    ],
  },
];

export const settingsPages = [
  { href: '/settings/organisation', label: 'Organisation', icon: 'building' },
  { href: '/settings/branding', label: 'Branding', icon: 'palette' },
  { href: '/settings/consent', label: 'Consent', icon: 'document' },
  { href: '/settings/security', label: 'Security', icon: 'lock' },
  { href: '/settings/mail', label: 'Mail', icon: 'mail' },
  { href: '/settings/retention', label: 'Retention', icon: 'clock' },
] as const satisfies readonly { readonly href: string; readonly label: string; readonly icon: IconName }[];

/** Whether an item stands for the page at `path`. */
export function isCurrent(item: NavItem, path: string): boolean {
  if (item.href === '/') return path === '/';
  const root = item.href.startsWith('/settings/') ? '/settings' : item.href;
  return path === root || path.startsWith(`${root}/`);
}
