// Whole verifications per second against the real server, over HTTP and WebSocket with real pictures: CPU of the server's processes
// for each, and how long pages wait at a quarter, half and nine tenths of what the cores can carry.
//
//   node tools/bench_server.mjs [--seconds 20] [--json]
//
// Each verification is of another person, who enrolled before: start link, challenge, socket, key frames, six colours, verdict. A
// person shows other pictures than at the enrolment, for a picture that comes again is refused. Enrolments are measured, too. The
// load comes from this process on the same cores: what it takes is measured and taken off the capacity.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare, serve } from '../demo/countersign-server.mjs';
import { upgrade } from '../tests/server/socket.mjs';
import { ask, Browser, frame, integrationOf, issuer, sign } from '../tests/server/support.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const pictures = join(root, '.cache/bench');
const option = (name, fallback) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const seconds = option('--seconds', 20);
const asJson = process.argv.includes('--json');

/**
 * The light of a screen colour on a face: much in the middle of the picture, little at its edge, as in demo/camera.mjs. Size and
 * quality are those of the page's answers.
 */
function litPictures(colour) {
  const folder = join(root, '.cache/bench-answers', colour.slice(1));
  if (!existsSync(folder)) {
    const partial = `${folder}.part`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    const strength = '(0.14*(1-5/6*clip((hypot(X-W/2,Y-0.52*H)/H-0.36)/0.24,0,1)))';
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    const channel = (name, value) => `${name}='${name}(X,Y)*(1-${strength}*(1-${value}/255))'`;
    const filter = `format=gbrp,scale=448:336,geq=${channel('r', r)}:${channel('g', g)}:${channel('b', b)}`;
    const input = ['-framerate', '10', '-i', join(pictures, '%02d.jpg')];
    execFileSync('ffmpeg', [
      '-nostdin',
      '-v',
      'error',
      ...input,
      '-vf',
      filter,
      '-q:v',
      '6',
      join(partial, '%02d.jpg'),
    ]);
    renameSync(partial, folder);
  }
  return readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name)));
}

/** The palette of src/face/api/types.cpp, made ready before the clock runs. */
const palette = ['#FFFFFF', '#FFB3A7', '#A8F0B4', '#A9C4FF', '#202A3A'];
const lit = new Map(palette.map((colour) => [colour, litPictures(colour)]));
const keys = readdirSync(pictures)
  .filter((name) => name.endsWith('.jpg'))
  .sort()
  .map((name) => readFileSync(join(pictures, name)));

/** The same picture in other bytes, by a comment: a camera never sends the same bytes twice. */
const asNew = (jpeg) =>
  Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, 10]), randomBytes(8), jpeg.subarray(2)]);

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Of the 24 pictures a person shows one half when enrolling, the other half when verified. */
const kShown = 12;

/** A person in front of a page. Resolves to what the page waited for. */
class Capture {
  seq = 0;
  previous = Buffer.alloc(16);
  sentAt = new Map();
  acks = [];

  /** `first`: the picture of the recorded ones that this person shows first. */
  constructor(browser, offer, socket, first) {
    Object.assign(this, { browser, offer, socket, first });
  }

  send(phase, step, colour) {
    const choice = colour ? lit.get(colour) : keys;
    const picture = asNew(choice[this.first + (this.seq % kShown)]);
    const message = frame(this.offer, { seq: this.seq, phase, step, picture, previous: this.previous });
    this.previous = message.subarray(-16);
    this.sentAt.set(this.seq, performance.now());
    this.seq += 1;
    this.socket.send(message);
  }

  has(type, index) {
    return this.socket.messages.find((m) => m.type === type && (index === undefined || m.index === index));
  }

  unanswered() {
    return this.seq - this.socket.messages.filter(({ type }) => type === 'ack').length;
  }

  async run() {
    let seen = 0;
    let step = null;
    let checkingAt = null;
    const started = performance.now();
    for (let next = started; performance.now() - started < 40_000; ) {
      for (; seen < this.socket.messages.length; seen += 1) {
        const message = this.socket.messages[seen];
        if (message.type === 'ack') this.acks.push(performance.now() - this.sentAt.get(message.seq));
        if (message.type === 'step') step = message;
        if (message.type === 'restart') step = null;
        if (message.type === 'checking') checkingAt = performance.now();
        if (message.type === 'result')
          return {
            code: message.code,
            acks: this.acks,
            wait: performance.now() - checkingAt,
            frames: this.seq,
          };
        if (message.type === 'error')
          return { code: message.code, acks: this.acks, wait: null, frames: this.seq };
      }
      if (!checkingAt && performance.now() >= next && this.unanswered() < 3) {
        if (step) this.send(1, step.index, step.color);
        else this.send(0, 0, null);
        next = performance.now() + (step ? 90 : 200);
      }
      await pause(4);
    }
    return { code: 'too_slow', acks: this.acks, wait: null, frames: this.seq };
  }
}

/** What the Action does last: an enrolment counts once its result was confirmed. */
function confirm(place, integration, browser) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    sub: browser.sent.sub,
    iat: now,
    exp: now + 60,
    purpose: 'countersign-confirm',
    integration_id: integration.id,
    verification_id: browser.verification,
    nonce: browser.sent.nonce,
  };
  return ask(`${place.url}/api/auth0/v1/confirm`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ confirm_token: sign(claims, integration.secret) }),
  });
}

