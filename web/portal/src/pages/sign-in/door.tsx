import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Mark } from '../../components/icon';

/** The card of every page outside the frame. */
export function Door(props: {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.title} · Countersign`;
    const inside = heading.current?.closest('main')?.contains(document.activeElement) === true;
    if (!inside) heading.current?.focus();
  }, [props.title]);
  return (
    <div class="door">
      <main id="content" class={props.wide === true ? 'door-card door-wide' : 'door-card'}>
        <div class="door-head">
          <Mark />
          <h1 ref={heading} tabIndex={-1}>
            {props.title}
          </h1>
          {props.lead !== undefined && <p>{props.lead}</p>}
        </div>
        {props.children}
      </main>
      <footer class="door-foot">Countersign, the Identity Portal</footer>
    </div>
  );
}
