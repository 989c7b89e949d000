// The capture interface from the outside: consent, attempts, frames and the socket, without any face.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { upgrade } from './socket.mjs';
import { ask, Browser, frame, integrationOf, place, problem, Shared, started } from './support.mjs';

const limit = { timeout: 180_000 };

/** The suite's server and integration. */
const world = {};
const suite = new Shared();
before(async () => {
  world.here = await place(suite);
  world.integration = await integrationOf(world.here);
  await started(world.here);
}, limit);
after(() => suite.close());

let people = 0;
const someone = () =>
  Browser.open(world.here, world.integration, { claims: { sub: `auth0|person-${++people}` } });

/** A browser that has consented and holds the offer of its first attempt. */
async function capturing() {
  const browser = await someone();
  assert.equal((await browser.consent()).status, 200);
  const answer = await browser.challenge();
  assert.equal(answer.status, 200, answer.text);
  return { browser, offer: answer.json() };
}

const post = (browser, ticket, body = Buffer.alloc(0)) =>
  browser.call('POST', `frames?ticket=${ticket}`, body);
const types = (answer) => answer.json().messages.map(({ type, code }) => (code ? `${type} ${code}` : type));

function assertProblem(answer, status, code) {
  const document = problem(answer);
  assert.deepEqual([document.http, document.status, document.code], [status, status, code]);
  assert.equal(document.shape, 'code reference status title type');
  assert.equal(document.type, `urn:countersign:error:${code}`);
  assert.equal(document.type_header, 'application/problem+json');
  assert.match(document.reference, /^[0-9a-f]{20}$/);
  assert.equal(answer.headers['cache-control'], 'no-store');
}

describe('who may ask', limit, () => {
  test('the session shows the login and nothing secret', async () => {
    const browser = await someone();
    const session = await browser.session();
    assert.deepEqual(Object.keys(session).sort(), [
      'account',
      'application',
      'attempts',
      'branding',
      'code',
      'consent',
      'expires_at',
      'locale',
      'policy',
      'purpose',
      'status',
      'verification_id',
    ]);
    assert.deepEqual(
      [
        session.verification_id,
        session.purpose,
        session.status,
        session.code,
        session.application,
        session.account,
        session.attempts,
      ],
      [
        browser.verification,
        'enrolment',
        'open',
        null,
        'Harbour Bank',
        browser.sent.sub,
        { used: 0, max: 3 },
      ],
    );
    assert.match(session.consent.sha256, /^[0-9a-f]{64}$/);
    const left = Date.parse(session.expires_at) - Date.now();
    assert.ok(left > 9 * 60_000 && left <= 10 * 60_000 + 1000);
  });

  test('without cookie, with a foreign one, for another verification or from another site nothing is told', async () => {
    const [mine, other] = [await someone(), await someone()];
    const get = (headers) => mine.call('GET', 'session', undefined, headers);
    assertProblem(await get({ Cookie: '' }), 401, 'unauthenticated');
    assertProblem(
      await get({ Cookie: `__Host-cap=${randomBytes(32).toString('base64url')}` }),
      403,
      'forbidden',
    );
    assertProblem(await get({ 'X-Countersign-Verification': other.verification }), 403, 'forbidden');
    assertProblem(await get({ 'X-Countersign-Verification': 'ver_1' }), 400, 'invalid_argument');
    for (const site of ['cross-site', 'same-site', 'none'])
      assertProblem(await get({ 'Sec-Fetch-Site': site }), 403, 'forbidden');
    assert.equal((await get({ 'Sec-Fetch-Site': 'same-origin' })).status, 200);
    const bare = await ask(`${world.here.url}/api/capture/v1/session`, { headers: { Cookie: mine.cookie } });
    assertProblem(bare, 400, 'invalid_argument');
    const unknown = await get({ 'X-Countersign-Verification': 'ver_01HZZZZZZZZZZZZZZZZZZZZZZZ' });
    assert.ok([403, 404].includes(unknown.status), `${unknown.status}`);
  });

  test('a form of another site cannot change anything', async () => {
    const browser = await someone();
    for (const path of ['consent', 'challenge', 'cancel', 'frames?ticket=x']) {
      assertProblem(
        await browser.call('POST', path, {}, { 'Sec-Fetch-Site': 'cross-site' }),
        403,
        'forbidden',
      );
    }
    assert.equal((await browser.session()).status, 'open');
  });
});

