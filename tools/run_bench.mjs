// Runs the benchmarks and prints one JSON object a line: machine-readable figures, each beside the machine's load.
// Ratios within one run are what to compare; absolute times belong to the machine.
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));

function run(command, args) {
  const ended = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (ended.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${ended.status}`);
  return ended.stdout;
}

/** Google Benchmark's report, one line a benchmark. */
function server() {
  run('cmake', ['--build', '--preset', 'release', '--target', 'countersign_face_bench']);
  const program = join(root, 'build/release/src/face/countersign_face_bench');
  const report = JSON.parse(run(program, ['--benchmark_format=json', '--benchmark_min_time=1']));
  return report.benchmarks.map(({ name, cpu_time, real_time, time_unit, iterations }) => ({
    suite: 'face-engine',
    name,
    cpu_time,
    real_time,
    time_unit,
    iterations,
  }));
}

/** The tracker of the capture page, in Node. */
function tracker() {
  return [{ suite: 'face-tracker', ...JSON.parse(run(process.execPath, ['web/facetrack/bench.mjs'])) }];
}

/** The pipeline as the product runs it, one thread. */
function pipeline() {
  const program = join(root, 'build/release/bin/countersign');
  return [{ suite: 'pipeline', ...JSON.parse(run(program, ['--json', 'bench', 'pipeline'])) }];
}

for (const suite of [pipeline, server, tracker]) {
  for (const figure of suite())
    console.log(JSON.stringify({ ...figure, load: Number(loadavg()[0].toFixed(2)) }));
}
