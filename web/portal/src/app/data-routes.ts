import { portal, type Route } from './route';

/** The pages about people, logins and connections. */
export const dataRoutes: readonly Route[] = [
  portal('/', 'statistics_read', () => import('../pages/home/home')),
  portal('/integrations', 'integrations_read', () => import('../pages/integrations/list')),
  portal('/integrations/new', 'integrations_write', () => import('../pages/integrations/create')),
  portal('/integrations/:id', 'integrations_read', () => import('../pages/integrations/detail')),
  portal('/users', 'users_read', () => import('../pages/users/list')),
  portal('/users/:id', 'users_read', () => import('../pages/users/detail')),
  portal('/transactions', 'transactions_read', () => import('../pages/transactions/list')),
  portal('/transactions/:id', 'transactions_read', () => import('../pages/transactions/detail')),
  portal('/audit', 'audit_read', () => import('../pages/audit/audit')),
];
