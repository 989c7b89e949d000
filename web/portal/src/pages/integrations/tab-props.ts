import type { Schema } from '../../api/types';

/** What every tab of an integration gets. */
export interface TabProps {
  readonly integration: Schema<'Integration'>;
  readonly etag: string | null;
  readonly onReload: () => void;
  readonly onChanged: (integration: Schema<'Integration'>, etag: string | null) => void;
}

/** The version that a change is made against: the header of the answer, or what it is made from. */
export const versionOf = ({ etag, integration }: Pick<TabProps, 'etag' | 'integration'>): string =>
  etag ?? `"${integration.version}"`;
