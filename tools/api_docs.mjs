// Makes docs/api.md from api/openapi.yaml. `--check` writes nothing and fails when the two differ.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'docs/api.md');
const biome = join(root, 'node_modules/@biomejs/cli-linux-x64/biome');
const methods = ['get', 'post', 'put', 'patch', 'delete'];

const cell = (text) =>
  String(text)
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ');
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
/** The anchor that Markdown readers give a heading. */
const anchor = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-');
const lastPart = (reference) => reference.split('/').at(-1);

export function documentation(contract) {
  const at = (reference) =>
    reference
      .slice(2)
      .split('/')
      .reduce((node, key) => node[key], contract);
  const resolved = (node) => (node?.$ref ? at(node.$ref) : node);

  /** A schema in a few words; a named one as a link. */
  function typeOf(schema) {
    if (schema === undefined) return 'any';
    if (schema.$ref) return `[${lastPart(schema.$ref)}](#${anchor(lastPart(schema.$ref))})`;
    if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
    if (schema.const !== undefined) return `\`${schema.const}\``;
    for (const join of ['oneOf', 'anyOf', 'allOf'])
      if (schema[join]) return schema[join].map(typeOf).join(join === 'allOf' ? ' and ' : ' or ');
    if (schema.type === 'array') return `array of ${typeOf(schema.items)}`;
    const types = [schema.type ?? 'object'].flat();
    if (types.includes('object') && schema.additionalProperties?.type)
      return `object of ${typeOf(schema.additionalProperties)}`;
    return types.join(' or ') + (schema.format ? ` (${schema.format})` : '');
  }

  function limitsOf(schema = {}) {
    const parts = [];
    const range = (low, high, unit) => {
      if (low !== undefined && high !== undefined) parts.push(`${low} to ${high}${unit}`);
      else if (low !== undefined) parts.push(`at least ${low}${unit}`);
      else if (high !== undefined) parts.push(`at most ${high}${unit}`);
    };
    range(schema.minimum, schema.maximum, '');
    range(schema.minLength, schema.maxLength, ' characters');
    range(schema.minItems, schema.maxItems, ' items');
    if (schema.pattern) parts.push(`form \`${schema.pattern}\``);
    if (schema.default !== undefined) parts.push(`default \`${schema.default}\``);
    return parts.join('; ');
  }
  const remark = (node, schema = node) => [node.description, limitsOf(schema)].filter(Boolean).join('. ');

  function contentOf(message) {
    const [type, { schema } = {}] = Object.entries(message?.content ?? {})[0] ?? [];
    if (type === undefined) return '';
    return type.includes('json') ? typeOf(schema) : `\`${type}\``;
  }

  function operationsOf(tag) {
    return Object.entries(contract.paths).flatMap(([path, item]) =>
      methods
        .filter((method) => item[method]?.tags.includes(tag))
        .map((method) => ({
          path,
          method: method.toUpperCase(),
          operation: item[method],
          shared: item.parameters ?? [],
        })),
    );
  }

  function operationText({ path, method, operation, shared }) {
    const lines = [`### ${method} ${path}`];
    if (operation.summary) lines.push(`${operation.summary}.`);
    if (operation.description) lines.push(operation.description.trim());
    const fresh = operation['x-fresh'] ? ' Asks for a proof of identity within the last five minutes.' : '';
    lines.push(`Permission: \`${operation['x-permission']}\`.${fresh}`);
    const parameters = [...shared, ...(operation.parameters ?? [])].map(resolved);
    if (parameters.length > 0) {
      const rows = parameters.map((p) => [
        `\`${p.name}\``,
        p.required ? `${p.in}, required` : p.in,
        typeOf(p.schema),
        remark(p, p.schema),
      ]);
      lines.push(table(['Parameter', 'Where', 'Type', 'Meaning'], rows));
    }
    const body = resolved(operation.requestBody);
    if (body) lines.push(`Body${body.required ? '' : ' (optional)'}: ${contentOf(body)}`);
    const answers = Object.entries(operation.responses).map(([status, answer]) => {
      const message = resolved(answer);
      return [
        status === 'default' ? 'else' : status,
        message.description ?? '',
        contentOf(message) || 'nothing',
      ];
    });
    lines.push(table(['Status', 'Meaning', 'Body'], answers));
    return lines.join('\n\n');
  }

  function schemaText([name, schema]) {
    const lines = [`### ${name}`];
    if (schema.description) lines.push(schema.description.trim());
    const properties = Object.entries(schema.properties ?? {});
    if (properties.length === 0) {
      lines.push([typeOf(schema), limitsOf(schema)].filter(Boolean).join('; '));
    } else {
      const rows = properties.map(([key, property]) => [
        `\`${key}\``,
        typeOf(property),
        schema.required?.includes(key) ? 'always' : '',
        remark(property),
      ]);
      lines.push(table(['Field', 'Type', 'Present', 'Meaning'], rows));
    }
    return lines.join('\n\n');
  }

  const sections = contract.tags.flatMap((tag) => {
    const operations = operationsOf(tag.name);
    const rows = operations.map(({ path, method, operation }) => [
      `[${method} ${path}](#${anchor(`${method} ${path}`)})`,
      operation.summary ?? Object.values(operation.responses)[0].description ?? '',
      `\`${operation['x-permission']}\``,
    ]);
    return [
      `## Calls: ${tag.name}`,
      `${tag.description}.`,
      table(['Call', 'What it does', 'Permission'], rows),
      ...operations.map(operationText),
    ];
  });
  return [
    `# ${contract.info.title}`,
    'This page is made from [api/openapi.yaml](../api/openapi.yaml) by `node tools/api_docs.mjs`.',
    contract.info.description.trim(),
    `Addresses are relative to \`${contract.servers[0].url}\` of the portal's public address.`,
    ...sections,
    '## Schemas',
    ...Object.entries(contract.components.schemas).map(schemaText),
    '',
  ].join('\n\n');
}

/** In the form that the formatter of this repository gives Markdown. */
export function formatted(text) {
  const ended = spawnSync(biome, ['format', '--stdin-file-path=docs/api.md'], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  });
  if (ended.status !== 0) throw new Error(`biome: ${ended.stderr}`);
  return ended.stdout;
}

export const contract = () => load(readFileSync(join(root, 'api/openapi.yaml'), 'utf8'));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = formatted(documentation(contract()));
  if (process.argv.includes('--check')) {
    if (made !== readFileSync(target, 'utf8')) {
      console.error('docs/api.md is not what api/openapi.yaml says: run "node tools/api_docs.mjs"');
      process.exit(1);
    }
  } else {
    writeFileSync(target, made);
  }
}
