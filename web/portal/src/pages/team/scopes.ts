import type { Schema } from '../../api/types';

export type Scope = Schema<'Scope'>;

/** The scopes in the order of the form, with what they allow. */
export const scopes: readonly { readonly scope: Scope; readonly text: string }[] = [
  { scope: 'integrations:read', text: 'List integrations and read their settings' },
  { scope: 'integrations:write', text: 'Create, change and delete integrations, rotate their secrets' },
  { scope: 'users:read', text: 'Find users, read their state and export it' },
  { scope: 'users:write', text: 'Suspend, reactivate, re-enrol and delete users' },
  { scope: 'transactions:read', text: 'Read transactions, timelines and figures' },
  { scope: 'audit:read', text: 'Read, export and verify the audit trail' },
  { scope: 'settings:read', text: 'Read the settings of the organisation' },
  { scope: 'settings:write', text: 'Change the settings of the organisation' },
];
