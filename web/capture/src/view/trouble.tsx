import type { Screen } from '../state/model';
import { Action } from './actions';
import { Support } from './endings';
import type { IconName } from './icons';
import { Page } from './page';
import type { ViewProps } from './props';

type ErrorScreen = Extract<Screen, { kind: 'error' }>;

const kIcons: Readonly<Record<string, IconName>> = {
  permission_denied: 'camera_off',
  permission_policy_blocked: 'camera_off',
  no_camera: 'camera_off',
  camera_in_use: 'camera_off',
  camera_overconstrained: 'camera_off',
  camera_muted: 'camera_off',
  camera_failed: 'camera_off',
  track_ended: 'camera_off',
  face_timeout: 'face',
  tab_hidden: 'pause',
  network_lost: 'network',
  network_slow: 'network',
  server_busy: 'clock',
  forbidden: 'lock',
  already_used: 'link',
  link_invalid: 'link',
  link_expired: 'link',
  unknown_integration: 'link',
  unknown_domain: 'link',
};

/** An error with what can be done about it. Nobody is blamed, and nothing is a dead end. */
export function Trouble({ screen, ...props }: ViewProps & { readonly screen: ErrorScreen }) {
  const { texts, dispatch } = props;
  const final = screen.plan === 'none';
  const blocked = screen.code === 'permission_policy_blocked';
  return (
    <Page
      {...props}
      icon={kIcons[screen.code] ?? 'alert'}
      tone={screen.code === 'tab_hidden' ? 'plain' : 'warning'}
      actions={
        <>
          {final ? null : (
            <Action action="retry" look="primary" event={{ kind: 'retry' }} dispatch={dispatch}>
              {texts.t(screen.code === 'tab_hidden' ? 'action.resume' : 'action.retry')}
            </Action>
          )}
          {final && !blocked ? (
            <Action action="back" look="primary" event={{ kind: 'back' }} dispatch={dispatch}>
              {texts.t('action.leave')}
            </Action>
          ) : (
            <Action
              action="other-method"
              look={blocked ? 'primary' : 'quiet'}
              event={{ kind: 'other_method' }}
              dispatch={dispatch}
            >
              {texts.t('action.otherMethod')}
            </Action>
          )}
        </>
      }
    >
      {screen.retryInS === null ? null : (
        <p class="pill" data-testid="countdown">
          {texts.count('error.server_busy.countdown', screen.retryInS)}
        </p>
      )}
      <CameraChoice {...props} />
      <Support {...props} />
    </Page>
  );
}

/** Another camera often is the answer; with only one there is nothing to choose. */
function CameraChoice({ model, texts, dispatch }: ViewProps) {
  if (model.cameras.length < 2) return null;
  return (
    <label class="field">
      <span>{texts.t('error.camera.choose')}</span>
      <select
        value={model.deviceId ?? ''}
        data-testid="camera-choice"
        onChange={(event) => dispatch({ kind: 'choose_camera', deviceId: event.currentTarget.value })}
      >
        {model.cameras.map((camera) => (
          <option key={camera.deviceId} value={camera.deviceId}>
            {camera.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A browser that cannot do it: another method first, the risk of trying second. */
export function CannotCapture(props: ViewProps) {
  const { model, texts, dispatch } = props;
  const mayTry = model.screen.kind === 'in_app' && model.environment.cameraApi;
  return (
    <Page
      {...props}
      icon="browser"
      tone="warning"
      actions={
        <>
          <Action action="other-method" look="primary" event={{ kind: 'other_method' }} dispatch={dispatch}>
            {texts.t('action.otherMethod')}
          </Action>
          {mayTry ? (
            <Action action="continue-here" look="quiet" event={{ kind: 'continue_here' }} dispatch={dispatch}>
              {texts.t('action.continueHere')}
            </Action>
          ) : null}
        </>
      }
    >
      <Support {...props} />
    </Page>
  );
}
