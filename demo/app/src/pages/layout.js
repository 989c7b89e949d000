/** The frame around every page. No script anywhere; the style sheet is a file. */
import { html } from '../html.js';

/** @import { Markup } from '../html.js' */
/** @import { Profile } from '../types.d.ts' */

const LOGO = html`<svg class="logo" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
  <rect width="32" height="32" rx="9" class="logo-ground"/>
  <path d="M7 20c3 0 3-2 6-2s3 2 6 2 3-2 6-2" class="logo-line"/>
  <path d="M16 7v7M12.5 10.5h7" class="logo-line"/>
  <path d="M7 25c3 0 3-2 6-2s3 2 6 2 3-2 6-2" class="logo-line logo-faint"/>
</svg>`;

/**
 * The switch between the two request modes.
 * @type {(profiles: Profile[], current: Profile, target: string) => Markup}
 */
export function modeSwitch(profiles, current, target) {
  return html`<nav class="switch" aria-label="Request mode">
  ${profiles.map(
    (profile) =>
      html`<a href="${profile.path}/${target}"${
        profile.id === current.id ? html` aria-current="true"` : ''
      }>${profile.title}</a>`,
  )}
</nav>`;
}

/**
 * @param {{ title: string, body: Markup, profile: Profile, profiles: Profile[], target?: string, name?: string }} view
 * @returns {string}
 */
export function layout({ title, body, profile, profiles, target = '', name }) {
  const person = name
    ? html`<span class="person"><span class="avatar" aria-hidden="true">${name.slice(0, 1)}</span><span class="person-name">${name}</span></span>
  <a class="link" href="${profile.path}/logout">Log out</a>`
    : html`<a class="button small" href="${profile.path}/login">Log in</a>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Harbour Bank</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
${['base', 'start', 'account'].map((sheet) => html`<link rel="stylesheet" href="/assets/${sheet}.css">\n`)}
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="top">
  <div class="wrap">
    <a class="brand" href="${profile.path}/">${LOGO}<span>Harbour Bank</span></a>
    ${modeSwitch(profiles, profile, target)}
    <div class="account">${person}</div>
  </div>
</header>
<main id="content" class="wrap">
${body}
</main>
<footer class="wrap foot">
  <p>A sample application on an unmodified OpenID Connect library. No real money, no real bank.</p>
</footer>
</body>
</html>`.text;
}
