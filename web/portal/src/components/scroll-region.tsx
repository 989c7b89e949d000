import type { ComponentChildren } from 'preact';

/** Something wider than the page scrolls inside itself; reachable and scrollable by keyboard, named for screen readers. */
export function ScrollRegion(props: {
  readonly label: string;
  readonly class: string;
  readonly onKeyDown?: (event: KeyboardEvent & { readonly currentTarget: HTMLElement }) => void;
  readonly children: ComponentChildren;
}) {
  return (
    <section
      class={props.class}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard could not scroll the region
      tabIndex={0}
      onKeyDown={props.onKeyDown}
    >
      {props.children}
    </section>
  );
}
