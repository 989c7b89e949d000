import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/problem';
import { Button } from './button';
import { Icon, type IconName } from './icon';

/** Nothing here yet: says what would be here and how to get it. */
export function EmptyState(props: {
  readonly title: string;
  readonly icon?: IconName;
  readonly action?: ComponentChildren;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="state">
      <span class="state-icon">
        <Icon name={props.icon ?? 'archive'} size="l" />
      </span>
      <p class="state-title">{props.title}</p>
      {props.children !== undefined && <p class="state-text">{props.children}</p>}
      {props.action}
    </div>
  );
}

/** Whoever asks may not: says which role may, and names no content. */
export function NoPermission({ needs }: { readonly needs?: string }) {
  return (
    <EmptyState icon="lock" title="You cannot see this page">
      {needs === undefined
        ? 'Your role in this organisation does not include it. An owner can change your role.'
        : `This needs the role ${needs}. An owner can change your role.`}
    </EmptyState>
  );
}

/** Loading failed: the cause in words, the reference for support, one button to try again. */
export function Failure({ problem, onRetry }: { readonly problem: Problem; readonly onRetry?: () => void }) {
  if (problem.code === 'forbidden') return <NoPermission />;
  const offline = problem.code === 'offline';
  return (
    <div class="state" role="alert">
      <span class="state-icon state-icon-danger">
        <Icon name="alert" size="l" />
      </span>
      <p class="state-title">{offline ? 'The server cannot be reached' : problem.title}</p>
      <p class="state-text">
        {offline
          ? 'Check your connection. Nothing you saw is lost.'
          : (problem.detail ?? 'The server could not answer.')}
      </p>
      {problem.reference !== '' && (
        <p class="state-reference">
          Reference <code>{problem.reference}</code>
        </p>
      )}
      {onRetry !== undefined && (
        <Button icon="again" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** Grey bars where text will be; hidden from assistive technology, which hears "Loading" once. */
export function Skeleton({
  lines = 3,
  label = 'Loading',
}: {
  readonly lines?: number;
  readonly label?: string;
}) {
  return (
    <div class="skeleton" role="status">
      <span class="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} class="skeleton-line" aria-hidden="true" />
      ))}
    </div>
  );
}
