import type { Screen } from '../state/model';
import { Action } from './actions';
import { Page } from './page';
import type { ViewProps } from './props';

/** Waits beside the browser's own question; after a while it points to where the question is. */
export function Permission({
  screen,
  ...props
}: ViewProps & { readonly screen: Extract<Screen, { kind: 'permission' }> }) {
  const { texts, dispatch } = props;
  return (
    <Page
      {...props}
      picture={
        <svg class="prompt" viewBox="0 0 240 120" aria-hidden="true" focusable="false">
          <rect class="prompt-window" x="8" y="8" width="224" height="104" rx="12" />
          <path class="prompt-line" d="M8 38h224M22 23h.2M34 23h.2M46 23h.2" />
          <rect class="prompt-address" x="66" y="16" width="140" height="14" rx="7" />
          <rect class="prompt-question" x="58" y="46" width="112" height="52" rx="8" />
          <path class="prompt-text" d="M70 60h64M70 70h44" />
          <rect class="prompt-allow" x="122" y="79" width="38" height="12" rx="6" />
        </svg>
      }
      actions={
        <>
          {screen.ignored ? (
            <Action action="other-method" event={{ kind: 'other_method' }} dispatch={dispatch}>
              {texts.t('action.otherMethod')}
            </Action>
          ) : null}
          <Action action="cancel" look="quiet" event={{ kind: 'cancel' }} dispatch={dispatch}>
            {texts.t('action.cancel')}
          </Action>
        </>
      }
    />
  );
}
