import type { ComponentChildren } from 'preact';
import type { Tone } from './badge';
import { Icon, type IconName } from './icon';

const kIcons: Readonly<Record<Tone, IconName>> = {
  neutral: 'info',
  accent: 'info',
  success: 'check',
  warning: 'alert',
  danger: 'alert',
};

/** A box inside the page that explains or warns. `live` makes a screen reader say it when it appears. */
export function Notice(props: {
  readonly tone?: Tone;
  readonly title?: string;
  readonly live?: boolean;
  readonly action?: ComponentChildren;
  readonly children?: ComponentChildren;
}) {
  const tone = props.tone ?? 'neutral';
  return (
    <div class={`notice notice-${tone}`} role={props.live === true ? 'alert' : undefined}>
      <Icon name={kIcons[tone]} />
      <div class="notice-body">
        {props.title !== undefined && <p class="notice-title">{props.title}</p>}
        {props.children !== undefined && <div class="notice-text">{props.children}</div>}
      </div>
      {props.action !== undefined && <div class="notice-action">{props.action}</div>}
    </div>
  );
}
