// The recipes of models/manifest.toml: `rewrite = "pad_channels split_prelu"` names what is done to a model when it is put
// in place. Each keeps the function of the net (the known answers of the manifest prove it) and makes it faster to run.
// The result is the same bytes on every machine, so the manifest pins its hash, too.
import { cutHeads } from './cut_heads.mjs';
import { fromDlib } from './from_dlib.mjs';
import { readModel, writeModel } from './model.mjs';
import { padChannels } from './pad_channels.mjs';
import { splitPrelu } from './split_prelu.mjs';

const kSteps = new Map([
  ['pad_channels', padChannels],
  ['split_prelu', splitPrelu],
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
    const step = kSteps.get(name);
    if (!step) throw new Error(`unknown rewrite "${name}"`);
    return step;
  });
  return writeModel(steps.reduce((model, step) => step(model), (read ?? readModel)(bytes)));
}
