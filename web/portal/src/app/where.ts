import type { Session } from '../api/types';
import type { Route } from './route';
import { type Location, safeReturnPath } from './router';

/** Who asks, as far as the way is concerned. */
export type Visitor = 'nobody' | Session['state'];

const kProofPages: Readonly<Record<Exclude<Session['state'], 'active'>, string>> = {
  password_ok: '/login/second-factor',
  enrol_second_factor: '/login/enrol',
};

/** Pages that make no sense any more once somebody is signed in. */
const kEntrances: readonly string[] = ['/login', '/login/second-factor', '/setup'];

const withQuery = ({ path, query }: Location) => (query.size === 0 ? path : `${path}?${query}`);

/**
 * Where this visitor belongs instead of `location`; null when they are right. The page they wanted is carried along as
 * `return` and taken up when they are signed in. Unknown addresses (`frame` null) are treated as pages of the portal.
 */
export function redirectFor(
  visitor: Visitor,
  frame: Route['frame'] | null,
  location: Location,
): string | null {
  const { path, query } = location;
  const wanted = query.get('return');
  if (visitor === 'nobody')
    return frame === 'public' ? null : `/login?${new URLSearchParams({ return: withQuery(location) })}`;
  if (visitor === 'active') return kEntrances.includes(path) ? safeReturnPath(wanted) : null;
  const proof = kProofPages[visitor];
  if (path === proof || (frame === 'public' && !kEntrances.includes(path))) return null;
  const back = wanted ?? (frame === 'portal' ? withQuery(location) : null);
  return back === null || back === '/' ? proof : `${proof}?${new URLSearchParams({ return: back })}`;
}
