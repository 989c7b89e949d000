import type { Schema } from '../../api/types';
import { Link } from '../../app/router';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy';
import { DateTime } from '../../components/date-time';
import { Drawer } from '../../components/dialog';
import type { Column } from '../../components/table';
import { whole } from '../../format/numbers';
import { actorTitle, auditKindTitle, spellOut } from '../../words';
import { Fact } from '../fact';
import { changesOf } from './changes';
import './audit.css';

export type AuditEvent = Schema<'AuditEvent'>;

export const auditColumns: readonly Column<AuditEvent>[] = [
  {
    id: 'kind',
    header: 'Event',
    cell: ({ kind }) => auditKindTitle(kind),
  },
  {
    id: 'actor',
    header: 'By',
    hideBelow: 's',
    cell: ({ actor, actor_name }) => actorTitle(actor, actor_name),
  },
  { id: 'target', header: 'On', hideBelow: 'm', cell: ({ target }) => <code class="short">{target}</code> },
  { id: 'time', header: 'Time', cell: ({ at }) => <DateTime value={at} /> },
  {
    id: 'sequence',
    header: 'Number',
    align: 'end',
    hideBelow: 'l',
    cell: ({ sequence }) => whole(sequence),
  },
];

/** The list that is shown, with one event open beside it; null closes it. */
export function eventAddress(event: string | null): string {
  const query = new URLSearchParams(window.location.search);
  if (event === null) query.delete('event');
  else query.set('event', event);
  return `${window.location.pathname}?${query}`;
}

/** One event with everything that is on record, and the links of the chain. */
export function EventDrawer({
  event,
  onClose,
}: {
  readonly event: AuditEvent;
  readonly onClose: () => void;
}) {
  return (
    <Drawer
      title={auditKindTitle(event.kind)}
      onClose={onClose}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <dl class="facts">
        <Fact term="Time">
          <DateTime value={event.at} show="both" />
        </Fact>
        <Fact term="By">
          {actorTitle(event.actor, event.actor_name)} <code class="muted">{event.actor}</code>
        </Fact>
        <Fact term="On">
          <Target id={event.target} />
        </Fact>
        <Fact term="Kind">
          <code>{event.kind}</code>
        </Fact>
        <Fact term="Number">{whole(event.sequence)}</Fact>
      </dl>
      <Changes details={event.details} />
      <h3 class="drawer-heading">Chain</h3>
      <p class="muted">
        The hash covers every field and the hash before: a change anywhere breaks all that follow.
      </p>
      <dl class="facts">
        <Fact term="Hash">
          <code>{event.hash}</code> <CopyButton value={event.hash} label="Copy the hash" />
        </Fact>
        <Fact term="Hash before">
          <code>{event.previous_hash}</code>
        </Fact>
      </dl>
    </Drawer>
  );
}

const kPages: Readonly<Record<string, string>> = {
  sub: '/users/',
  ver: '/transactions/',
  int: '/integrations/',
};

/** An id that has a page of its own leads there. */
function Target({ id }: { readonly id: string }) {
  const page = kPages[id.split('_')[0] ?? ''];
  if (page === undefined || !/^[a-z]+_[\w-]+$/.test(id)) return <code>{id === '' ? '–' : id}</code>;
  return (
    <Link href={`${page}${encodeURIComponent(id)}`}>
      <code>{id}</code>
    </Link>
  );
}

function Changes({ details }: { readonly details: Readonly<Record<string, string>> }) {
  const { changed, others } = changesOf(details);
  return (
    <>
      {changed.length > 0 && (
        <>
          <h3 class="drawer-heading">What changed</h3>
          <table class="diff">
            <thead>
              <tr>
                <th scope="col">Setting</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {changed.map(({ name, before, after }) => (
                <tr key={name}>
                  <th scope="row">{spellOut(name)}</th>
                  <td>
                    <del>{before}</del>
                  </td>
                  <td>
                    <ins>{after}</ins>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {others.length > 0 && (
        <>
          <h3 class="drawer-heading">Details</h3>
          <dl class="facts">
            {others.map(([name, value]) => (
              <Fact key={name} term={spellOut(name)}>
                {value}
              </Fact>
            ))}
          </dl>
        </>
      )}
    </>
  );
}
