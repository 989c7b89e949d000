import { useState } from 'preact/hooks';
import type { Screen } from '../state/model';
import { Action } from './actions';
import { Icon } from './icons';
import { Page } from './page';
import type { ViewProps } from './props';

type ConsentScreen = Extract<Screen, { kind: 'consent' }>;

/** The notice as the server words it, an un-ticked box, and the way without a face. */
export function Consent({ screen, ...props }: ViewProps & { readonly screen: ConsentScreen }) {
  const { model, texts, dispatch } = props;
  const [ticked, setTicked] = useState(false);
  const consent = model.session?.consent;
  if (consent === undefined) return null;
  return (
    <Page
      {...props}
      icon="shield"
      actionsInRow
      actions={
        <>
          <Action
            action="agree"
            look="primary"
            event={{ kind: 'agree', ticked }}
            busy={screen.busy}
            dispatch={dispatch}
          >
            {texts.t('action.agree')}
          </Action>
          <Action action="decline" event={{ kind: 'decline' }} dispatch={dispatch}>
            {texts.t('action.decline')}
          </Action>
          <Action action="other-method" look="quiet" event={{ kind: 'other_method' }} dispatch={dispatch}>
            {texts.t('action.otherMethod')}
          </Action>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section class="notice" aria-labelledby="heading" tabIndex={0}>
        {consent.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <p class="fine">{texts.t('consent.version', { version: consent.version })}</p>
      </section>
      <label class="check">
        <input
          type="checkbox"
          data-testid="consent-check"
          checked={ticked}
          aria-invalid={screen.unticked && !ticked}
          aria-describedby="consent-error"
          onChange={(event) => setTicked(event.currentTarget.checked)}
        />
        <span>{texts.t('consent.check')}</span>
      </label>
      <p class="field-error" id="consent-error" role="alert">
        {screen.unticked && !ticked ? (
          <>
            <Icon name="alert" />
            {texts.t('consent.unticked')}
          </>
        ) : null}
      </p>
    </Page>
  );
}
