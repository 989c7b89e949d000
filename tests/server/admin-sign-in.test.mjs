// Signing in to the portal's API: cookies, guesses, and the mails that lead back in, with a mail server that catches them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { freePort } from '../../demo/countersign-server.mjs';
import { Administrator, call, ownPage, person, told } from './administrators.mjs';
import { catcher, linkIn, mailSettings } from './mailbox.mjs';
import { certificate, place, Shared, started } from './support.mjs';

const limit = { timeout: 120_000 };
const world = {};
const suite = new Shared();

before(async () => {
  world.here = await place(suite);
  await started(world.here);
  world.owner = await Administrator.first(world.here.portalUrl, person('owner'));
  for (const role of ['admin', 'auditor']) world[role] = await world.owner.invite(role, person(role));
}, limit);
after(() => suite.close());

describe('the cookie of a session', limit, () => {
  const { email, password } = person('auditor');

  test('is of this host alone, kept from scripts and other sites, and ends with the browser', async () => {
    const answer = await call(world.here.portalUrl, 'POST', '/session', {
      body: { email, password },
      headers: ownPage,
    });
    const [value, ...attributes] = answer.headers['set-cookie'][0].split('; ');
    assert.match(value, /^__Host-adm=[\w-]{43}$/);
    assert.deepEqual(attributes.sort(), ['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
  });

  test('is never one that came along, and changes when the second factor held', async () => {
    const browser = new Administrator(world.here.portalUrl);
    browser.cookie = '__Host-adm=planted-by-somebody-else-0123456789abcdefghi';
    const planted = browser.cookie;
    await browser.take('POST', '/session', { email, password });
    const half = browser.cookie;
    assert.notEqual(half, planted);
    const [code] = world.auditor.recoveryCodes;
    await browser.take('POST', '/session/second-factor', { recovery_code: code });
    assert.notEqual(browser.cookie, half);
    const { state } = await browser.take('GET', '/session');
    assert.equal(state, 'active');
    for (const old of [planted, half]) {
      const headers = { ...ownPage, Cookie: old };
      assert.equal(
        told(await call(world.here.portalUrl, 'GET', '/account', { headers })),
        '401 unauthenticated',
      );
    }
  });

  test('opens for a recovery code once', async () => {
    const browser = new Administrator(world.here.portalUrl);
    await browser.take('POST', '/session', { email, password });
    const [code] = world.auditor.recoveryCodes;
    const again = await browser.ask('POST', '/session/second-factor', { recovery_code: code });
    assert.equal(told(again), '401 unauthenticated');
  });
});

describe('guessing at the second factor', limit, () => {
  test('takes ten tries whatever session they come from, then not even the right code', async () => {
    const { admin, here } = world;
    const { email, password } = admin;
    const guesser = new Administrator(here.portalUrl);
    await guesser.take('POST', '/session', { email, password });
    const guess = (proof) => guesser.ask('POST', '/session/second-factor', proof);
    const answers = await Promise.all(Array.from({ length: 12 }, () => guess({ totp: 'guess!' })));
    const counted = answers.map(told).sort();
    assert.deepEqual(counted, [
      ...Array(10).fill('401 unauthenticated'),
      ...Array(2).fill('429 rate_limited'),
    ]);
    const right = await guess({ recovery_code: admin.recoveryCodes[0] });
    assert.equal(told(right), '429 rate_limited');
    assert.ok(Number(right.headers['retry-after']) > 0);
    assert.equal(told(await admin.ask('GET', '/account')), '200', 'who is signed in stays so');
  });
});

describe('mails of the portal', limit, () => {
  test('an invitation arrives, its link works once, and only the mail has it', async (t) => {
    const { owner, here } = world;
    const post = await catcher(t);
    await owner.take('PUT', '/settings/mail', mailSettings(post.port));
    const made = await owner.take('POST', '/invitations', {
      email: 'nils@harbour.example',
      role: 'helpdesk',
    });
    assert.deepEqual([made.mailed, made.link, made.invitation.invited_by], [true, null, owner.name]);

    const mail = await post.next();
    assert.deepEqual(
      [mail.from, mail.to, mail.subject],
      [
        'Countersign <portal@harbour.example>',
        '<nils@harbour.example>',
        'You are invited to run Harbour Bank in Countersign',
      ],
    );
    const link = linkIn(mail);
    assert.equal(link.origin, here.portalUrl);
    const token = link.searchParams.get('token');
    const nils = new Administrator(here.portalUrl);
    const preview = await nils.take('POST', '/invitations/lookup', { token });
    assert.deepEqual([preview.invited_by, preview.role], [owner.name, 'helpdesk']);
    const answer = { token, name: 'Nils', password: person('nils').password };
    await nils.take('POST', '/invitations/accept', answer);
    assert.equal(told(await nils.ask('POST', '/invitations/accept', answer)), '410 gone');
    assert.ok(!readFileSync(here.logFile, 'utf8').includes(token));
  });

  test('a forgotten password: the mailed link sets a new one once and ends every session', async (t) => {
    const { owner, here } = world;
    const post = await catcher(t);
    await owner.take('PUT', '/settings/mail', mailSettings(post.port));
    const lost = await owner.invite('auditor', person('lost')).catch(() => null);
    assert.equal(lost, null, 'the invitation went out by mail');
    const token = linkIn(await post.next()).searchParams.get('token');
    const member = new Administrator(here.portalUrl);
    const { email, password } = person('lost');
    await member.take('POST', '/invitations/accept', { token, name: 'Lost', password });
    await member.enrolFactor();

    const stranger = new Administrator(here.portalUrl);
    const unknown = await stranger.ask('POST', '/password-resets', { email: 'nobody@harbour.example' });
    const known = await stranger.ask('POST', '/password-resets', { email });
    assert.deepEqual([unknown.status, unknown.text], [known.status, known.text]);
    const reset = linkIn(await post.next());
    assert.equal(post.mails.length, 0, 'an unknown address gets no mail');
    const change = { token: reset.searchParams.get('token'), password: 'velvet anchor meadow 77' };
    const weak = await stranger.ask('POST', '/password-resets/redeem', { ...change, password: 'password1' });
    assert.equal(told(weak), '400 invalid_argument');
    assert.equal((await stranger.ask('POST', '/password-resets/redeem', change)).status, 204);
    assert.equal(told(await stranger.ask('POST', '/password-resets/redeem', change)), '410 gone');
    assert.equal(told(await member.ask('GET', '/account')), '401 unauthenticated');
    const old = await stranger.ask('POST', '/session', { email, password });
    assert.equal(told(old), '401 unauthenticated');
    const { state } = await stranger.take('POST', '/session', { email, password: change.password });
    assert.equal(state, 'password_ok', 'the second factor is asked for as before');
  });

  test('the test mail goes to whoever asks for it', async (t) => {
    const { owner } = world;
    const post = await catcher(t);
    await owner.take('PUT', '/settings/mail', mailSettings(post.port));
    const { delivered, answer } = await owner.take('POST', '/settings/mail/test');
    assert.ok(delivered, answer);
    assert.equal((await post.next()).to, `<${owner.email}>`);
  });

  test('a mail server that is down or refuses is named, and the invitation is not lost', async (t) => {
    const { owner, here } = world;
    const refusing = await catcher(t, { refuse: true });
    const cases = [
      [await freePort(), /connect/i],
      [refusing.port, /550/],
    ];
    for (const [port, reason] of cases) {
      await owner.take('PUT', '/settings/mail', mailSettings(port));
      const test = await owner.take('POST', '/settings/mail/test');
      assert.equal(test.delivered, false);
      assert.match(test.answer, reason);
      const email = `waiting-${port}@harbour.example`;
      const { invitation, mailed, link } = await owner.take('POST', '/invitations', {
        email,
        role: 'auditor',
      });
      assert.equal(mailed, false);
      const token = new URL(link).searchParams.get('token');
      const stranger = new Administrator(here.portalUrl);
      assert.equal((await stranger.take('POST', '/invitations/lookup', { token })).email, email);
      const { items } = await owner.take('GET', '/invitations');
      assert.ok(items.some(({ id }) => id === invitation.id));
    }
  });

  test('TLS is required where it is set, and a certificate nobody vouches for is refused', async (t) => {
    const { owner } = world;
    const plain = await catcher(t);
    const selfSigned = await catcher(t, { disabledCommands: ['AUTH'] });
    const wrapped = await catcher(t, { secure: true });
    const secret = { username: 'portal', password: 'mail-password-1' };
    const cases = [
      [plain.port, 'starttls'],
      [selfSigned.port, 'starttls'],
      [wrapped.port, 'tls'],
    ];
    for (const [port, security] of cases) {
      await owner.take('PUT', '/settings/mail', mailSettings(port, { security, ...secret }));
      const { delivered, answer } = await owner.take('POST', '/settings/mail/test');
      assert.equal(delivered, false, `${security} ${port}`);
      assert.match(answer, /SSL|TLS|certificate/i);
    }
    assert.deepEqual([plain.mails, selfSigned.mails, wrapped.mails], [[], [], []]);
    const open = await owner.ask('PUT', '/settings/mail', mailSettings(plain.port, secret));
    assert.equal(open.json().errors[0].field, 'security', 'no password is sent in the clear');
  });

  test('a mail server inside of a company is trusted by the authority named in the configuration', async (t) => {
    const files = await place(t);
    const { cert, key } = certificate(files.folder, 'mail');
    const here = await place(t, { mail: { authorities_file: cert } });
    await started(here);
    const owner = await Administrator.first(here.portalUrl, person('owner'));
    const login = { username: 'portal', password: 'mail-password-3' };
    const asked = [];
    const options = {
      cert: readFileSync(cert),
      key: readFileSync(key),
      authOptional: false,
      disabledCommands: [],
      onAuth: ({ username, password }, session, done) => {
        asked.push([username, password, session.secure]);
        done(null, { user: username });
      },
    };
    for (const [security, secure] of [
      ['starttls', false],
      ['tls', true],
    ]) {
      const post = await catcher(t, { ...options, secure });
      await owner.take('PUT', '/settings/mail', mailSettings(post.port, { security, ...login }));
      const { delivered, answer } = await owner.take('POST', '/settings/mail/test');
      assert.ok(delivered, `${security}: ${answer}`);
      assert.equal((await post.next()).to, `<${owner.email}>`);
    }
    assert.deepEqual(asked, Array(2).fill([login.username, login.password, true]));
  });

  test('a stored password is never sent to another server, and never shown', async () => {
    const { owner } = world;
    const set = mailSettings(587, { security: 'starttls', username: 'portal', password: 'mail-password-2' });
    await owner.take('PUT', '/settings/mail', set);
    const { password, ...without } = set;
    await owner.take('PUT', '/settings/mail', { ...without, sender: 'other@harbour.example' });
    for (const change of [
      { host: '127.0.0.2' },
      { port: 25 },
      { username: 'someone' },
      { security: 'tls' },
    ]) {
      const answer = await owner.ask('PUT', '/settings/mail', { ...without, ...change });
      assert.equal(answer.json().errors?.[0].field, 'password', JSON.stringify(change));
    }
    const shown = await owner.ask('GET', '/settings');
    assert.ok(!shown.text.includes(password));
  });
});