async function capture(place, integration, person, first) {
  const browser = await Browser.open(place, integration, { claims: { sub: `auth0|bench-${person}` } });
  if (first === 0) await browser.consent();
  const offer = (await browser.challenge()).json();
  const { socket } = await upgrade(browser, offer.ticket);
  if (!socket) throw new Error('the socket was refused');
  await socket.message(({ type }) => type === 'ready');
  const ended = await new Capture(browser, offer, socket, first).run();
  await browser.giveBack();
  const { status } = await confirm(place, integration, browser);
  if (ended.code === 'passed' && status !== 200) throw new Error(`confirmation refused with ${status}`);
  return ended;
}

/** People, each of whom enrols once and is verified once. */
let enrolled = 0;
let verified = 0;
const enrol = (place, integration) => capture(place, integration, enrolled++, 0);
const verify = (place, integration) => capture(place, integration, verified++, kShown);

/** CPU seconds of a process and its children, from /proc. */
function cpuOf(pid) {
  const ticks = (id) => {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ');
    return Number(fields[11]) + Number(fields[12]);
  };
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean);
  return [pid, ...children].reduce((sum, id) => sum + ticks(id), 0) / 100;
}

const ownCpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const quantile = (values, share) => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? null : Math.round(sorted[Math.floor(share * (sorted.length - 1))]);
};

/** Starts captures at a steady rate for a while; those that run at its end are waited for. */
async function load(one, place, integration, pid, perSecond, time) {
  const before = { server: cpuOf(pid), own: ownCpu(), at: performance.now() };
  const running = [];
  for (let next = before.at; performance.now() < before.at + time * 1000; next += 1000 / perSecond) {
    await pause(Math.max(0, next - performance.now()));
    running.push(
      one(place, integration).catch((error) => ({
        code: String(error.message),
        acks: [],
        wait: null,
        frames: 0,
      })),
    );
  }
  const ended = await Promise.all(running);
  const took = (performance.now() - before.at) / 1000;
  const codes = {};
  for (const { code } of ended) codes[code] = (codes[code] ?? 0) + 1;
  const acks = ended.flatMap(({ acks: all }) => all);
  const waits = ended.map(({ wait }) => wait).filter((wait) => wait !== null);
  return {
    captures: ended.length,
    per_second: ended.length / took,
    server_cpu_s: cpuOf(pid) - before.server,
    generator_cpu_s: ownCpu() - before.own,
    frames: ended.reduce((sum, { frames }) => sum + frames, 0),
    frame_answer_ms: { p50: quantile(acks, 0.5), p99: quantile(acks, 0.99) },
    result_ms: { p50: quantile(waits, 0.5), p99: quantile(waits, 0.99) },
    codes,
  };
}

const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
const place = await prepare(folder);
const integration = await integrationOf(place);
const server = await serve(place);
try {
  await enrol(place, integration); // warms caches and workers up
  await verify(place, integration);
  const alone = 12; // seconds
  const pace = 2; // a second: a server that is hardly asked takes twice the time for each
  const enrolments = await load(enrol, place, integration, server.pid, pace, alone);
  const verifications = await load(verify, place, integration, server.pid, pace, alone);
  const cpu = verifications.server_cpu_s / verifications.captures;
  const generator = verifications.generator_cpu_s / verifications.captures;
  const cores = availableParallelism();
  const capacity = cores / (cpu + generator);
  const rows = [];
  for (const share of [0.25, 0.5, 0.9]) {
    const people = Math.ceil(capacity * share * seconds) + 1;
    const filling = capacity * 0.4; // an enrolment takes more than a verification
    await load(enrol, place, integration, server.pid, filling, people / filling);
    rows.push({ share, ...(await load(verify, place, integration, server.pid, capacity * share, seconds)) });
  }
  const report = {
    suite: 'server',
    cpu_ms_per_verification: cpu * 1000,
    generator_cpu_ms_per_verification: generator * 1000,
    verifications_per_second_per_core: 1 / cpu,
    pictures_per_verification: verifications.frames / verifications.captures,
    cpu_ms_per_enrolment: (enrolments.server_cpu_s / enrolments.captures) * 1000,
    ends_alone: { enrolments: enrolments.codes, verifications: verifications.codes },
    cores,
    load: Number(loadavg()[0].toFixed(2)),
    levels: rows,
  };
  if (asJson) console.log(JSON.stringify(report));
  else {
    console.log(
      `${(1 / cpu).toFixed(1)} verifications/s/core: ${(cpu * 1000).toFixed(1)} ms of server CPU each, ${report.pictures_per_verification.toFixed(0)} pictures; an enrolment ${report.cpu_ms_per_enrolment.toFixed(1)} ms; the load generator takes ${(generator * 1000).toFixed(1)} ms beside it; machine load ${report.load}`,
    );
    console.log('level  captures  per second  picture answered p50/p99 ms  result p50/p99 ms  ends');
    for (const row of rows)
      console.log(
        `${String(row.share * 100).padStart(4)} %  ${String(row.captures).padStart(8)}  ${row.per_second.toFixed(1).padStart(10)}  ${`${row.frame_answer_ms.p50}/${row.frame_answer_ms.p99}`.padStart(27)}  ${`${row.result_ms.p50}/${row.result_ms.p99}`.padStart(17)}  ${JSON.stringify(row.codes)}`,
      );
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
