import { describe, expect, test } from 'vitest';
import { matchPath, safeReturnPath } from './router';
import { redirectFor } from './where';

const at = (address: string) => {
  const [path = '', query = ''] = address.split('?');
  return { path, query: new URLSearchParams(query) };
};

describe('who may stay where', () => {
  test('nobody is sent to sign in and comes back to the whole address', () => {
    expect(redirectFor('nobody', 'portal', at('/users?q=a&status=locked'))).toBe(
      '/login?return=%2Fusers%3Fq%3Da%26status%3Dlocked',
    );
    expect(redirectFor('nobody', null, at('/nowhere'))).toBe('/login?return=%2Fnowhere');
    expect(redirectFor('nobody', 'proof', at('/login/enrol'))).toBe('/login?return=%2Flogin%2Fenrol');
    expect(redirectFor('nobody', 'public', at('/invite'))).toBeNull();
  });

  test('a half-open session sees only its proof and the links from mails', () => {
    expect(redirectFor('password_ok', 'public', at('/login?return=%2Faudit'))).toBe(
      '/login/second-factor?return=%2Faudit',
    );
    expect(redirectFor('password_ok', 'portal', at('/users'))).toBe('/login/second-factor?return=%2Fusers');
    expect(redirectFor('password_ok', 'portal', at('/'))).toBe('/login/second-factor');
    expect(redirectFor('password_ok', 'proof', at('/login/enrol'))).toBe('/login/second-factor');
    expect(redirectFor('enrol_second_factor', 'public', at('/setup'))).toBe('/login/enrol');
    expect(redirectFor('enrol_second_factor', 'proof', at('/login/enrol'))).toBeNull();
    expect(redirectFor('password_ok', 'public', at('/invite'))).toBeNull();
  });

  test('whoever is signed in leaves the entrances for the page they wanted', () => {
    expect(redirectFor('active', 'public', at('/login?return=%2Fusers%3Fq%3Da'))).toBe('/users?q=a');
    expect(redirectFor('active', 'proof', at('/login/second-factor'))).toBe('/');
    expect(redirectFor('active', 'proof', at('/login/enrol'))).toBeNull();
    expect(redirectFor('active', 'portal', at('/users'))).toBeNull();
  });
});

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
  '',
])('a return address that leads out is replaced by the start: %s', (wanted) => {
  expect(safeReturnPath(wanted)).toBe('/');
});

test('a pattern takes exactly the paths it describes', () => {
  expect(matchPath('/users/:id', '/users/sub_1')).toEqual({ id: 'sub_1' });
  expect(matchPath('/users/:id', '/users/a%2Fb/')).toEqual({ id: 'a/b' });
  expect(matchPath('/users/:id', '/users/')).toBeNull();
  expect(matchPath('/users/:id', '/users/a/b')).toBeNull();
  expect(matchPath('/users/:id', '/users/%E0%A4%A')).toBeNull();
  expect(matchPath('/', '/')).toEqual({});
});
