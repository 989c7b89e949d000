import { checkAccent } from '@countersign/web-shared/contrast';
import { errorFor } from '../../api/problem';
import type { Schema } from '../../api/types';
import { Card } from '../../app/page';
import { UnsavedGuard } from '../../app/unsaved';
import { TextField } from '../../components/field';
import { AccentField } from './accent-field';
import { BrandingPreview } from './branding-preview';
import {
  SaveBar,
  SaveProblem,
  type SettingsFormProps,
  SettingsFrame,
  useReadOnly,
  useSettings,
  useSettingsForm,
  WithSettings,
} from './frame';
import { LogoField } from './logo-field';
import { useDraft } from './use-draft';

export function Page() {
  const loaded = useSettings();
  return (
    <SettingsFrame
      wide
      title="Branding"
      lead="What people see while they look into the camera. Changes hold from the next login on."
    >
      <WithSettings loaded={loaded}>
        {(settings, etag) => (
          <BrandingForm
            key={settings.version}
            stored={settings.branding}
            etag={etag}
            onSaved={loaded.replace}
            onReload={loaded.reload}
          />
        )}
      </WithSettings>
    </SettingsFrame>
  );
}

/** Empty text means: not set. */
const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

function BrandingForm(props: SettingsFormProps<Schema<'Branding'>>) {
  const branding = props.stored;
  const form = useSettingsForm(props, (group) => ({ branding: group }));
  const readOnly = useReadOnly();
  const draft = useDraft({
    name: branding.display_name ?? '',
    accent: branding.accent,
    logo: branding.logo,
    support: branding.support_email ?? '',
    headline: branding.headline ?? '',
  });
  const { values, set } = draft;
  const accent = checkAccent(values.accent);
  const save = (event: Event) => {
    event.preventDefault();
    if (accent === null) return;
    const group = {
      display_name: orNull(values.name),
      accent: accent.light,
      logo: values.logo,
      support_email: orNull(values.support),
      headline: orNull(values.headline),
    };
    form.save(group, 'The branding is saved');
  };
  return (
    <div class="beside">
      <Card>
        <form class="form" noValidate onSubmit={save}>
          <SaveProblem problem={form.problem} onReload={props.onReload} />
          <TextField
            label="Name on the page"
            optional
            maxLength={60}
            placeholder="Your application"
            value={values.name}
            onText={set('name')}
            disabled={readOnly}
            help="Empty: the name of the application that asks for the login."
            error={errorFor(form.problem, 'branding.display_name')}
          />
          <LogoField
            logo={values.logo}
            onLogo={set('logo')}
            disabled={readOnly}
            error={errorFor(form.problem, 'branding.logo')}
          />
          <AccentField
            value={values.accent}
            onText={set('accent')}
            disabled={readOnly}
            error={errorFor(form.problem, 'branding.accent')}
          />
          <TextField
            label="Headline"
            optional
            maxLength={120}
            placeholder="Confirm that it is you"
            value={values.headline}
            onText={set('headline')}
            disabled={readOnly}
            help="Empty: the text of the page in the person’s language."
            error={errorFor(form.problem, 'branding.headline')}
          />
          <TextField
            label="Support address"
            optional
            type="email"
            maxLength={254}
            placeholder="support@example.com"
            value={values.support}
            onText={set('support')}
            disabled={readOnly}
            help="Shown when a check fails."
            error={errorFor(form.problem, 'branding.support_email')}
          />
          <SaveBar dirty={draft.dirty} blocked={accent === null} busy={form.busy} onDiscard={draft.discard} />
        </form>
        <UnsavedGuard dirty={draft.dirty} />
      </Card>
      <BrandingPreview
        name={orNull(values.name) ?? 'Your application'}
        headline={orNull(values.headline) ?? 'Confirm that it is you'}
        logo={values.logo}
        support={orNull(values.support)}
        light={accent?.light ?? branding.accent}
        dark={accent?.dark ?? branding.accent}
      />
    </div>
  );
}
