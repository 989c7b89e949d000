// The benchmark of the pipeline, on pictures that set-up cuts from an npm package.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { prepare } from '../../demo/countersign-server.mjs';

const pictures = fileURLToPath(new URL('../../.cache/bench', import.meta.url));
const place = () => prepare(mkdtempSync(join(tmpdir(), 'countersign-bench-')));

test('bench pipeline prints the time of every stage beside that of the nets alone', async () => {
  assert.ok(existsSync(pictures), 'make setup cuts the pictures');
  const { cli } = await place();
  const figures = await cli('bench', 'pipeline', '--pictures', pictures, '--rounds', '10');
  assert.deepEqual(Object.keys(figures.stages), [
    'decode',
    'detect',
    'landmarks',
    'measure',
    'embed',
    'pad',
    'match',
  ]);
  for (const key of ['cpu_ms_p50', 'model_ms', 'verification_cpu_ms_p50']) assert.ok(figures[key] > 0, key);
  assert.ok(figures.verification_cpu_ms_p50 > figures.cpu_ms_p50);
  const share = (figures.cpu_ms_p50 - figures.model_ms) / figures.model_ms;
  assert.ok(Math.abs(figures.overhead_ratio - share) < 1e-9);
});

test('bench pipeline says which folder holds no picture', async () => {
  const { cli } = await place();
  const empty = mkdtempSync(join(tmpdir(), 'countersign-empty-'));
  await assert.rejects(cli('bench', 'pipeline', '--pictures', empty), /not_found.*holds no JPEG or WebP/s);
});
