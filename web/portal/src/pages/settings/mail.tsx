import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor } from '../../api/problem';
import type { Schema } from '../../api/types';
import { Card } from '../../app/page';
import { useCan, useSession } from '../../app/session';
import { UnsavedGuard } from '../../app/unsaved';
import { useSubmit } from '../../app/use-submit';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { type Option, SelectField } from '../../components/select';
import { toast } from '../../components/toast';
import { SaveBar, SaveProblem, SettingsFrame, useReadOnly, useSettings, WithSettings } from './frame';
import { useDraft } from './use-draft';
import { wholeNumber } from './whole-number';

type Security = Schema<'MailServer'>['security'];

const kSecurity: readonly Option<Security>[] = [
  { value: 'tls', label: 'TLS from the start (port 465)' },
  { value: 'starttls', label: 'STARTTLS, required (port 587)' },
  { value: 'none', label: 'None: only inside one machine' },
];

export function Page() {
  const loaded = useSettings();
  return (
    <SettingsFrame title="Mail" lead="The server that sends invitations and links for forgotten passwords.">
      <WithSettings loaded={loaded}>
        {(settings) => (
          <>
            <ServerForm
              key={JSON.stringify(settings.mail)}
              mail={settings.mail}
              onSaved={loaded.reload}
              onReload={loaded.reload}
            />
            <TestCard configured={settings.mail.configured} />
          </>
        )}
      </WithSettings>
    </SettingsFrame>
  );
}

function ServerForm(props: {
  readonly mail: Schema<'MailState'>;
  readonly onSaved: () => void;
  readonly onReload: () => void;
}) {
  const { mail } = props;
  const form = useSubmit();
  const readOnly = useReadOnly('mail_write');
  const draft = useDraft({ ...mail, port: String(mail.port), password: '' });
  const { values, set } = draft;
  const port = wholeNumber(values.port, 1, 65535);
  const save = (event: Event) => {
    event.preventDefault();
    if (!port.ok) return;
    const { host, security, username, password, sender } = values;
    const body = {
      host: host.trim(),
      port: port.value,
      security,
      sender: sender.trim(),
      username: username.trim(),
      ...(password === '' ? {} : { password }),
    };
    void form.send(
      () => api.put('/settings/mail', { body }),
      () => {
        draft.set('password')('');
        props.onSaved();
        toast({ text: 'The mail server is saved' });
      },
    );
  };
  return (
    <Card
      title="Mail server"
      action={
        <Badge tone={mail.configured ? 'success' : 'warning'} dot>
          {mail.configured ? 'Configured' : 'Not configured'}
        </Badge>
      }
    >
      <form class="form" noValidate onSubmit={save}>
        <SaveProblem problem={form.problem} onReload={props.onReload} />
        <div class="form-grid">
          <TextField
            label="Host"
            placeholder="smtp.example.com"
            maxLength={253}
            spellcheck={false}
            value={values.host}
            onText={set('host')}
            disabled={readOnly}
            error={errorFor(form.problem, 'host')}
          />
          <TextField
            label="Port"
            inputMode="numeric"
            value={values.port}
            onText={set('port')}
            disabled={readOnly}
            error={port.ok ? errorFor(form.problem, 'port') : port.error}
          />
        </div>
        <SelectField
          label="Encryption"
          options={kSecurity}
          value={values.security}
          onValue={set('security')}
          disabled={readOnly}
          error={errorFor(form.problem, 'security')}
        />
        {values.security === 'none' && (
          <Notice tone="warning">
            Links for new passwords would travel readable for everybody on the way.
          </Notice>
        )}
        <div class="form-grid">
          <TextField
            label="User name"
            optional
            maxLength={200}
            autoComplete="off"
            spellcheck={false}
            value={values.username}
            onText={set('username')}
            disabled={readOnly}
            error={errorFor(form.problem, 'username')}
          />
          <TextField
            label="Password"
            optional
            type="password"
            maxLength={200}
            autoComplete="off"
            value={values.password}
            onText={set('password')}
            disabled={readOnly}
            help={
              mail.configured
                ? 'Stored sealed and never shown. Leave it empty to keep it.'
                : 'Stored sealed and never shown.'
            }
            error={errorFor(form.problem, 'password')}
          />
        </div>
        <TextField
          label="Sender"
          type="email"
          placeholder="identity@example.com"
          maxLength={254}
          value={values.sender}
          onText={set('sender')}
          disabled={readOnly}
          help="The address that mails come from."
          error={errorFor(form.problem, 'sender')}
        />
        <SaveBar
          permission="mail_write"
          dirty={draft.dirty}
          blocked={!port.ok || values.host.trim() === '' || values.sender.trim() === ''}
          busy={form.busy}
          onDiscard={draft.discard}
        />
      </form>
      <UnsavedGuard dirty={draft.dirty} />
    </Card>
  );
}

/** Sends to oneself and shows what the server answered. */
function TestCard({ configured }: { readonly configured: boolean }) {
  const can = useCan();
  const { administrator } = useSession();
  const test = useSubmit();
  const [result, setResult] = useState<Schema<'MailTest'> | null>(null);
  const send = () => {
    setResult(null);
    void test.send(() => api.post('/settings/mail/test'), setResult);
  };
  return (
    <Card title="Test" text={`Sends one mail to ${administrator.email} with the saved settings.`}>
      <SaveProblem problem={test.problem} onReload={send} />
      {result !== null && (
        <Notice
          tone={result.delivered ? 'success' : 'danger'}
          live
          title={result.delivered ? 'Taken by the mail server' : 'Not delivered'}
        >
          {result.answer}
        </Notice>
      )}
      <div class="form-actions">
        <Button icon="mail" busy={test.busy} disabled={!configured || !can('mail_write')} onClick={send}>
          Send test mail
        </Button>
      </div>
    </Card>
  );
}
