/** The protected page: money on one side, what the token says on the other. */
import { readAssurance } from '../assurance.js';
import { money } from '../bank.js';
import { html } from '../html.js';

/** @import { Markup } from '../html.js' */
/** @import { Entry } from '../bank.js' */
/** @import { Profile } from '../types.d.ts' */

/** @type {(at: number) => string} */
const clockTime = (at) => new Date(at * 1000).toISOString().replace('T', ' ').slice(0, 19).concat(' UTC');

/**
 * A JSON text in lines, those of the claim marked. The text content stays valid JSON.
 * @type {(value: Record<string, unknown>, claimName: string) => Markup}
 */
function jsonLines(value, claimName) {
  const entries = Object.entries(value);
  const lines = entries.map(([name, content], index) => {
    const marked = name === claimName || name === `${claimName}_at`;
    const comma = index < entries.length - 1 ? ',' : '';
    const line = html`<span class="key">${JSON.stringify(name)}</span>: <span class="value">${JSON.stringify(content)}</span>${comma}`;
    return marked ? html`  <mark>${line}</mark>` : html`  ${line}`;
  });
  return html`{\n${lines.map((line, index) => html`${line}${index < lines.length - 1 ? '\n' : ''}`)}\n}`;
}

/** @type {(claims: Record<string, unknown>, claimName: string) => Markup} */
function assuranceBadge(claims, claimName) {
  const { face, at } = readAssurance(claims, claimName);
  return face
    ? html`<p class="badge good" id="assurance" data-face="yes"><span class="dot" aria-hidden="true"></span>Password and face${
        at === null ? '' : html`<span class="when">checked ${clockTime(at)}</span>`
      }</p>`
    : html`<p class="badge plain" id="assurance" data-face="no"><span class="dot" aria-hidden="true"></span>Password only<span class="when">no mfa claim in this token</span></p>`;
}

/** @type {(entry: Entry) => Markup} */
const row = ({ label, detail, cents }) => html`<li>
  <span class="entry"><strong>${label}</strong><span>${detail}</span></span>
  <span class="amount${cents > 0 ? ' in' : ''}">${cents > 0 ? '+' : ''}${money(cents)}</span>
</li>`;

/**
 * @param {{ profile: Profile, claims: Record<string, unknown>, header: Record<string, unknown>, claimName: string,
 *           account: { cents: number, entries: Entry[] }, silent: boolean }} view
 * @returns {Markup}
 */
export function dashboardPage({ profile, claims, header, claimName, account, silent }) {
  return html`<h1 class="greeting">Good to see you, ${String(claims.name ?? claims.sub).split(' ')[0]}.</h1>
${silent ? html`<p class="notice" role="status">The silent login (prompt=none) went through: your session is still good.</p>` : ''}
<div class="columns">
  <div class="column">
    <section class="card balance" aria-labelledby="balance">
      <h2 id="balance">Current account</h2>
      <p class="figure">${money(account.cents)}</p>
      <p class="iban">HB42 0000 7731 2206 18</p>
      <a class="button" id="transfer" href="${profile.path}/transfer">Transfer money</a>
    </section>
    <section class="card" aria-labelledby="activity">
      <h2 id="activity">Recent activity</h2>
      <ul class="ledger">${account.entries.slice(0, 6).map(row)}</ul>
    </section>
  </div>
  <section class="card session" aria-labelledby="session">
    <h2 id="session">How you logged in</h2>
    ${assuranceBadge(claims, claimName)}
    <h3>ID token</h3>
    <div class="token" tabindex="0" role="region" aria-label="Decoded ID token">
      <p class="part">Header</p>
      <pre id="id-token-header">${jsonLines(header, claimName)}</pre>
      <p class="part">Payload</p>
      <pre id="id-token">${jsonLines(claims, claimName)}</pre>
    </div>
    <p class="fine">The claim <code>${claimName}</code> is what an application checks before it does something that matters.</p>
    <p class="fine"><a class="link" id="silent" href="${profile.path}/silent">Check the session silently (prompt=none)</a></p>
  </section>
</div>`;
}