describe('consent', limit, () => {
  test('comes before the first attempt, and the refusal costs none', async () => {
    const browser = await someone();
    assertProblem(await browser.challenge(), 403, 'consent_required');
    assert.equal((await browser.session()).attempts.used, 0);
  });

  test('to another text, an older version or a missing word is refused', async () => {
    const browser = await someone();
    for (const change of [
      { sha256: '0'.repeat(64) },
      { version: '2020-01-01' },
      { locale: 'xx' },
      { sha256: undefined },
      { accepted: 'true' },
      { accepted: 1 },
    ]) {
      assertProblem(await browser.consent(change), 400, 'invalid_argument');
    }
    assertProblem(await browser.challenge(), 403, 'consent_required');
    const receipt = (await browser.consent()).json().receipt;
    assert.match(receipt, /^con_[0-9A-Z]{26}$/);
    assert.equal((await browser.challenge()).status, 200);
  });

  test('declined ends the verification as cancelled', async () => {
    const browser = await someone();
    const answer = await browser.consent({ accepted: false });
    assert.deepEqual([answer.status, answer.json().receipt], [200, null]);
    const session = await browser.session();
    assert.deepEqual([session.status, session.code], ['failed', 'cancelled']);
    assert.ok((await browser.challenge()).status >= 400);
    assert.ok((await browser.consent()).status >= 400, 'and cannot be taken back');
  });
});

describe('attempts', limit, () => {
  test('are charged when a challenge is handed out, one each, and end at three', async () => {
    const { browser, offer } = await capturing();
    assert.deepEqual([offer.kind, offer.steps > 0, offer.expires_in_ms], ['colour_sequence', true, 20_000]);
    assert.match(offer.ticket, /^[A-Za-z0-9_-]{43}$/);
    assert.match(offer.commitment, /^[0-9a-f]{64}$/);
    const used = [(await browser.session()).attempts.used];
    for (let more = 0; more < 2; ++more) {
      assert.equal((await browser.challenge()).status, 200);
      used.push((await browser.session()).attempts.used);
    }
    assert.deepEqual(used, [1, 2, 3]);
    assertProblem(await browser.challenge(), 429, 'attempts_used_up');
    assert.equal((await browser.session()).attempts.used, 3);
  });

  test('are charged exactly when asked for at the same time', async () => {
    const browser = await someone();
    await browser.consent();
    const answers = await Promise.all(Array.from({ length: 12 }, () => browser.challenge()));
    assert.equal(answers.filter(({ status }) => status === 200).length, 3);
    assert.equal(answers.filter(({ status }) => status === 429).length, 9);
    assert.equal((await browser.session()).attempts.used, 3);
  });

  test('no two challenges share a ticket, a nonce, a key or a commitment', async () => {
    const offers = [(await capturing()).offer, (await capturing()).offer];
    for (const name of ['challenge_id', 'ticket', 'nonce', 'mac_key', 'commitment'])
      assert.notEqual(offers[0][name], offers[1][name], name);
  });

  test('cancel needs one of its two reasons', async () => {
    const browser = await someone();
    assertProblem(await browser.cancel('bored'), 400, 'invalid_argument');
    assert.equal((await browser.cancel('other_method')).status, 204);
    assert.equal((await browser.session()).code, 'cancelled');
  });
});

