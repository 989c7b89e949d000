import type { ComponentType } from 'preact';
import { dataRoutes } from './data-routes';

/** An address and the page for it. Pages are loaded when they are first opened. */
export interface Route {
  readonly pattern: string;
  /** public: for everybody; proof: signed in, second factor missing; portal: inside the frame. */
  readonly frame: 'public' | 'proof' | 'portal';
  /** What the role must allow; the page shows "no permission" otherwise. */
  readonly permission?: string;
  readonly load: () => Promise<{ readonly Page: ComponentType }>;
}

const portal = (pattern: string, permission: string | undefined, load: Route['load']): Route => ({
  pattern,
  frame: 'portal',
  load,
  ...(permission === undefined ? {} : { permission }),
});

export const routes: readonly Route[] = [
  { pattern: '/setup', frame: 'public', load: () => import('../pages/sign-in/setup') },
  { pattern: '/login', frame: 'public', load: () => import('../pages/sign-in/login') },
  { pattern: '/forgot', frame: 'public', load: () => import('../pages/sign-in/forgot') },
  { pattern: '/reset', frame: 'public', load: () => import('../pages/sign-in/reset') },
  { pattern: '/invite', frame: 'public', load: () => import('../pages/sign-in/invite') },
  { pattern: '/login/second-factor', frame: 'proof', load: () => import('../pages/sign-in/second-factor') },
  { pattern: '/login/enrol', frame: 'proof', load: () => import('../pages/sign-in/enrol') },
  portal('/account', undefined, () => import('../pages/account/account')),
  portal('/administrators', 'team_read', () => import('../pages/team/administrators')),
  portal('/api-keys', 'api_keys_read', () => import('../pages/team/api-keys')),
  portal('/webhooks', 'settings_read', () => import('../pages/team/webhooks')),
  portal('/settings/organisation', 'settings_read', () => import('../pages/settings/organisation')),
  portal('/settings/branding', 'settings_read', () => import('../pages/settings/branding')),
  portal('/settings/consent', 'settings_read', () => import('../pages/settings/consent')),
  portal('/settings/security', 'settings_read', () => import('../pages/settings/security')),
  portal('/settings/mail', 'settings_read', () => import('../pages/settings/mail')),
  portal('/settings/retention', 'settings_read', () => import('../pages/settings/retention')),
  ...dataRoutes,
];
