import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('docs/api.md says what api/openapi.yaml says', () => {
  const script = fileURLToPath(new URL('../../../tools/api_docs.mjs', import.meta.url));
  const ended = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect(ended.status, ended.stderr).toBe(0);
});
