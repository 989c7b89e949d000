import type { Route } from './routes';

/** The pages about people, logins and connections. */
export const dataRoutes: readonly Route[] = [
  { pattern: '/', frame: 'portal', permission: 'statistics_read', load: () => import('../pages/home/home') },
];
