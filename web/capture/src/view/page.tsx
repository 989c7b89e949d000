import type { ComponentChildren } from 'preact';
import { screenText } from '../state/screen-text';
import { Icon, type IconName } from './icons';
import type { ViewProps } from './props';

interface PageProps extends ViewProps {
  readonly icon?: IconName;
  readonly tone?: 'plain' | 'warning' | 'danger' | 'success';
  readonly picture?: ComponentChildren;
  readonly layout?: 'plain' | 'split' | 'bare';
  /** On wide screens the first two actions share a line. */
  readonly actionsInRow?: boolean;
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
}

/** The calm frame of every screen without a camera picture: who asks, what, and what can be done. */
export function Page(props: PageProps) {
  const { model, texts, icon, tone = 'plain', picture, layout = 'plain', children, actions } = props;
  const { title, text } = screenText(model, texts);
  return (
    <section class={`card card-${layout}`}>
      {layout === 'split' ? <div class="card-picture">{picture}</div> : null}
      <div class="card-body">
        {layout === 'split' ? null : picture}
        {icon === undefined ? null : (
          <span class={`badge badge-${tone}`}>
            <Icon name={icon} />
          </span>
        )}
        <h1 id="heading" tabIndex={-1}>
          {title}
        </h1>
        {text === '' ? null : <p class="lead">{text}</p>}
        {children}
      </div>
      {actions === undefined ? null : (
        <div class={props.actionsInRow === true ? 'actions actions-row' : 'actions'}>{actions}</div>
      )}
    </section>
  );
}
