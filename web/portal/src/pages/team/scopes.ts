import type { Schema } from '../../api/types';

export type Scope = Schema<'Scope'>;

/** The scopes in the order of the form, with what they allow. */
export const scopes: readonly { readonly scope: Scope; readonly text: string }[] = [
  { scope: 'integrations:read', text: 'List integrations and read their settings' },
  { scope: 'integrations:write', text: 'Create and change integrations' },
  { scope: 'users:read', text: 'Find users and read their state' },
  { scope: 'users:write', text: 'Suspend, reactivate and re-enrol users' },
  { scope: 'transactions:read', text: 'Read transactions and their timelines' },
  { scope: 'audit:read', text: 'Read the audit trail' },
  { scope: 'settings:read', text: 'Read the settings of the organisation' },
  { scope: 'settings:write', text: 'Change the settings of the organisation' },
];
