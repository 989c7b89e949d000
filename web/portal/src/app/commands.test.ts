import { expect, test, vi } from 'vitest';
import { matchesCommand, pageCommands, searchCommands } from './commands';

const go = vi.fn();
const auditor = { can: (permission: string) => permission.endsWith('_read'), go };
const helpdesk = { can: (permission: string) => permission === 'users_read', go };

test('the palette offers the pages of the role and no others', () => {
  const labels = pageCommands(helpdesk).map(({ label }) => label);
  expect(labels).toEqual(['Users', 'Your account']);
  expect(pageCommands(auditor).map(({ label }) => label)).toContain('Settings: Branding');
});

test('a command is found by the beginnings of its words in any order', () => {
  const command = pageCommands(auditor).find(({ id }) => id === '/integrations');
  if (command === undefined) throw new Error('there is such a page');
  expect(matchesCommand(command, 'auth int')).toBe(true);
  expect(matchesCommand(command, '')).toBe(true);
  expect(matchesCommand(command, 'tegration')).toBe(false);
});

test('a typed text can be searched for where the role may look, and cannot leave its parameter', () => {
  expect(searchCommands('a&b', helpdesk).map(({ id }) => id)).toEqual(['/users?q=a%26b']);
});
