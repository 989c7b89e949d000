import type { Screen } from '../state/model';
import { applicationName } from '../state/screen-text';
import { Action } from './actions';
import type { IconName } from './icons';
import { Tips } from './intro';
import { Page } from './page';
import type { ViewProps } from './props';

/** A verification that has ended without success: one way, back with the result. */
export function Ended(props: ViewProps & { readonly icon: IconName }) {
  const { model, texts, dispatch } = props;
  return (
    <Page
      {...props}
      tone="warning"
      actions={
        <Action action="back" look="primary" event={{ kind: 'back' }} dispatch={dispatch}>
          {texts.t('action.back', { application: applicationName(model, texts) })}
        </Action>
      }
    >
      <Support {...props} />
    </Page>
  );
}

export function Retry({
  screen,
  ...props
}: ViewProps & { readonly screen: Extract<Screen, { kind: 'retry' }> }) {
  const { texts, dispatch } = props;
  return (
    <Page
      {...props}
      icon="again"
      actions={
        <>
          <Action action="retry" look="primary" event={{ kind: 'retry' }} dispatch={dispatch}>
            {texts.t('action.retry')}
          </Action>
          <Action action="other-method" look="quiet" event={{ kind: 'other_method' }} dispatch={dispatch}>
            {texts.t('action.otherMethod')}
          </Action>
        </>
      }
    >
      <p class="pill" data-testid="attempts-left">
        {texts.count('retry.left', screen.attemptsLeft)}
      </p>
      <p class="tips-title">{texts.t('retry.tips')}</p>
      <Tips texts={texts} />
    </Page>
  );
}

/** The tick is drawn once; then the page goes back by itself. */
export function Success(props: ViewProps) {
  return (
    <Page
      {...props}
      layout="bare"
      picture={
        <svg class="tick" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
          <circle class="tick-ring" cx="60" cy="60" r="54" pathLength="100" />
          <path class="tick-mark" d="M38 62l15 15 30-32" pathLength="100" />
        </svg>
      }
    />
  );
}

export function Waiting(props: ViewProps) {
  return <Page {...props} layout="bare" picture={<span class="spinner" data-testid="spinner" />} />;
}

/** What support needs to find this case: the stable code and a reference, never a score. */
export function Support({ model, texts }: ViewProps) {
  const { screen, session } = model;
  const reference =
    screen.kind === 'error' && screen.reference !== null ? screen.reference : session?.verificationId;
  const address = session?.branding.supportEmail ?? null;
  return reference === undefined ? null : (
    <p class="support" data-testid="support">
      <span>{texts.t('page.support')}</span>
      <code>{reference}</code>
      {address === null ? null : (
        <a href={`mailto:${encodeURIComponent(address).replace('%40', '@')}`} data-testid="support-address">
          {address}
        </a>
      )}
    </p>
  );
}
