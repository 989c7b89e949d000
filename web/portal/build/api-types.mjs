// Makes src/api/schema.d.ts from api/openapi.yaml; a test compares the two, so the pages cannot drift from the contract.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const here = dirname(fileURLToPath(import.meta.url));
export const contract = resolve(here, '../../../api/openapi.yaml');
export const target = resolve(here, '../src/api/schema.d.ts');

export async function typesOfContract() {
  const tree = await openapiTS(pathToFileURL(contract), { defaultNonNullable: false });
  return `// Made by "npm run api -w web/portal" from api/openapi.yaml.\n\n${astToString(tree)}`;
}

export const committedTypes = () => readFileSync(target, 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await typesOfContract());
