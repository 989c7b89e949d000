import type { ComponentChildren } from 'preact';
import { Link } from '../app/router';
import { Icon, type IconName } from './icon';

export type ButtonVariant = 'primary' | 'secondary' | 'danger' | 'quiet';

/** Further `aria-` and `data-` attributes reach the button element. */
export interface ButtonProps {
  readonly type?: 'button' | 'submit';
  readonly disabled?: boolean;
  readonly title?: string;
  readonly class?: string;
  readonly onClick?: (event: MouseEvent) => void;
  readonly variant?: ButtonVariant;
  readonly size?: 's' | 'm';
  readonly icon?: IconName;
  /** The action runs: the button stays focusable, says so, and takes no further press. */
  readonly busy?: boolean;
  readonly children?: ComponentChildren;
}

const classes = (variant: ButtonVariant, size: 's' | 'm', extra: string) =>
  `btn btn-${variant} btn-${size}${extra === '' ? '' : ` ${extra}`}`;

export function Button(props: ButtonProps) {
  const {
    variant = 'secondary',
    size = 'm',
    icon,
    busy = false,
    children,
    onClick,
    type = 'button',
    class: extra = '',
    ...more
  } = props;
  return (
    <button
      {...more}
      type={type}
      class={classes(variant, size, extra)}
      aria-busy={busy ? 'true' : undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? (
        <span class="spinner" aria-hidden="true" />
      ) : (
        icon !== undefined && <Icon name={icon} size="s" />
      )}
      {children !== undefined && <span class="btn-text">{children}</span>}
    </button>
  );
}

/** A button with a picture only; `label` is its name for everybody, as tooltip and for screen readers. */
export function IconButton({
  label,
  icon,
  ...more
}: Omit<ButtonProps, 'children'> & { readonly label: string; readonly icon: IconName }) {
  return <Button variant="quiet" {...more} icon={icon} class="btn-icon" aria-label={label} title={label} />;
}

/** Looks like a button, is a link: for navigation. */
export function LinkButton(props: {
  readonly href: string;
  readonly variant?: ButtonVariant;
  readonly size?: 's' | 'm';
  readonly icon?: IconName;
  readonly children: ComponentChildren;
}) {
  return (
    <Link href={props.href} class={classes(props.variant ?? 'secondary', props.size ?? 'm', '')}>
      {props.icon !== undefined && <Icon name={props.icon} size="s" />}
      <span class="btn-text">{props.children}</span>
    </Link>
  );
}
