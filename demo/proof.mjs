// The scripted logins: what the product promises, checked in a real browser against the running parts.

import {
  confirmTransfer,
  logInWithFace,
  openDashboard,
  outcome,
  requestTransfer,
  watchResult,
} from './app-pages.mjs';
import { launchBrowser, useScreenLitPerson } from './camera.mjs';

/** A browser of its own for one person in front of the camera. */
async function inBrowser(person, work, { onHop } = {}) {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await useScreenLitPerson(context, person);
    const page = await context.newPage();
    if (onHop) {
      page.on('request', (request) => {
        if (request.isNavigationRequest()) onHop(`${request.method().padEnd(4)} ${hopName(request.url())}`);
      });
    }
    return await work(page, context);
  } finally {
    await browser.close();
  }
}

/** Where the browser is, without what must not be printed. */
export const hopName = (address) => {
  const url = new URL(address);
  const names = [...url.searchParams.keys()];
  return `${url.origin}${url.pathname}${names.length ? ` (${names.join(', ')})` : ''}`;
};

async function replay(page, result) {
  const answer = await page.request.post(result.url, {
    form: result.fields,
    maxRedirects: 0,
  });
  return answer.status() >= 400 ? 'denied' : `accepted with ${answer.status()}`;
}

/**
 * Runs all of it; `say` gets a line for a person. Resolves to the facts and whether each is as promised.
 */
export async function prove(world, say) {
  const [alice, bob] = world.users;
  const facts = {};

  say('Alice logs in for the first time (always-on): consent, camera, enrolment');
  await inBrowser(
    'first',
    async (page) => {
      const login = await logInWithFace(page, world, alice, { attempts: 2 });
      facts.enrolled = login.kind === 'dashboard' && login.token[world.claimName]?.includes('mfa') === true;
      say(`  capture page: ${login.face.states.join(' > ')}`);
      if (login.token) say(`  ID token:\n${JSON.stringify(login.token, null, 2).replace(/^/gm, '    ')}`);
    },
    { onHop: (hop) => say(`  ${hop}`) },
  );

  say('Alice logs in again, another day in the same room');
  await inBrowser('firstAgain', async (page) => {
    const result = watchResult(page);
    const login = await logInWithFace(page, world, alice, { attempts: 2 });
    facts.verified = login.kind === 'dashboard';
    facts.amr = login.token?.[world.claimName] ?? null;
    facts.seconds_to_verdict =
      login.face.millisecondsToVerdict === null
        ? null
        : Number((login.face.millisecondsToVerdict / 1000).toFixed(2));
    facts.replayed_result = await replay(page, result);
  });

  say('Somebody else tries with the password of Alice');
  await inBrowser('second', async (page) => {
    const login = await logInWithFace(page, world, alice, { attempts: 2 });
    const causes = await world.causes(alice.user_id);
    facts.impostor =
      login.code === 'biometric_mfa_failed' && causes.includes('no_match')
        ? 'denied'
        : (login.code ?? login.kind);
    await page.goto(`${world.app.url}/always/silent`);
    const silent = await outcome(page);
    facts.prompt_none_after_denial = silent.code ?? silent.kind;
  });

  say('Bob logs in on demand: no face for the login, one for the transfer');
  await inBrowser('second', async (page) => {
    const visited = [];
    page.on('framenavigated', (frame) => visited.push(frame.url()));
    await openDashboard(page, world, 'on-demand', bob);
    const plain = await outcome(page);
    facts.on_demand_untouched =
      plain.kind === 'dashboard' &&
      plain.token[world.claimName] === undefined &&
      !visited.some((url) => url.startsWith(world.place.url));
    await requestTransfer(page, world, 'on-demand');
    const transfer = await confirmTransfer(page, { attempts: 2 });
    await page.goto(`${world.app.url}/on-demand/dashboard`);
    const after = await outcome(page);
    facts.on_demand_stepped_up =
      transfer.kind === 'receipt' && after.token?.[world.claimName]?.includes('mfa') === true;
  });

  const promised = {
    enrolled: true,
    verified: true,
    impostor: 'denied',
    replayed_result: 'denied',
    prompt_none_after_denial: 'interaction_required',
    on_demand_untouched: true,
    on_demand_stepped_up: true,
    amr: ['mfa'],
  };
  const broken = Object.keys(promised).filter(
    (key) => JSON.stringify(facts[key]) !== JSON.stringify(promised[key]),
  );
  return { facts, broken };
}
