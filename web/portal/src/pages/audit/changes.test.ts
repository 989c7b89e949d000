import { expect, test } from 'vitest';
import { changesOf } from './changes';

test('a value with an arrow is a change, whatever stands on either side', () => {
  expect(
    changesOf({ max_attempts: '3 → 5', headline: ' → Welcome', support_email: 'a@b → ' }).changed,
  ).toEqual([
    { name: 'max_attempts', before: '3', after: '5' },
    { name: 'headline', before: '', after: 'Welcome' },
    { name: 'support_email', before: 'a@b', after: '' },
  ]);
});

test('pairs of before and after belong together, the rest are details', () => {
  const { changed, others } = changesOf({
    'role.before': 'admin',
    'role.after': 'owner',
    address: '10.0.0.4',
    cause: 'no_match',
  });
  expect(changed).toEqual([{ name: 'role', before: 'admin', after: 'owner' }]);
  expect(others).toEqual([
    ['address', '10.0.0.4'],
    ['cause', 'no_match'],
  ]);
});
