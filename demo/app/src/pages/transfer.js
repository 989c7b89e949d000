/** The protected activity: form, review before the face check, receipt. */
import { money } from '../bank.js';
import { html } from '../html.js';

/** @import { Markup } from '../html.js' */
/** @import { Transfer } from '../bank.js' */
/** @import { Profile } from '../types.d.ts' */

/**
 * @param {{ profile: Profile, balance: number, values?: Record<string, string>, problems?: Record<string, string> }} view
 * @returns {Markup}
 */
export function transferPage({ profile, balance, values = {}, problems = {} }) {
  /** @type {(name: string, label: string, extra: Markup, hint?: string) => Markup} */
  const field = (name, label, extra, hint) => {
    const described = [problems[name] ? `${name}-problem` : '', hint ? `${name}-hint` : ''].join(' ').trim();
    return html`<div class="field">
  <label for="${name}">${label}</label>
  ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ''}
  <input id="${name}" name="${name}" value="${values[name] ?? ''}"${described ? html` aria-describedby="${described}"` : ''}${
    problems[name] ? html` aria-invalid="true"` : ''
  } ${extra}>
  ${problems[name] ? html`<p class="problem" id="${name}-problem">${problems[name]}</p>` : ''}
</div>`;
  };
  const failed = Object.keys(problems).length > 0;
  return html`<section class="narrow card">
  <p class="back"><a class="link" href="${profile.path}/dashboard">Back to your account</a></p>
  <h1>Transfer money</h1>
  ${failed ? html`<p class="notice bad" role="alert">Please look at the marked fields.</p>` : ''}
  <form id="transfer-form" method="post" action="${profile.path}/transfer" novalidate>
    ${field('to', 'To', html`autocomplete="off" required maxlength="60"`)}
    ${field('amount', 'Amount in euro', html`inputmode="decimal" autocomplete="off" required`, `You have ${money(balance)}.`)}
    ${field('reference', 'Reference', html`autocomplete="off" maxlength="80"`)}
    <button class="button" type="submit">Review transfer</button>
  </form>
</section>`;
}

/** @type {(transfer: Transfer) => Markup} */
const summary = (transfer) => html`<dl class="summary">
  <div><dt>To</dt><dd>${transfer.to}</dd></div>
  <div><dt>Reference</dt><dd>${transfer.reference || 'none'}</dd></div>
  <div class="total"><dt>Amount</dt><dd>${money(transfer.cents)}</dd></div>
</dl>`;

/** @type {(view: { profile: Profile, transfer: Transfer, declined: boolean }) => Markup} */
export function reviewPage({ profile, transfer, declined }) {
  return html`<section class="narrow card">
  <p class="back"><a class="link" href="${profile.path}/transfer">Change something</a></p>
  <h1>Is this right?</h1>
  ${declined ? html`<p class="notice bad" role="alert">We still need to see that it is you. Nothing was sent.</p>` : ''}
  ${summary(transfer)}
  <p class="lead small">Before the money moves, we need to see that it is you.</p>
  <p class="actions"><a class="button wide" id="confirm" href="${profile.path}/transfer/${transfer.id}/verify">Confirm with your face</a></p>
</section>`;
}

/** @type {(view: { profile: Profile, transfer: Transfer }) => Markup} */
export function receiptPage({ profile, transfer }) {
  return html`<section class="narrow card receipt" id="receipt">
  <svg class="tick" viewBox="0 0 64 64" width="64" height="64" aria-hidden="true"><circle cx="32" cy="32" r="30"/><path d="M20 33l8 8 17-18"/></svg>
  <h1>Your money is on its way</h1>
  <p class="lead small">Confirmed with your face.</p>
  ${summary(transfer)}
  <p class="fine">Receipt <code>${transfer.id}</code></p>
  <p class="actions"><a class="button wide" href="${profile.path}/dashboard">Back to your account</a></p>
</section>`;
}
