/** When a login does not come back with a token: what happened in words, and the code for support. */
import { html } from '../html.js';

/** @import { Markup } from '../html.js' */
/** @import { Profile } from '../types.d.ts' */

const TEXTS = /** @type {Record<string, [string, string]>} */ ({
  biometric_mfa_failed: [
    'We could not confirm that it is you',
    'Good light and a clear view of your face help. Please try again.',
  ],
  biometric_mfa_cancelled: [
    'You stopped the face check',
    'Nothing has happened. You can start again at any time.',
  ],
  biometric_mfa_locked: [
    'The face check is paused',
    'There were too many attempts on this account. Please wait a while or ask support.',
  ],
  biometric_mfa_not_enrolled: [
    'Your face is not set up yet',
    'Your administrator sets this up with you first.',
  ],
  biometric_mfa_disabled: [
    'The face check is switched off',
    'Your administrator has switched it off for now. Please ask support.',
  ],
  biometric_mfa_expired: [
    'That took a little too long',
    'For your safety the face check ends after a while. Please start again.',
  ],
  biometric_mfa_invalid_response: [
    'That answer did not belong to this login',
    'The result was used before or was changed on its way. Please start again.',
  ],
  biometric_mfa_unavailable: [
    'The face check cannot be reached',
    'This is not your fault. Please try again in a few minutes.',
  ],
  biometric_mfa_misconfigured: [
    'The face check is not set up correctly',
    'Your administrator needs to look at its settings.',
  ],
  biometric_mfa_required: ['This login needs your face', 'Please log in with a browser.'],
  interaction_required: [
    'You are needed for this login',
    'It cannot be done silently: password or face have to be asked for again.',
  ],
  login_required: ['You are not logged in', 'The silent login found no session. Please log in.'],
});

/**
 * @param {{ profile: Profile, error: string, description: string }} view
 * @returns {Markup}
 */
export function problemPage({ profile, error, description }) {
  const code = TEXTS[description] ? description : error;
  const [title, text] = TEXTS[code] ?? ['The login did not finish', 'Please start again.'];
  return html`<section class="narrow card problem-page" id="problem" data-code="${code}">
  <h1>${title}</h1>
  <p class="lead small">${text}</p>
  <p class="actions">
    <a class="button" href="${profile.path}/login">Try again</a>
    <a class="button quiet" href="${profile.path}/">Back to the start</a>
  </p>
  <p class="fine">Code for support: <code>${code}</code></p>
</section>`;
}

/** @type {(profile: Profile) => Markup} */
export function notFoundPage(profile) {
  return html`<section class="narrow card">
  <h1>There is nothing here</h1>
  <p class="lead small">The page does not exist, or it was for somebody else.</p>
  <p class="actions"><a class="button" href="${profile.path}/">Back to the start</a></p>
</section>`;
}
