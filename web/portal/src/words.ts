// What the codes of the server mean to an administrator. Pages show these words and never a bare code; a code that is not
// listed (a newer server) is spelled out instead of hidden.

/** A code in words: what it is called, what happened, and what an administrator can do about it. */
export interface Word {
  readonly title: string;
  readonly meaning: string;
  readonly remedy?: string;
}

export type Mood = 'success' | 'danger' | 'warning' | 'neutral' | 'accent';

/** "not_live_active" becomes "Not live active": readable when nothing better is known. */
export function spellOut(code: string): string {
  const words = code.replaceAll(/[._-]+/g, ' ').trim();
  return words === '' ? 'Unknown' : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Why an attempt ended: the server's AttemptResult, and the outcomes that need no attempt. */
export const causes: Readonly<Record<string, Word>> = {
  passed: { title: 'Passed', meaning: 'The person was live and the face matched.' },
  no_match: {
    title: 'Face did not match',
    meaning: 'The person was live, but the face is not the enrolled one.',
    remedy:
      'If it was the right person, ask for better light and no sunglasses. If the face has changed for good, request re-enrolment.',
  },
  not_live_passive: {
    title: 'Looked like a picture or screen',
    meaning: 'The picture itself showed signs of a print, a screen or a mask.',
    remedy: 'One alert can be a strong reflection. Several for one user are worth a call to that user.',
  },
  not_live_active: {
    title: 'Did not react to the screen',
    meaning: 'The face did not take up the colours or follow the directions of the challenge.',
    remedy:
      'Usual harmless cause: bright sunlight, or a dim screen far away. A replayed video looks the same, so watch for repetition.',
  },
  identity_changed: {
    title: 'More than one person',
    meaning: 'Frames of one attempt showed different people.',
    remedy: 'Ask the user to be alone in front of the camera.',
  },
  repeated_frames: {
    title: 'Repeated pictures',
    meaning: 'The camera delivered the same pictures again: a frozen camera or a replayed recording.',
    remedy: 'Ask the user to close other programs that use the camera. If it stays, treat it as an attack.',
  },
  earlier_capture: {
    title: 'Recording of an earlier check',
    meaning: 'The pictures were those of an earlier check of this user, encoded anew.',
    remedy: 'A live camera does not do this. Treat it as an attack.',
  },
  broken_chain: {
    title: 'Frames were tampered with',
    meaning: 'Order, number or signature of the frames was wrong.',
    remedy:
      'A browser extension or a proxy can do this. If it comes back for one user, treat it as an attack.',
  },
  face_timeout: {
    title: 'No usable face in time',
    meaning: 'Not enough clear pictures of a face arrived: too dark, too far, turned away or blurred.',
    remedy: 'Better light from the front and a clean lens help most.',
  },
  interrupted: {
    title: 'Restarted too often',
    meaning: 'The capture was started again more often than allowed.',
    remedy: 'Ask the user to stay on the page until it is done.',
  },
  aborted: {
    title: 'Connection lost',
    meaning: 'The browser went away or the network broke during the capture.',
    remedy: 'Usually harmless: the user can try again.',
  },
  failed: {
    title: 'Attempts used up',
    meaning: 'No attempt passed.',
    remedy: 'Open the last attempt below: its cause says what to change.',
  },
  cancelled: {
    title: 'Cancelled by the user',
    meaning: 'The user cancelled, asked for another method, or did not agree to the consent.',
  },
  declined: { title: 'Consent declined', meaning: 'The user did not agree to the consent text.' },
  expired: {
    title: 'Took too long',
    meaning: 'The session time of the integration ran out before a verdict.',
    remedy: 'If this is frequent, give the integration a longer session time.',
  },
  integration_disabled: {
    title: 'Integration is disabled',
    meaning: 'The login was refused because the integration is switched off.',
    remedy: 'Enable the integration, or take the Action out of the login flow.',
  },
  not_enrolled: {
    title: 'No enrolled face',
    meaning: 'The user has no credential and may not enrol during a login.',
    remedy: 'Allow self-enrolment in the integration, or enrol the user another way.',
  },
  other_model: {
    title: 'Templates of a former model',
    meaning: 'The user enrolled under a face model that this server no longer compares with.',
    remedy:
      'Name the pack of that model as the previous one in the configuration, or request re-enrolment of the user.',
  },
  locked: {
    title: 'User is locked or suspended',
    meaning: 'Too many failed attempts, or an administrator suspended the user.',
    remedy: 'Reactivate the user when you know who tried.',
  },
};

export function causeWord(code: string | null): Word {
  if (code === null || code === '') return { title: 'Not known yet', meaning: 'There is no verdict yet.' };
  return causes[code] ?? { title: spellOut(code), meaning: `The server calls it “${code}”.` };
}

export const transactionStates: Readonly<Record<string, { readonly title: string; readonly mood: Mood }>> = {
  opened: { title: 'Opened', mood: 'accent' },
  consented: { title: 'Consent given', mood: 'accent' },
  capturing: { title: 'Capturing', mood: 'accent' },
  passed: { title: 'Passed', mood: 'success' },
  failed: { title: 'Failed', mood: 'danger' },
  cancelled: { title: 'Cancelled', mood: 'neutral' },
  expired: { title: 'Expired', mood: 'warning' },
  refused: { title: 'Refused', mood: 'danger' },
};

export const userStates: Readonly<
  Record<string, { readonly title: string; readonly mood: Mood; readonly meaning: string }>
> = {
  enrolled: { title: 'Enrolled', mood: 'success', meaning: 'Can pass verifications.' },
  not_enrolled: { title: 'Not enrolled', mood: 'neutral', meaning: 'Has no face credential.' },
  suspended: { title: 'Suspended', mood: 'danger', meaning: 'An administrator stopped every verification.' },
  locked: { title: 'Locked', mood: 'warning', meaning: 'Too many failed attempts.' },
};

export const purposes: Readonly<Record<string, string>> = {
  enrolment: 'Enrolment',
  verification: 'Verification',
};
export const requestModes: Readonly<Record<string, string>> = {
  always: 'Always on',
  'on-demand': 'On demand',
};
export const livenessPolicies: Readonly<Record<string, string>> = {
  passive: 'Passive only',
  active: 'Active only',
  both: 'Passive and active',
};

/** Steps of the funnel on the home page, in order. */
export const funnelSteps: Readonly<Record<string, string>> = {
  opened: 'Opened',
  consent: 'Consent',
  camera: 'Camera',
  face: 'Face found',
  challenge: 'Challenge done',
  match: 'Matched',
};

/** Kinds of a transaction's timeline. */
export const timelineKinds: Readonly<
  Record<string, { readonly title: string; readonly mood: Mood; readonly meaning: string }>
> = {
  opened: { title: 'Capture page opened', mood: 'accent', meaning: 'The start token was accepted.' },
  consent: { title: 'Consent given', mood: 'accent', meaning: 'The user agreed to the consent text.' },
  attempt: { title: 'Attempt failed', mood: 'danger', meaning: 'This attempt did not pass.' },
  camera: { title: 'Camera streaming', mood: 'accent', meaning: 'Pictures arrive from the browser.' },
  face: { title: 'Face found', mood: 'accent', meaning: 'A face was large, sharp and bright enough.' },
  challenge: { title: 'Challenge done', mood: 'accent', meaning: 'Every colour or direction was answered.' },
  passed: { title: 'Passed', mood: 'success', meaning: 'Live, and the face matched.' },
  failed: { title: 'Failed', mood: 'danger', meaning: 'No attempt passed.' },
  cancelled: { title: 'Cancelled', mood: 'neutral', meaning: 'The user ended it.' },
  expired: { title: 'Expired', mood: 'warning', meaning: 'The session time ran out.' },
  refused: { title: 'Refused', mood: 'danger', meaning: 'Refused before a capture could start.' },
  returned: {
    title: 'Result sent back',
    mood: 'accent',
    meaning: 'The signed result went through the browser to the identity provider.',
  },
  return_refused: {
    title: 'Return refused',
    mood: 'danger',
    meaning: 'The result was asked for twice or by another browser.',
  },
  confirmed: {
    title: 'Confirmed to the identity provider',
    mood: 'success',
    meaning: 'The Action asked once and was told yes.',
  },
  confirm_refused: {
    title: 'Confirmation refused',
    mood: 'danger',
    meaning: 'The Action asked again, too late, or with a result that does not fit.',
  },
};

/** Kinds of audit events, grouped by what stands before the dot. A test compares them with those that the server writes. */
export const auditKinds: Readonly<Record<string, string>> = {
  'administrator.created': 'Administrator created',
  'administrator.joined': 'Administrator joined',
  'administrator.passkey_added': 'Passkey added',
  'administrator.passkey_count_went_back': 'Passkey refused: a copy may exist',
  'administrator.passkey_removed': 'Passkey removed',
  'administrator.passkey_renamed': 'Passkey renamed',
  'administrator.password_changed': 'Password changed',
  'administrator.password_reset': 'Password set anew by mail link',
  'administrator.password_reset_requested': 'New password asked for',
  'administrator.reauthentication_failed': 'Proof of identity failed',
  'administrator.recovery_code_used': 'Recovery code used',
  'administrator.recovery_codes_renewed': 'Recovery codes renewed',
  'administrator.removed': 'Administrator removed',
  'administrator.renamed': 'Administrator renamed',
  'administrator.role_changed': 'Role changed',
  'administrator.second_factor_reset': 'Second factor taken away',
  'administrator.second_factor_set': 'Second factor set up',
  'administrator.session_revoked': 'Session ended',
  'administrator.sessions_revoked': 'All sessions ended',
  'administrator.sign_in_failed': 'Sign-in failed',
  'administrator.signed_in': 'Signed in',
  'administrator.signed_out': 'Signed out',
  'api_key.created': 'API key created',
  'api_key.revoked': 'API key revoked',
  'audit.checked': 'Audit chain verified',
  'audit.exported': 'Audit trail exported',
  'consent_text.published': 'Consent text published',
  'credential.renewed': 'Templates renewed by a check under the former model',
  'credential.adapted': 'Sample added after a strong match',
  'credential.adaptation_removed': 'Adapted sample removed',
  'credential.purged': 'Unconfirmed credential removed',
  'demo.seed_started': 'Made-up history begins',
  'demo.seeded': 'Made-up users added',
  'integration.created': 'Integration created',
  'integration.deleted': 'Integration deleted',
  'integration.secret_rotated': 'Session Secret rotated',
  'integration.simulated': 'Test login started',
  'integration.updated': 'Integration changed',
  'invitation.created': 'Invitation sent',
  'invitation.revoked': 'Invitation withdrawn',
  'settings.mail_changed': 'Mail server changed',
  'settings.mail_tested': 'Test mail sent',
  'settings.updated': 'Settings changed',
  'start.refused': 'Start token refused',
  'subject.deleted': 'User deleted',
  'subject.exported': 'User data exported',
  'subject.list_exported': 'List of users exported',
  'subject.locked': 'User locked after failed attempts',
  'subject.notes_changed': 'Notes changed',
  'subject.re_enrolment_requested': 'Re-enrolment requested',
  'subject.suspended': 'User suspended',
  'subject.unlocked': 'User reactivated',
  'tenant.created': 'Organisation created',
  'tenant.key_rewrapped': 'Organisation key re-wrapped',
  'tenant.renamed': 'Organisation renamed',
  'transaction.list_exported': 'List of transactions exported',
  'verification.attempt_charged': 'Attempt started',
  'verification.attempt_lost': 'Attempt failed',
  'verification.cancelled': 'Verification cancelled',
  'verification.confirm_refused': 'Confirmation refused',
  'verification.confirmed': 'Result confirmed',
  'verification.consented': 'Consent given',
  'verification.expired': 'Verification expired',
  'verification.failed': 'Verification failed',
  'verification.opened': 'Verification opened',
  'verification.passed': 'Verification passed',
  'verification.refused': 'Verification refused',
  'verification.return_refused': 'Return refused',
  'verification.returned': 'Result sent back',
};

export const auditKindTitle = (kind: string): string => auditKinds[kind] ?? spellOut(kind);

/** Groups for the filter of the audit page; the server takes a beginning that ends with a dot. */
export const auditGroups: Readonly<Record<string, string>> = {
  'administrator.': 'Administrators and sign-ins',
  'invitation.': 'Invitations',
  'integration.': 'Integrations',
  'api_key.': 'API keys',
  'subject.': 'Users',
  'credential.': 'Credentials',
  'verification.': 'Verifications',
  'start.': 'Refused starts',
  'transaction.': 'Exports of transactions',
  'tenant.': 'Organisation',
  'settings.': 'Settings',
  'consent_text.': 'Consent texts',
  'audit.': 'Audit trail',
  'demo.': 'Made-up data',
};

const kActors: Readonly<Record<string, string>> = {
  cli: 'Command line',
  system: 'System',
  browser: 'The user’s browser',
};

/** Who did it: an administrator by name, otherwise what kind of actor it is. */
export function actorTitle(actor: string, name: string | null): string {
  if (name !== null && name !== '') return name;
  if (actor.startsWith('int_')) return 'Identity provider';
  return kActors[actor] ?? actor;
}

/** Steps of the simulator, in order, with what each proves and what to change when it is red. */
export const simulationSteps: Readonly<
  Record<
    string,
    {
      readonly title: string;
      readonly proves: string;
      /** What it proves in the next login of the same test user, where that differs. */
      readonly provesNext?: string;
      readonly remedy: string;
    }
  >
> = {
  integration_ready: {
    title: 'Integration',
    proves: 'It is enabled and has a valid Session Secret.',
    remedy: 'Enable the integration in Settings, or rotate its secret in Credentials.',
  },
  start_token_accepted: {
    title: 'Start token',
    proves: 'A token signed as the Action signs it opens a verification.',
    remedy:
      'Compare the return domains in Settings with the domain that logins run on, and check the clock of this server.',
  },
  page_opened: {
    title: 'Capture page',
    proves: 'Your browser reaches the public address of Countersign.',
    remedy: 'Check the public address of the server, its certificate and the firewall.',
  },
  consent_given: {
    title: 'Consent',
    proves: 'The consent text is shown and recorded.',
    provesNext: 'The consent of the first login still holds: nobody is asked twice.',
    remedy: 'Agree on the capture page to go on.',
  },
  camera_streaming: {
    title: 'Camera',
    proves: 'The browser sends pictures.',
    remedy: 'Allow the camera for this site and close other programs that use it.',
  },
  face_measured: {
    title: 'Face',
    proves: 'The face engine sees a usable face.',
    remedy: 'Sit in even light from the front, alone, at arm’s length.',
  },
  challenge_done: {
    title: 'Challenge',
    proves: 'The live challenge ran to its end.',
    remedy: 'Stay on the page, turn the brightness of the screen up, and follow the directions.',
  },
  verdict: {
    title: 'Verdict',
    proves: 'The person is live, and the face is enrolled.',
    provesNext: 'The person is live, and the face matches the enrolled one.',
    remedy: 'Try again in better light.',
  },
  returned: {
    title: 'Way back',
    proves: 'The result travels back through the browser.',
    remedy: 'Finish on the capture page; do not close it early.',
  },
  result_verified: {
    title: 'Result',
    proves: 'Signature, state, user and nonce of the result fit the start.',
    remedy: 'Start the test again from this page, in one browser.',
  },
  confirmed: {
    title: 'Confirmation',
    proves: 'The server-to-server question is answered yes.',
    remedy: 'Start again: the answer is given once and within a minute.',
  },
  replay_refused: {
    title: 'Replay',
    proves: 'The same result cannot be used a second time.',
    remedy: 'This must never be red. Tell whoever runs the server, and stop using the integration.',
  },
};
