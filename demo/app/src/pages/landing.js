/** The start page: what the bank does, and the choice between the two request modes. */
import { html } from '../html.js';

/** @import { Markup } from '../html.js' */
/** @import { AppOptions, Profile } from '../types.d.ts' */

const SCENE = html`<svg class="scene" viewBox="0 0 420 420" role="img" aria-label="A face inside an oval with a finished progress ring">
  <defs><clipPath id="oval"><ellipse cx="210" cy="190" rx="98" ry="126"/></clipPath></defs>
  <rect x="20" y="20" width="380" height="380" rx="40" class="scene-panel"/>
  <ellipse cx="210" cy="190" rx="98" ry="126" class="scene-glass"/>
  <g clip-path="url(#oval)">
    <path d="M96 340c6-62 48-84 84-90l6-26h48l6 26c36 6 78 28 84 90z" class="scene-body"/>
    <path d="M156 168c0-46 22-72 54-72s54 26 54 72c0 44-26 80-54 80s-54-36-54-80z" class="scene-face"/>
    <g class="scene-mesh">
      <path d="M180 164l30 26 30-26M180 164l-10 42 40 34 40-34-10-42M170 206l40-16 40 16M188 214l22 26 22-26M180 164l30-42 30 42"/>
    </g>
    <g class="scene-dots">
      <circle cx="180" cy="164" r="4"/><circle cx="240" cy="164" r="4"/><circle cx="210" cy="190" r="4"/>
      <circle cx="188" cy="214" r="4"/><circle cx="232" cy="214" r="4"/><circle cx="210" cy="122" r="3"/>
      <circle cx="170" cy="206" r="3"/><circle cx="250" cy="206" r="3"/><circle cx="210" cy="240" r="3"/>
    </g>
  </g>
  <ellipse cx="210" cy="190" rx="108" ry="136" class="scene-track"/>
  <ellipse cx="210" cy="190" rx="108" ry="136" class="scene-ring" pathLength="100"/>
  <g class="scene-chip">
    <rect x="126" y="346" width="168" height="36" rx="18"/>
    <path d="M146 364l6 6 11-12" class="scene-tick"/>
    <rect x="178" y="360" width="92" height="8" rx="4" class="scene-word"/>
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
