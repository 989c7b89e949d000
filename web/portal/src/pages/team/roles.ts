import type { Role } from '../../api/types';
import type { Option } from '../../components/select';

export const roleNames: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  admin: 'Admin',
  helpdesk: 'Helpdesk',
  auditor: 'Auditor',
};

/** What a role means, in the words of the person who gives it. */
export const roleTexts: Readonly<Record<Role, string>> = {
  owner: 'Everything, including administrators, API keys and deletion.',
  admin: 'Integrations, users and settings. Cannot manage administrators or delete integrations.',
  helpdesk: 'Finds users, suspends and unlocks them, lets them enrol again. Reads transactions.',
  auditor: 'Reads everything and exports it. Changes nothing.',
};

export const roleOptions: readonly Option<Role>[] = (['owner', 'admin', 'helpdesk', 'auditor'] as const).map(
  (value) => ({
    value,
    label: roleNames[value],
  }),
);
