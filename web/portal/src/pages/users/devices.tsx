import type { Schema } from '../../api/types';
import { browserName, isPhone } from '../../app/browser-name';
import { Card } from '../../app/page';
import { DateTime } from '../../components/date-time';
import { Icon } from '../../components/icon';
import { counted } from '../../format/numbers';

/** The browsers of the newest logins: a stranger's is easy to see. */
export function Devices({ detail }: { readonly detail: Schema<'UserDetail'> }) {
  return (
    <Card title="Devices" text="Browsers of the newest 50 logins, as they name themselves.">
      {detail.devices.length === 0 && <p class="muted">There is none.</p>}
      <ul class="rows">
        {detail.devices.map((device) => (
          <li key={device.user_agent}>
            <Icon name={isPhone(device.user_agent) ? 'phone' : 'screen'} />
            <div class="cell-main">
              <span title={device.user_agent}>{browserName(device.user_agent)}</span>
              <span class="cell-sub">{counted(device.logins, 'login', 'logins')}</span>
            </div>
            <span class="muted">
              <DateTime value={device.last_seen_at} show="absolute" />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
