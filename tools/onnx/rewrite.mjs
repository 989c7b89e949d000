// The recipes of models/manifest.toml: `rewrite = "pad_channels split_prelu"` names what is done to a model when it is put
// in place. Each keeps the function of the net (the known answers of the manifest prove it) and makes it faster to run.
// The result is the same bytes on every machine, so the manifest pins its hash, too.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bendPrelu } from './bend_prelu.mjs';
import { cutHeads } from './cut_heads.mjs';
import { equalise } from './equalise.mjs';
import { fromDlib } from './from_dlib.mjs';
import { readModel, writeModel } from './model.mjs';
import { padChannels } from './pad_channels.mjs';
import { quantise } from './quantise.mjs';
import { splitPrelu } from './split_prelu.mjs';

/** `equalise:NAME` and `quantise:NAME` use what was measured: ranges/NAME.json. */
const kMeasuredSteps = new Map([
  ['equalise', (model, { factors }) => equalise(model, factors)],
  ['quantise', (model, { ranges }) => quantise(model, ranges)],
]);

function measuredStep(step, name) {
  const measured = JSON.parse(readFileSync(join(import.meta.dirname, 'ranges', `${name}.json`), 'utf8'));
  return (model) => kMeasuredSteps.get(step)(model, measured);
}

const kSteps = new Map([
  ['pad_channels', padChannels],
  ['split_prelu', splitPrelu],
  ['bend_prelu', bendPrelu],
  ['cut_heads', (model) => cutHeads(model)],
  ['cut_heads_160x120', (model) => cutHeads(model, [160, 120])],
]);

/** Files that are not ONNX: named as the first step of a recipe. */
const kReaders = new Map([['from_dlib', fromDlib]]);

/** The bytes of `model` after the steps of `recipe`, in order. Throws for an unknown step or a model it does not fit. */
export function rewriteModel(bytes, recipe) {
  const names = recipe.split(' ');
  const read = kReaders.get(names[0]);
  const steps = names.slice(read ? 1 : 0).map((name) => {
    const [, measured, file] = /^(\w+):(\w+)$/.exec(name) ?? [];
    const step = kMeasuredSteps.has(measured) ? measuredStep(measured, file) : kSteps.get(name);
    if (!step) throw new Error(`unknown rewrite "${name}"`);
    return step;
  });
  return writeModel(steps.reduce((model, step) => step(model), (read ?? readModel)(bytes)));
}
