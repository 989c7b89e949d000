import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../components/icon';
import { Link } from './router';
import { RailButton } from './shell';

export interface PageProps {
  readonly title: string;
  /** One line under the title. */
  readonly lead?: ComponentChildren;
  /** The way up: shown above the title. */
  readonly parent?: { readonly href: string; readonly label: string };
  /** The one main action of the page, in the header that stays in view. */
  readonly action?: ComponentChildren;
  /** Beside the title: a badge with the state of the thing. */
  readonly badge?: ComponentChildren;
  /** Forms and texts are easier to read in a narrow column. */
  readonly narrow?: boolean;
  /** Links to sibling pages, under the header over the whole width. */
  readonly nav?: ComponentChildren;
  readonly children: ComponentChildren;
}

let firstPage = true;

/** A page inside the portal: sticky header, title, content. Moves the focus to the title when the page changes. */
export function Page(props: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.title} · Countersign`;
  }, [props.title]);
  useEffect(() => {
    if (!firstPage) heading.current?.focus({ preventScroll: true });
    firstPage = false;
  }, []);
  return (
    <>
      <header class="page-head">
        <RailButton />
        <div class="page-title">
          {props.parent !== undefined && (
            <Link href={props.parent.href} class="page-parent">
              {props.parent.label}
              <Icon name="next" size="s" />
            </Link>
          )}
          <h1 ref={heading} tabIndex={-1}>
            {props.title}
          </h1>
          {props.badge}
        </div>
        {props.action !== undefined && <div class="page-action">{props.action}</div>}
      </header>
      {props.nav}
      <main id="content" class={props.narrow === true ? 'page page-narrow' : 'page'}>
        {props.lead !== undefined && <p class="page-lead">{props.lead}</p>}
        {props.children}
      </main>
    </>
  );
}

/** A titled box on a page. */
export function Card(props: {
  readonly title?: string;
  readonly text?: ComponentChildren;
  readonly action?: ComponentChildren;
  readonly danger?: boolean;
  readonly children?: ComponentChildren;
}) {
  return (
    <section class={props.danger === true ? 'card card-danger' : 'card'}>
      {props.title !== undefined && (
        <div class="card-head">
          <h2 class="card-title">{props.title}</h2>
          {props.action}
        </div>
      )}
      {props.text !== undefined && <p class="card-text">{props.text}</p>}
      {props.children}
    </section>
  );
}
