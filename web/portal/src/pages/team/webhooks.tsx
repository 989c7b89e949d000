import { Card, Page as Frame } from '../../app/page';
import { Badge } from '../../components/badge';
import { LinkButton } from '../../components/button';
import { Notice } from '../../components/notice';

const kEvents: readonly (readonly [string, string])[] = [
  ['verification.passed', 'A person passed the face check of a login.'],
  ['verification.failed', 'Every attempt of a login was used without a pass.'],
  ['enrolment.completed', 'A person enrolled their face.'],
  ['user.locked', 'Too many failed attempts locked a person out.'],
  ['user.deleted', 'A person’s face data was destroyed.'],
];

/** Says what is planned and that none of it is there yet: nothing here can be filled in. */
export function Page() {
  return (
    <Frame
      title="Webhooks"
      lead="Events of this organisation, sent to an address of yours."
      badge={<Badge tone="warning">Not active</Badge>}
      narrow
    >
      <Notice tone="warning" title="This version sends no webhooks">
        No event leaves this server yet, and there is nothing to configure. Until then, read the same facts
        through the API with a key that has the scope transactions:read.
      </Notice>
      <Card title="Events that are planned" text="Names may still change.">
        <dl class="facts">
          {kEvents.map(([name, meaning]) => [
            <dt key={name}>
              <code>{name}</code>
            </dt>,
            <dd key={`${name} meaning`}>{meaning}</dd>,
          ])}
        </dl>
      </Card>
      <Card
        title="Meanwhile"
        text="Transactions can be read page by page, filtered by time, outcome and integration."
      >
        <div class="form-actions">
          <LinkButton href="/api-keys" icon="key">
            API keys
          </LinkButton>
          <LinkButton href="/transactions" icon="pulse">
            Transactions
          </LinkButton>
        </div>
      </Card>
    </Frame>
  );
}
