// `make demo`: everything on this machine, one round of scripted logins as proof, then it keeps serving until Ctrl-C.
// `make demo-check` (--check): the scripted logins only; the last line is one JSON object.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prove } from './proof.mjs';
import { openWorld } from './world.mjs';

const checkOnly = process.argv.includes('--check');
const folder = mkdtempSync(join(tmpdir(), 'countersign-demo-'));
const say = (line) => console.log(line);

let world = null;
let ending = null;
/** Ends everything once, whoever asks, and removes the folder. */
function end(status) {
  ending ??= (async () => {
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
    process.exit(status);
  })();
  return ending;
}
const interrupted = new Promise((done) => {
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      done();
      if (checkOnly) void end(130);
    });
});

function printAddresses() {
  say('');
  say(`  sample application   ${world.app.url}/`);
  say(`  identity provider    ${world.tenant.issuer}`);
  say(`  Countersign          ${world.place.url}`);
  say(`  its portal           ${world.place.portalUrl}/setup`);
  say('');
  for (const user of world.users) say(`  user ${user.username}, password ${user.password}`);
  say('');
}

try {
  const ports = checkOnly ? {} : { server: 8440, portal: 8441, app: 8442, tenant: 8443 };
  world = await openWorld(folder, { ports });
  printAddresses();
  const { facts, broken } = await prove(world, say);
  if (broken.length > 0) {
    console.error(`not as promised: ${broken.join(', ')}`);
    console.log(JSON.stringify(facts));
    await end(1);
  }
  if (checkOnly) {
    console.log(JSON.stringify(facts));
    await end(0);
  }
  say(`as promised: ${JSON.stringify(facts)}`);
  // The scripted people are gone again: whoever sits here enrols their own face.
  for (const user of world.users) await world.subject('delete', user.user_id).catch(() => {});
  printAddresses();
  say(
    'Open the sample application and log in with your own face. Or open the portal: whoever comes first makes the first',
  );
  say('account, creates an integration and tests it with a simulated login. Ctrl-C ends everything.');
  await interrupted;
  say('\nending');
  await end(0);
} catch (error) {
  console.error(error);
  await end(1);
}
