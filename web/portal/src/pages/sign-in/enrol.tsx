import { useState } from 'preact/hooks';
import { navigate, safeReturnPath, useLocation } from '../../app/router';
import { useSession, useSessionAccess } from '../../app/session';
import { Door } from './door';
import { Steps } from './steps';
import { RecoveryCodes, TotpEnrolment } from './totp-steps';

const kLabels = ['Your account', 'Authenticator', 'Recovery codes'];

/** A new administrator sets up the second factor before anything else. */
export function Page() {
  const { refresh } = useSessionAccess();
  const { state } = useSession();
  const { query } = useLocation();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const done = async () => {
    await refresh();
    navigate(safeReturnPath(query.get('return')), { replace: true });
  };
  if (codes === null && state !== 'enrol_second_factor')
    return (
      <Door
        title="Second factor"
        lead="Your authenticator is set up already. You can replace it on your account page."
      >
        <a href="/">Go to the portal</a>
      </Door>
    );
  return codes === null ? (
    <Door
      title="Set up your authenticator"
      lead="A password alone is not enough here: every sign-in also asks for a code."
      wide
    >
      <Steps current={1} labels={kLabels} />
      <TotpEnrolment onCodes={setCodes} />
    </Door>
  ) : (
    <Door title="Store your recovery codes" wide>
      <Steps current={2} labels={kLabels} />
      <RecoveryCodes codes={codes} doneLabel="Open the portal" onDone={() => void done()} />
    </Door>
  );
}
