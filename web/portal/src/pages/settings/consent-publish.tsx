import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, sentenceOf } from '../../api/problem';
import type { Schema } from '../../api/types';
import { useIdempotencyKey } from '../../app/use-idempotency-key';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { TextArea, TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { Tabs } from '../../components/tabs';
import { toast } from '../../components/toast';
import { paragraphsOf } from './consent-paragraphs';

type Locale = Schema<'ConsentPublication'>['texts'][number]['locale'];

interface DraftText {
  readonly title: string;
  readonly body: string;
}

const kLocales = [
  { id: 'en', label: 'English' },
  { id: 'de', label: 'German' },
] as const satisfies readonly { readonly id: Locale; readonly label: string }[];

const isComplete = (text: DraftText) => text.title.trim() !== '' && paragraphsOf(text.body).length > 0;
const isEmpty = (text: DraftText) => text.title.trim() === '' && text.body.trim() === '';

export function PublishDialog(props: {
  readonly current: readonly Schema<'ConsentText'>[];
  readonly onClose: () => void;
  readonly onPublished: () => void;
}) {
  const form = useSubmit();
  const keyFor = useIdempotencyKey();
  const [version, setVersion] = useState('');
  const [locale, setLocale] = useState<Locale>('en');
  const [texts, setTexts] = useState<Readonly<Record<Locale, DraftText>>>(() => ({
    en: startFrom(props.current, 'en'),
    de: startFrom(props.current, 'de'),
  }));
  const written = kLocales.filter(({ id }) => !isEmpty(texts[id]));
  const complete = written.length > 0 && written.every(({ id }) => isComplete(texts[id]));
  const change = (part: Partial<DraftText>) =>
    setTexts({ ...texts, [locale]: { ...texts[locale], ...part } });
  const publish = () => {
    const body = {
      version: version.trim(),
      texts: written.map(({ id }) => ({
        locale: id,
        title: texts[id].title.trim(),
        paragraphs: paragraphsOf(texts[id].body),
      })),
    };
    void form.send(
      () => api.post('/consent-texts', { body, idempotencyKey: keyFor(body) }),
      () => {
        props.onClose();
        props.onPublished();
        toast({ text: `Version ${body.version} is published` });
      },
    );
  };
  return (
    <Dialog
      title="New version of the consent text"
      size="l"
      onClose={props.onClose}
      onSubmit={publish}
      actions={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            busy={form.busy}
            disabled={!complete || version.trim() === ''}
          >
            Publish version
          </Button>
        </>
      }
    >
      <Notice tone="warning" title="Everybody is asked again">
        Who agreed to an older version sees this text at the next login. A published version cannot be
        changed.
      </Notice>
      {form.problem !== null && (
        <Notice tone="danger" live>
          {sentenceOf(form.problem)}
        </Notice>
      )}
      <TextField
        label="Version"
        placeholder="2026-11"
        maxLength={40}
        autoFocus
        value={version}
        onText={setVersion}
        help="Your own name for it. It appears in every receipt."
        error={errorFor(form.problem, 'version')}
      />
      <Tabs label="Languages" tabs={kLocales} current={locale} onCurrent={setLocale}>
        {(id) => (
          <div class="form">
            <TextField
              label="Title"
              maxLength={200}
              value={texts[id].title}
              onText={(title) => change({ title })}
              error={errorFor(form.problem, `texts.${id}.title`)}
            />
            <TextArea
              label="Text"
              rows={10}
              value={texts[id].body}
              onText={(text) => change({ body: text })}
              help="Plain text. An empty line begins a new paragraph. Leave title and text empty to publish without this language."
            />
          </div>
        )}
      </Tabs>
    </Dialog>
  );
}

function startFrom(current: readonly Schema<'ConsentText'>[], locale: Locale): DraftText {
  const text = current.find((entry) => entry.locale === locale);
  return text === undefined
    ? { title: '', body: '' }
    : { title: text.title, body: text.paragraphs.join('\n\n') };
}
