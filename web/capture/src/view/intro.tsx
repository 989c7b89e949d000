import { Action } from './actions';
import { Hero, Icon } from './icons';
import { Page } from './page';
import type { ViewProps } from './props';
import { Receipt } from './receipt';

const kTips = ['light', 'face', 'level'] as const;

export function Tips({ texts }: Pick<ViewProps, 'texts'>) {
  return (
    <ul class="tips">
      {kTips.map((tip) => (
        <li key={tip}>
          <Icon name={tip} />
          <span>{texts.t(`intro.tip.${tip}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What happens next, three tips, the warning about changing colours, and the explicit button. */
export function Intro(props: ViewProps) {
  const { model, texts, dispatch } = props;
  const liveness = model.session?.policy.liveness;
  const active = liveness === 'both' || liveness === 'active';
  const kind = model.prefersMovement ? 'movement' : 'flash';
  return (
    <Page
      {...props}
      layout="split"
      picture={<Hero />}
      actions={
        <>
          <Action action="start-camera" look="primary" event={{ kind: 'start_camera' }} dispatch={dispatch}>
            <Icon name="camera" />
            {texts.t('action.start')}
          </Action>
          {active ? (
            <Action
              action="prefer-movement"
              look="quiet"
              event={{ kind: 'prefer_movement', movement: !model.prefersMovement }}
              dispatch={dispatch}
            >
              {texts.t(model.prefersMovement ? 'action.useColours' : 'action.useMovement')}
            </Action>
          ) : null}
          <Action action="other-method" look="quiet" event={{ kind: 'other_method' }} dispatch={dispatch}>
            {texts.t('action.otherMethod')}
          </Action>
        </>
      }
    >
      <Tips texts={texts} />
      {active ? (
        <div class="note" data-testid={`${kind}-notice`}>
          <Icon name="spark" />
          <p>
            <strong>{texts.t(`intro.${kind}.title`)}</strong>
            <span>{texts.t(`intro.${kind}.text`)}</span>
          </p>
        </div>
      ) : null}
      <Receipt model={model} texts={texts} />
    </Page>
  );
}
