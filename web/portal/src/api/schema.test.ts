import { expect, test } from 'vitest';
import { committedTypes, typesOfContract } from '../../build/api-types.mjs';

test('the committed types are those of api/openapi.yaml', async () => {
  expect(committedTypes(), 'run "npm run api -w web/portal"').toBe(await typesOfContract());
});
