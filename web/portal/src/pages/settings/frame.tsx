import type { ComponentChildren } from 'preact';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import type { Schema } from '../../api/types';
import { type Loaded, useResource } from '../../api/use-resource';
import { settingsPages } from '../../app/nav';
import { Card, Page } from '../../app/page';
import { Link, useLocation } from '../../app/router';
import { useCan } from '../../app/session';
import { type Submission, useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { Notice } from '../../components/notice';
import { Failure, Skeleton } from '../../components/states';
import { type Toast, toast } from '../../components/toast';

export type Settings = Schema<'Settings'>;

export const useSettings = (): Loaded<Settings> =>
  useResource('settings', (signal) => api.get('/settings', { signal }));

/** What every form of settings gets. */
export interface SettingsFormProps<T> {
  readonly stored: T;
  readonly etag: string | null;
  readonly onSaved: (settings: Settings, etag: string | null) => void;
  readonly onReload: () => void;
}

/** The form of one group: replaces it whole; an older version than the server's is refused there. What was saved can be undone. */
export function useSettingsForm<T>(
  { stored, etag, onSaved }: SettingsFormProps<T>,
  patchOf: (group: T) => Schema<'SettingsPatch'>,
): Submission & { readonly save: (group: T, saved: string) => void } {
  const form = useSubmit();
  const put = (group: T, ifMatch: string | null, done: (version: string | null) => Toast) =>
    void form.send(
      () => api.patch('/settings', { body: patchOf(group), ifMatch: ifMatch ?? '' }),
      (settings, version) => {
        onSaved(settings, version);
        toast(done(version));
      },
    );
  const save = (group: T, saved: string) =>
    put(group, etag, (version) => ({
      text: saved,
      undo: () => put(stored, version, () => ({ text: 'The settings are as before' })),
    }));
  return { ...form, save };
}

/** The page around every group of settings, with links to the other groups. */
export function SettingsFrame(props: {
  readonly title: string;
  readonly lead: ComponentChildren;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}) {
  const { path } = useLocation();
  const nav = (
    <nav class="sub-nav" aria-label="Settings">
      {settingsPages.map(({ href, label }) => (
        <Link key={href} href={href} class="tab" aria-current={href === path ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
  return (
    <Page
      nav={nav}
      title={props.title}
      parent={{ href: '/settings/organisation', label: 'Settings' }}
      narrow={props.wide !== true}
    >
      <p class="page-lead">{props.lead}</p>
      {props.children}
    </Page>
  );
}

/** Loading, failure, or the form for what was loaded. */
export function WithSettings(props: {
  readonly loaded: Loaded<Settings>;
  readonly children: (settings: Settings, etag: string | null) => ComponentChildren;
}) {
  const { resource, reload } = props.loaded;
  if (resource.kind === 'loading')
    return (
      <Card>
        <Skeleton lines={5} />
      </Card>
    );
  if (resource.kind === 'failed')
    return (
      <Card>
        <Failure problem={resource.problem} onRetry={reload} />
      </Card>
    );
  return <>{props.children(resource.value, resource.etag)}</>;
}

/** What went wrong when saving; a change by somebody else offers to load theirs. */
export function SaveProblem({
  problem,
  onReload,
}: {
  readonly problem: Problem | null;
  readonly onReload: () => void;
}) {
  if (problem === null) return null;
  if (problem.status === 412)
    return (
      <Notice
        tone="warning"
        title="Somebody else changed these settings"
        live
        action={
          <Button size="s" icon="again" onClick={onReload}>
            Load theirs
          </Button>
        }
      >
        Your changes were not saved. Loading shows the settings as they are now.
      </Notice>
    );
  return (
    <Notice tone="danger" live title={problem.title}>
      {problem.detail}
    </Notice>
  );
}

/** Save and Undo under a form; roles that may only read get a sentence instead. */
export function SaveBar(props: {
  readonly dirty: boolean;
  readonly busy: boolean;
  readonly blocked?: boolean;
  readonly onDiscard: () => void;
  readonly label?: string;
  readonly permission?: WritePermission;
}) {
  if (useReadOnly(props.permission))
    return <p class="muted">Your role can read these settings but not change them.</p>;
  return (
    <div class="form-actions">
      <Button
        type="submit"
        variant="primary"
        busy={props.busy}
        disabled={!props.dirty || props.blocked === true}
      >
        {props.label ?? 'Save changes'}
      </Button>
      {props.dirty && <Button onClick={props.onDiscard}>Discard</Button>}
    </div>
  );
}

/** What changing a group of settings needs; the mail server is the owners' own. */
type WritePermission = 'settings_write' | 'mail_write';

export const useReadOnly = (permission: WritePermission = 'settings_write'): boolean => {
  const can = useCan();
  return !can(permission);
};
