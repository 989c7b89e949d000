import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Schema } from '../../api/types';
import { useResource } from '../../api/use-resource';
import { useCan } from '../../app/session';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { CopyField } from '../../components/copy';
import { DateTime } from '../../components/date-time';
import { Drawer } from '../../components/dialog';
import { EmptyState } from '../../components/states';
import { type Column, Table } from '../../components/table';
import { PublishDialog } from './consent-publish';
import { SettingsFrame } from './frame';

type ConsentText = Schema<'ConsentText'>;

const kLanguages: Readonly<Record<string, string>> = { en: 'English', de: 'German' };

export const languageName = (locale: string): string => kLanguages[locale] ?? locale;

/** Every version of the text that people agree to before their first face check. */
export function Page() {
  const can = useCan();
  const { resource, reload } = useResource('consent-texts', (signal) =>
    api.get('/consent-texts', { signal }),
  );
  const [reading, setReading] = useState<ConsentText | null>(null);
  const [publishing, setPublishing] = useState(false);
  const texts = resource.kind === 'ready' ? resource.value.items : [];
  return (
    <SettingsFrame
      wide
      title="Consent"
      lead="What people agree to before their face is measured. Receipts name the version and the hash of its text; older versions stay for the proof."
    >
      {can('settings_write') && (
        <div class="form-actions">
          <Button
            variant="primary"
            icon="plus"
            disabled={resource.kind !== 'ready'}
            onClick={() => setPublishing(true)}
          >
            New version
          </Button>
        </div>
      )}
      <Table
        label="Consent texts"
        columns={columnsFor(setReading)}
        rows={texts}
        rowKey={(text) => `${text.version} ${text.locale}`}
        state={resource}
        empty={<EmptyState icon="document" title="There is no consent text" />}
        onRetry={reload}
      />
      {reading !== null && <ReadDrawer text={reading} onClose={() => setReading(null)} />}
      {publishing && (
        <PublishDialog
          current={texts.filter(({ current }) => current)}
          onClose={() => setPublishing(false)}
          onPublished={reload}
        />
      )}
    </SettingsFrame>
  );
}

const columnsFor = (read: (text: ConsentText) => void): readonly Column<ConsentText>[] => [
  {
    id: 'version',
    header: 'Version',
    cell: (row) => (
      <span class="badges">
        {row.version}
        {row.current && (
          <Badge tone="success" dot>
            Current
          </Badge>
        )}
        {row.built_in && <Badge>Built in</Badge>}
      </span>
    ),
  },
  { id: 'language', header: 'Language', cell: (row) => languageName(row.locale) },
  { id: 'title', header: 'Title', hideBelow: 'm', cell: (row) => row.title },
  {
    id: 'published',
    header: 'Published',
    hideBelow: 's',
    cell: (row) => <DateTime value={row.published_at} show="date" missing="With the program" />,
  },
  {
    id: 'read',
    header: 'Text',
    headerHidden: true,
    align: 'end',
    cell: (row) => (
      <Button
        size="s"
        aria-label={`Read ${row.version}, ${languageName(row.locale)}`}
        onClick={() => read(row)}
      >
        Read
      </Button>
    ),
  },
];

function ReadDrawer({ text, onClose }: { readonly text: ConsentText; readonly onClose: () => void }) {
  return (
    <Drawer title={`${text.version}, ${languageName(text.locale)}`} onClose={onClose}>
      <article class="consent" lang={text.locale}>
        <h3>{text.title}</h3>
        {text.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </article>
      <CopyField label="SHA-256 of the text" value={text.sha256} />
    </Drawer>
  );
}
