/** The start page: what the bank does, and the choice between the two request modes. */
import { html } from '../html.js';

/** @import { Markup } from '../html.js' */
/** @import { AppOptions, Profile } from '../types.d.ts' */

const SCENE = html`<svg class="scene" viewBox="0 0 420 420" role="img" aria-label="A face inside an oval with a finished progress ring">
  <rect x="28" y="28" width="364" height="364" rx="40" class="scene-panel"/>
  <ellipse cx="210" cy="196" rx="96" ry="124" class="scene-track"/>
  <ellipse cx="210" cy="196" rx="96" ry="124" class="scene-ring" pathLength="100"/>
  <path d="M134 288c8-44 40-62 76-62s68 18 76 62" class="scene-person"/>
  <ellipse cx="210" cy="172" rx="44" ry="54" class="scene-person"/>
  <g class="scene-dots"><circle cx="194" cy="164" r="3.5"/><circle cx="226" cy="164" r="3.5"/></g>
  <path d="M196 194c8 8 20 8 28 0" class="scene-smile"/>
  <g class="scene-chip">
    <rect x="112" y="336" width="196" height="40" rx="20"/>
    <path d="M136 356l7 7 13-14" class="scene-tick"/>
    <rect x="172" y="352" width="108" height="8" rx="4" class="scene-word"/>
  </g>
</svg>`;

const STEPS = /** @type {Record<Profile['id'], [string, string][]>} */ ({
  'on-demand': [
    [
      'Log in with your password',
      'Looking around needs nothing more. Your token says nothing about a face yet.',
    ],
    [
      'Ask for something that matters',
      'The transfer sends acr_values to the identity provider: this one needs your face.',
    ],
    ['Show your face once', 'The new token carries the mfa claim, and it serves for a few minutes.'],
  ],
  always: [
    ['Log in with password and face', 'The identity provider lets nobody through on the password alone.'],
    ['See the claim in your token', 'The dashboard shows the decoded ID token with the mfa claim.'],
    [
      'Show it again for each transfer',
      'Every login check asks again, so a forgotten laptop moves no money.',
    ],
  ],
});

/** @type {(users: AppOptions['demoUsers']) => Markup | ''} */
function tryIt(users) {
  if (!users?.length) return '';
  return html`<section class="try" aria-labelledby="try">
  <h2 id="try">Try it as</h2>
  <dl>${users.map(
    ({ username, password }) =>
      html`<div><dt>${username}</dt><dd>password <code>${password}</code></dd></div>`,
  )}</dl>
</section>`;
}

/** @type {(view: { profile: Profile, demoUsers: AppOptions['demoUsers'] }) => Markup} */
export function landingPage({ profile, demoUsers }) {
  return html`<section class="hero">
  <div>
    <p class="eyebrow">${profile.title}</p>
    <h1>Your face has the last word.</h1>
    <p class="lead">${profile.summary} No codes to type, nothing to carry, nothing to lose.</p>
    <p class="actions">
      <a class="button" href="${profile.path}/login">Log in to Harbour Bank</a>
      <a class="button quiet" href="#how">How it works</a>
    </p>
  </div>
  ${SCENE}
</section>
<section id="how" class="steps" aria-labelledby="how-title">
  <h2 id="how-title">${profile.title}, step by step</h2>
  <ol>${STEPS[profile.id].map(
    ([title, text]) => html`<li class="card"><h3>${title}</h3><p>${text}</p></li>`,
  )}</ol>
</section>
${tryIt(demoUsers)}`;
}
