import { useState } from 'preact/hooks';

/**
 * The token of a mailed link. It is taken out of the address at once, so that neither the history, nor a screenshot,
 * nor a page that is opened from here carries it on.
 */
export function useLinkToken(): string {
  const [token] = useState(() => {
    const found = new URLSearchParams(window.location.search).get('token') ?? '';
    if (found !== '') history.replaceState(null, '', window.location.pathname);
    return found;
  });
  return token;
}
