import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Person, startWorld, tokenOf } from './support.js';

let world;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

describe('on demand', () => {
  it('logs in with the password alone, and the token has no claim', async () => {
    const alice = new Person(world);
    const page = await alice.logIn('on-demand');
    assert.equal(page.path, '/on-demand/dashboard');
    assert.ok(!(world.claimName in tokenOf(page)));
    assert.match(page.text, /data-face="no"/);
  });

  it('asks for the face before a transfer, and books it afterwards', async () => {
    const alice = new Person(world);
    await alice.logIn('on-demand');
    const review = await alice.order('on-demand');
    assert.match(review.path, /\/transfer\/[\w-]+\/review$/);

    const capture = await alice.go(review.path.replace('review', 'verify'));
    assert.ok(capture.captureState);
    const receipt = await alice.showFace(capture.captureState);
    assert.match(receipt.path, /^\/on-demand\/receipt\//);
    assert.match(receipt.text, /Marina Holt/);

    const dashboard = await alice.go('/on-demand/dashboard');
    assert.deepEqual(tokenOf(dashboard)[world.claimName], ['mfa']);
    assert.match(dashboard.text, /<mark>.*amr/);
  });

  it('does not ask again while the check is fresh', async () => {
    const alice = new Person(world);
    await alice.logIn('on-demand');
    const review = await alice.order('on-demand');
    const capture = await alice.go(review.path.replace('review', 'verify'));
    await alice.showFace(capture.captureState);

    const second = await alice.order('on-demand', { to: 'Second Payee' });
    assert.match(second.path, /^\/on-demand\/receipt\//);
  });

  it('books nothing when the face was refused, and says why with a code', async () => {
    const bob = new Person(world, 'bob');
    await bob.logIn('on-demand');
    const review = await bob.order('on-demand', { to: 'Refused Payee' });
    const capture = await bob.go(review.path.replace('review', 'verify'));
    const problem = await bob.showFace(capture.captureState, { result: 'failed', code: 'failed' });

    assert.equal(problem.status, 403);
    assert.match(problem.text, /data-code="biometric_mfa_failed"/);
    const confirm = await bob.go(review.path.replace('review', 'confirm'));
    assert.match(confirm.url.search, /declined=1/);
    assert.doesNotMatch((await bob.go('/on-demand/dashboard')).text, /Refused Payee/);
  });

  it('hides the transfer of one person from another', async () => {
    const alice = new Person(world);
    await alice.logIn('on-demand');
    const review = await alice.order('on-demand');
    const bob = new Person(world, 'bob');
    await bob.logIn('on-demand');
    assert.equal((await bob.go(review.path)).status, 404);
  });

  it('passes a silent check of the session', async () => {
    const alice = new Person(world);
    await alice.logIn('on-demand');
    const page = await alice.go('/on-demand/silent');
    assert.equal(page.url.search, '?silent=1');
  });
});

describe('always on', () => {
  it('asks for the face at the login and again for the transfer', async () => {
    const alice = new Person(world);
    const atLogin = await alice.logIn('always');
    assert.ok(atLogin.captureState);
    const dashboard = await alice.showFace(atLogin.captureState);
    assert.deepEqual(tokenOf(dashboard)[world.claimName], ['mfa']);

    const review = await alice.order('always');
    assert.match(review.path, /review$/);
    const again = await alice.go(review.path.replace('review', 'verify'));
    assert.ok(again.captureState);
    assert.match((await alice.showFace(again.captureState)).path, /^\/always\/receipt\//);
  });

  it('answers a silent check with interaction_required', async () => {
    const alice = new Person(world);
    await alice.showFace((await alice.logIn('always')).captureState);
    const page = await alice.go('/always/silent');
    assert.equal(page.status, 403);
    assert.match(page.text, /data-code="interaction_required"/);
  });

  it('does not take the login of the other mode', async () => {
    const alice = new Person(world);
    await alice.logIn('on-demand');
    assert.ok((await alice.go('/always/dashboard')).captureState);
  });
});

describe('the edges', () => {
  it('sends a stranger to the login', async () => {
    const page = await new Person(world).go('/on-demand/dashboard');
    assert.equal(page.url.origin, new URL(world.tenant.issuer).origin);
    const order = await new Person(world).order('on-demand');
    assert.equal(order.path, '/on-demand/');
  });

  it('refuses a form of another origin', async () => {
    const alice = new Person(world);
    await alice.logIn('on-demand');
    for (const origin of ['http://127.0.0.1:1', 'null', '']) {
      const form = { to: 'x', amount: '1' };
      assert.equal((await alice.post('/on-demand/transfer', form, { origin })).status, 403);
    }
  });

  it('marks the fields of a wrong order and keeps what was typed, escaped', async () => {
    const alice = new Person(world);
    await alice.logIn('on-demand');
    const page = await alice.order('on-demand', { to: '"><script>x</script>', amount: 'much' });
    assert.equal(page.status, 422);
    assert.match(page.text, /aria-invalid="true"/);
    assert.match(page.text, /value="&quot;&gt;&lt;script/);
    assert.doesNotMatch(page.text, /<script/);
  });

  it('has no inline script or style and says so in its policy', async () => {
    const alice = new Person(world);
    for (const page of [await alice.go('/'), await alice.logIn('on-demand'), await alice.go('/nowhere')]) {
      assert.match(page.headers.get('content-security-policy'), /default-src 'none'/);
      assert.doesNotMatch(page.headers.get('content-security-policy'), /unsafe/);
      assert.doesNotMatch(page.text, /<script|<style|\sstyle=|\son\w+=/);
    }
  });

  it('logs out at the identity provider too', async () => {
    const alice = new Person(world);
    await alice.logIn('on-demand');
    const page = await alice.go('/on-demand/logout');
    assert.equal(page.url.origin, new URL(world.tenant.issuer).origin);
    assert.match(page.text, /name="logout" value="yes"/);
  });
});
