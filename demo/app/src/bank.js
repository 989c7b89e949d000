/** The accounts of the sample bank, in memory. Money is whole cents. */
import { randomUUID } from 'node:crypto';

const OPENING_CENTS = 1_284_050;
const PENDING_SECONDS = 900;

/** @typedef {{ id: string, owner: string, to: string, reference: string, cents: number, requestedAt: number, doneAt: number | null }} Transfer */
/** @typedef {{ label: string, detail: string, cents: number }} Entry */

/** @param {{ now?: () => number }} [options] clock in epoch seconds */
export function openBank({ now = () => Math.floor(Date.now() / 1000) } = {}) {
  /** @type {Map<string, { cents: number, entries: Entry[] }>} */
  const accounts = new Map();
  /** @type {Map<string, Transfer>} */
  const transfers = new Map();

  /** @param {string} owner */
  function account(owner) {
    const known = accounts.get(owner);
    if (known) return known;
    const opened = {
      cents: OPENING_CENTS,
      entries: [
        { label: 'Lighthouse Studio', detail: 'Salary', cents: 412_000 },
        { label: 'Quay Street Grocers', detail: 'Card payment', cents: -6_420 },
        { label: 'Tideline Energy', detail: 'Direct debit', cents: -8_915 },
      ],
    };
    accounts.set(owner, opened);
    return opened;
  }

  return {
    account,
    now,

    /**
     * @param {string} owner
     * @param {{ to: string, reference: string, cents: number }} order
     * @returns {Transfer}
     */
    request(owner, order) {
      const transfer = { id: randomUUID(), owner, ...order, requestedAt: now(), doneAt: null };
      transfers.set(transfer.id, transfer);
      return transfer;
    },

    /**
     * @param {string} owner
     * @param {string} id
     * @returns {Transfer | undefined} only the owner's own, and only as long as it may still be confirmed
     */
    find(owner, id) {
      const transfer = transfers.get(id);
      if (transfer?.owner !== owner) return undefined;
      const lapsed = transfer.doneAt === null && now() - transfer.requestedAt > PENDING_SECONDS;
      return lapsed ? undefined : transfer;
    },

    /** Books the transfer once. @param {Transfer} transfer */
    execute(transfer) {
      if (transfer.doneAt !== null) return;
      transfer.doneAt = now();
      const own = account(transfer.owner);
      own.cents -= transfer.cents;
      own.entries.unshift({
        label: transfer.to,
        detail: transfer.reference || 'Transfer',
        cents: -transfer.cents,
      });
    },
  };
}

/** @typedef {ReturnType<typeof openBank>} Bank */

/** @type {(cents: number) => string} */
export const money = (cents) =>
  new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' })
    .format(cents / 100)
    .replace('-', '\u2212');

/**
 * @param {Record<string, unknown>} form
 * @param {number} balance in cents
 * @returns {{ order: { to: string, reference: string, cents: number }, problems: Record<string, string> }}
 */
export function readOrder(form, balance) {
  const text = (/** @type {string} */ name) => (typeof form[name] === 'string' ? form[name].trim() : '');
  const amount = text('amount').replace(',', '.');
  const cents = /^\d{1,7}(\.\d{1,2})?$/.test(amount) ? Math.round(Number(amount) * 100) : 0;
  const order = { to: text('to').slice(0, 60), reference: text('reference').slice(0, 80), cents };
  /** @type {Record<string, string>} */
  const problems = {};
  if (order.to === '') problems.to = 'Enter who receives the money.';
  if (cents === 0) problems.amount = 'Enter an amount such as 250.00.';
  else if (cents > balance) problems.amount = `You have ${money(balance)} to spend.`;
  return { order, problems };
}
