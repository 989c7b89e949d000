import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isFreshEnough, isFromLoginSince, readAssurance } from '../src/assurance.js';
import { money, openBank, readOrder } from '../src/bank.js';
import { html } from '../src/html.js';

const CLAIM = 'https://mfa.example/amr';
const token = (value, at, iat = at) => ({ [CLAIM]: value, [`${CLAIM}_at`]: at, iat });

describe('assurance', () => {
  for (const [what, claims, face] of [
    ['the mfa array', token(['mfa'], 100), true],
    ['an array with more in it', token(['face', 'mfa'], 100), true],
    ['an array without mfa', token(['pwd'], 100), false],
    ['a word', token('mfa', 100), false],
    ['the bare claim name', { amr: ['mfa'] }, false],
    ['no claims', undefined, false],
  ]) {
    it(`reads ${what} as ${face ? 'a face' : 'no face'}`, () => {
      assert.equal(readAssurance(claims, CLAIM).face, face);
    });
  }

  for (const [what, claims, now, fresh] of [
    ['within the age', token(['mfa'], 1000), 1300, true],
    ['one second too old', token(['mfa'], 1000), 1301, false],
    ['far in the future', token(['mfa'], 1100), 1000, false],
    ['without a time', { [CLAIM]: ['mfa'] }, 1000, false],
    ['with a time that is no number', token(['mfa'], '1000'), 1000, false],
    ['without the claim', { [`${CLAIM}_at`]: 1000 }, 1000, false],
  ]) {
    it(`is ${fresh ? '' : 'not '}fresh on demand when ${what}`, () => {
      assert.equal(isFreshEnough(claims, { claimName: CLAIM, maxAgeSeconds: 300, nowSeconds: now }), fresh);
    });
  }

  it('asks for a login after the request in always-on mode', () => {
    const rule = { claimName: CLAIM, sinceSeconds: 1000 };
    assert.equal(isFromLoginSince(token(['mfa'], 1001), rule), true);
    assert.equal(isFromLoginSince(token(['mfa'], 900), rule), false);
    assert.equal(isFromLoginSince({ iat: 1001 }, rule), false);
  });
});

describe('the bank', () => {
  it('books a transfer once', () => {
    const bank = openBank();
    const before = bank.account('a').cents;
    const transfer = bank.request('a', { to: 'x', reference: '', cents: 500 });
    bank.execute(transfer);
    bank.execute(transfer);
    assert.equal(bank.account('a').cents, before - 500);
  });

  it('shows a transfer to its owner only, and an unconfirmed one for a quarter of an hour', () => {
    const clock = { now: 1000 };
    const bank = openBank({ now: () => clock.now });
    const { id } = bank.request('a', { to: 'x', reference: '', cents: 500 });
    assert.ok(bank.find('a', id));
    assert.equal(bank.find('b', id), undefined);
    clock.now += 901;
    assert.equal(bank.find('a', id), undefined);
  });

  for (const [amount, cents] of [
    ['250.00', 25_000],
    ['0,99', 99],
    ['7', 700],
    ['0', 0],
    ['-5', 0],
    ['1e3', 0],
    ['12.345', 0],
    ['', 0],
  ]) {
    it(`reads the amount ${JSON.stringify(amount)} as ${cents} cents`, () => {
      const { order, problems } = readOrder({ to: 'x', amount }, 1_000_000);
      assert.equal(order.cents, cents);
      assert.equal('amount' in problems, cents === 0);
    });
  }

  it('spends no more than there is', () => {
    assert.ok(readOrder({ to: 'x', amount: '10.01' }, 1000).problems.amount);
    assert.deepEqual(readOrder({ to: 'x', amount: '10.00' }, 1000).problems, {});
  });

  it('writes money with a real minus sign', () => {
    assert.equal(money(-123_456), '\u2212€1,234.56');
  });
});

describe('html', () => {
  it('escapes every value that is not markup itself', () => {
    assert.equal(
      html`<p>${'<b a="1">&\''}${html`<i></i>`}${[1, '<']}${null}</p>`.text,
      '<p>&lt;b a=&quot;1&quot;&gt;&amp;&#39;<i></i>1&lt;</p>',
    );
  });
});
