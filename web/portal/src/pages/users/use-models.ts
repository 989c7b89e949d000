import { api } from '../../api/client';
import { useResource } from '../../api/use-resource';
import type { Filter } from '../../components/filter-bar';
import { whole } from '../../format/numbers';

/** A filter by face model once it is known which ones there are; none in an organisation without faces. */
export function useModelFilter(): readonly Filter[] {
  const { resource } = useResource('models', (signal) => api.get('/users/models', { signal }));
  if (resource.kind !== 'ready' || resource.value.items.length === 0) return [];
  const options = resource.value.items.map(({ model, users }) => ({
    value: model,
    label: `${model} (${whole(users)})`,
  }));
  return [{ kind: 'choice', key: 'model', label: 'Face model', options }];
}
