import { api, type Result } from '../api/client';
import type { Schema } from '../api/types';
import { type Loaded, useResource } from '../api/use-resource';
import { useCan } from '../app/session';

type List = Schema<'IntegrationList'>;

/** All integrations; an empty list where the role may not read them. */
export function useIntegrationList(): Loaded<List> {
  const mayRead = useCan()('integrations_read');
  return useResource<List>('integrations', async (signal): Promise<Result<List>> => {
    if (mayRead) return api.get('/integrations', { signal });
    return { ok: true, value: { items: [] }, etag: null };
  });
}

/** Names of the integrations for filters and columns; empty while they are not there. */
export function useIntegrations(): ReadonlyMap<string, string> {
  const { resource } = useIntegrationList();
  if (resource.kind !== 'ready') return new Map();
  return new Map(resource.value.items.map(({ id, settings }) => [id, settings.name ?? id]));
}

/** The choices of a filter by integration. */
export const integrationOptions = (names: ReadonlyMap<string, string>) =>
  [...names].map(([value, label]) => ({ value, label }));
