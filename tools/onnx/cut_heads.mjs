// Ends an Ultra-Light detector at the convolutions of its heads: scores_0 … scores_3 and places_0 … places_3, one pair per
// scale. What the file does after them (transposing, joining and decoding all 4 420 anchors, nearly all of them far below any
// threshold) costs a fifth of the net's time; our code decodes only what counts as a face. Can also set the input size:
// all is convolution, so the net works on a smaller picture, and finds faces as small in pixels as before.
import { bytesField, describe } from './model.mjs';
import { readFields, valuesOf } from './protobuf.mjs';

const kHead = /^(classification|regression)_headers\.(\d)\..*weight$/;

/** The nodes that any of `outputs` needs. */
function needed(nodes, outputs) {
  const wanted = new Set(outputs);
  const kept = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((name) => wanted.has(name))) continue;
    for (const name of node.inputs) wanted.add(name);
    kept.push(node);
  }
  return kept.reverse();
}

function nameHeads(model) {
  const heads = [];
  for (const node of model.nodes) {
    const head = node.op === 'Conv' ? kHead.exec(node.inputs[1]) : null;
    const read = model.nodes.find(({ inputs }) => inputs[0] === node.outputs[0]);
    if (!head || read?.op !== 'Transpose') continue;
    node.outputs = [`${head[1] === 'classification' ? 'scores' : 'places'}_${head[2]}`];
    heads.push(node.outputs[0]);
  }
  if (heads.length !== 8) throw new Error(`a detector with ${heads.length} heads`);
  return heads;
}

const kGraphInput = 11;
const kGraphOutput = 12;

/** Changes the model in place and returns it. `size`: [width, height] of the input, or as it is. */
export function cutHeads(model, size) {
  model.outputs = nameHeads(model);
  model.nodes = needed(model.nodes, model.outputs);
  const isInput = ({ field, value }) =>
    field === kGraphInput && valuesOf(readFields(value), 1)[0].toString() === 'input';
  model.rest.graph = model.rest.graph
    .filter(({ field }) => field !== kGraphOutput)
    .map((entry) =>
      size && isInput(entry) ? bytesField(kGraphInput, describe('input', [1, 3, size[1], size[0]])) : entry,
    );
  for (const name of model.outputs) model.rest.graph.push(bytesField(kGraphOutput, describe(name)));
  return model;
}
