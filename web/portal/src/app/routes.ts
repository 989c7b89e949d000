import { dataRoutes } from './data-routes';
import { portal, type Route } from './route';

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