describe('frames over HTTP', limit, () => {
  test('the first call opens the capture, the next ones go on', async () => {
    const { browser, offer } = await capturing();
    assert.deepEqual(types(await post(browser, offer.ticket)), ['ready']);
    assert.deepEqual(types(await post(browser, offer.ticket)), []);
  });

  test('bytes that are no frame, a wrong code, a gap and a foreign key end the capture; the attempt stays charged', async () => {
    const wrong = {
      garbage: () => randomBytes(300),
      'a flipped bit in the code': (offer) => {
        const bytes = frame(offer);
        bytes[bytes.length - 1] ^= 1;
        return bytes;
      },
      'a flipped bit in the picture': (offer) => {
        const bytes = frame(offer);
        bytes[30] ^= 1;
        return bytes;
      },
      'a foreign key': (offer) => frame(offer, { key: randomBytes(32) }),
      'a gap': (offer) => frame(offer, { seq: 1 }),
      'a cut frame': (offer) => frame(offer).subarray(0, -3),
      'an unknown type': (offer) => {
        const bytes = frame(offer);
        bytes[0] = 2;
        return bytes;
      },
    };
    for (const [name, make] of Object.entries(wrong)) {
      const { browser, offer } = await capturing();
      const answer = await post(browser, offer.ticket, make(offer));
      assert.deepEqual(types(answer), ['ready', 'error protocol_error'], name);
      const session = await browser.session();
      assert.deepEqual([session.status, session.attempts.used], ['open', 1], name);
    }
  });

  test('a well signed frame that holds no picture ends it with its own code', async () => {
    const { browser, offer } = await capturing();
    assert.deepEqual(types(await post(browser, offer.ticket, frame(offer))), [
      'ready',
      'ack',
      'error unsupported_media',
    ]);
  });

  test('a ticket is for one capture: it opens no second one, in no way', async () => {
    const { browser, offer } = await capturing();
    await post(browser, offer.ticket, randomBytes(64));
    assertProblem(await post(browser, offer.ticket), 410, 'already_used');
    assert.deepEqual(await upgrade(browser, offer.ticket), { status: 410, code: 'already_used' });
    assertProblem(await post(browser, randomBytes(32).toString('base64url')), 401, 'unauthenticated');
    assert.equal((await browser.call('POST', 'frames')).status, 400);
  });

  test('a stranger can neither use nor spend the ticket of another', async () => {
    const { browser, offer } = await capturing();
    const stranger = await someone();
    await stranger.consent();
    assertProblem(await post(stranger, offer.ticket), 403, 'forbidden');
    assert.deepEqual(await upgrade(stranger, offer.ticket), { status: 403, code: 'forbidden' });
    assert.deepEqual(types(await post(browser, offer.ticket)), ['ready']);
  });

  test('a newer challenge takes over from an older one', async () => {
    const { browser, offer } = await capturing();
    const newer = (await browser.challenge()).json();
    assertProblem(await post(browser, offer.ticket), 409, 'conflict');
    assert.deepEqual(types(await post(browser, newer.ticket)), ['ready']);
  });

  test('a body above the limit is 413, announced or not', async () => {
    const { browser, offer } = await capturing();
    const big = Buffer.alloc(4 * (200_000 + 44) + 1);
    assertProblem(await post(browser, offer.ticket, big), 413, 'payload_too_large');
    const unannounced = await browser.call('POST', `frames?ticket=${offer.ticket}`, big, {
      'Transfer-Encoding': 'chunked',
    });
    assertProblem(unannounced, 413, 'payload_too_large');
    const json = await browser.call('POST', 'consent', { version: 'x'.repeat(70_000) });
    assertProblem(json, 413, 'payload_too_large');
    assert.deepEqual(types(await post(browser, offer.ticket)), ['ready'], 'and the ticket was not touched');
  });

  test('a message that is none ends the capture', async () => {
    for (const text of [
      { type: 'pass' },
      { type: 'painted' },
      { type: 'result', status: 'passed', code: 'passed' },
    ]) {
      const { browser, offer } = await capturing();
      const answer = await browser.call('POST', `frames?ticket=${offer.ticket}`, text);
      assert.deepEqual(types(answer), ['ready', 'error protocol_error'], JSON.stringify(text));
      assert.equal((await browser.session()).status, 'open');
    }
  });
});

describe('the WebSocket', limit, () => {
  test('opens for its browser with the sub-protocol and says ready', async () => {
    const { browser, offer } = await capturing();
    const { socket } = await upgrade(browser, offer.ticket);
    assert.equal(socket.protocol, 'fcap.1');
    await socket.message(({ type }) => type === 'ready');
    socket.send(frame(offer, { key: randomBytes(32) }));
    assert.equal((await socket.message(({ type }) => type === 'error')).code, 'protocol_error');
    assert.equal(await socket.ended, 1000);
  });

  test('is refused without cookie, from a foreign origin, without origin and without sub-protocol; the ticket stays good', async () => {
    const { browser, offer } = await capturing();
    const refusals = [
      [{ headers: { Cookie: null } }, { status: 401, code: 'unauthenticated' }],
      [{ headers: { Cookie: `__Host-cap=${'A'.repeat(43)}` } }, { status: 403, code: 'forbidden' }],
      [{ origin: 'https://evil.example.com' }, { status: 403, code: 'forbidden' }],
      [{ origin: 'null' }, { status: 403, code: 'forbidden' }],
      [{ origin: null }, { status: 403, code: 'forbidden' }],
      [{ origin: `${world.here.url}.evil.example.com` }, { status: 403, code: 'forbidden' }],
      [{ protocol: null }, { status: 400, code: 'invalid_argument' }],
      [{ protocol: 'fcap.2' }, { status: 400, code: 'invalid_argument' }],
      [{ verification: 'ver_1' }, { status: 400, code: 'invalid_argument' }],
      [{ headers: { 'Sec-Fetch-Site': 'cross-site' } }, { status: 403, code: 'forbidden' }],
    ];
    for (const [how, expected] of refusals)
      assert.deepEqual(await upgrade(browser, offer.ticket, how), expected, JSON.stringify(how));
    const { socket } = await upgrade(browser, offer.ticket);
    await socket.message(({ type }) => type === 'ready');
    socket.socket.destroy();
  });

  test('of a ticket in use is refused', async () => {
    const { browser, offer } = await capturing();
    const { socket } = await upgrade(browser, offer.ticket);
    await socket.message(({ type }) => type === 'ready');
    assert.deepEqual(await upgrade(browser, offer.ticket), { status: 410, code: 'already_used' });
    assertProblem(await post(browser, offer.ticket), 410, 'already_used');
    socket.socket.destroy();
  });

  test('an address that is asked for without an upgrade is 400', async () => {
    const { browser, offer } = await capturing();
    assertProblem(
      await browser.call('GET', `stream?ticket=${offer.ticket}&verification=${browser.verification}`),
      400,
      'invalid_argument',
    );
  });
});
