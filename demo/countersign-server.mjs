// Runs the built server in a folder of its own, and its command line beside it.
import { execFile, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
/** The built program. */
export const program = process.env.COUNTERSIGN_PROGRAM ?? join(root, 'build/release/bin/countersign');
const run = promisify(execFile);

/** A port nobody uses now, on 127.0.0.1; `wanted` when it is free. */
export function freePort(wanted = 0) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(freePort(0)));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

const tomlOf = (sections) =>
  Object.entries(sections)
    .map(
      ([name, keys]) =>
        `[${name}]\n${Object.entries(keys)
          .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
          .join('')}`,
    )
    .join('\n');

/** Settings that put everything changeable into `folder` and everything built where the build left it. */
function settingsFor(folder, port, portalPort, more) {
  const settings = {
    server: { port, public_url: `http://127.0.0.1:${port}`, web_root: join(root, 'web/capture/dist') },
    portal: {
      port: portalPort,
      public_url: `http://127.0.0.1:${portalPort}`,
      web_root: join(root, 'web/portal/dist'),
    },
    database: { path: join(folder, 'countersign.db') },
    keys: { master_key_file: join(folder, 'master.key') },
    face: {
      manifest: join(root, 'models/manifest.toml'),
      models: join(root, '.cache/models'),
      runtime: join(root, '.cache/onnxruntime/lib/libonnxruntime.so.1'),
    },
  };
  for (const [name, keys] of Object.entries(more)) settings[name] = { ...settings[name], ...keys };
  return settings;
}

/** A server's folder: its configuration, its database and the command line for it. */
export async function prepare(folder, { port = 0, portalPort = 0, settings = {} } = {}) {
  if (!existsSync(program)) throw new Error(`${program} is missing: run "make setup"`);
  mkdirSync(folder, { recursive: true });
  const chosen = await freePort(port);
  const portal = await freePort(portalPort);
  const config = join(folder, 'countersign.toml');
  writeFileSync(config, tomlOf(settingsFor(folder, chosen, portal, settings)));

  /** Runs one command; resolves to its JSON answer, rejects with its error text. */
  async function cli(...args) {
    try {
      const { stdout } = await run(program, ['--config', config, '--json', ...args]);
      return JSON.parse(stdout);
    } catch (error) {
      throw new Error(`countersign ${args.join(' ')}: ${error.stderr || error.message}`, { cause: error });
    }
  }

  await cli('migrate');
  return {
    folder,
    config,
    port: chosen,
    url: `http://127.0.0.1:${chosen}`,
    portalUrl: `http://127.0.0.1:${portal}`,
    logFile: join(folder, 'server.log'),
    cli,
  };
}

/** Starts the server of a prepared folder; resolves once it listens. */
export async function serve(place) {
  const child = spawn(program, ['--config', place.config, 'serve'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(place.logFile, { flags: 'a' });
  child.stderr.pipe(log);
  const ended = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));

  await new Promise((done, failed) => {
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      if (line.startsWith('listening on ')) done();
    });
    child.once('error', failed);
    ended.then(({ code }) => failed(new Error(`the server ended with ${code}; its log is ${place.logFile}`)));
  });

  return {
    pid: child.pid,
    ended,
    /** SIGTERM, then waits for the orderly end. */
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
