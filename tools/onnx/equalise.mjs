// Brings the channels between two convolutions to like ranges, so that one scale of bytes serves all of them: what gives a channel
// is multiplied by a factor and what reads it is divided by the same. PRelu and Relu let positive factors through, so the function
// of the net stays. Factors were measured (calibrate.mjs) and are kept as steps of a quarter of a power of two.

export const factorOf = (step) => 2 ** (step / 4);

/** The single element of `list`, if it has just one. */
const only = (list) => (list.length === 1 ? list[0] : undefined);

/** [{ before, bend, after }]: a convolution, the PRelu or Relu after it, and the convolution that alone reads that. */
export function equalisable(model) {
  const readers = (name) => model.nodes.filter(({ inputs }) => inputs.includes(name));
  return model.nodes
    .filter(({ op }) => op === 'PRelu' || op === 'Relu')
    .map((bend) => ({
      before: model.nodes.find(({ op, outputs }) => op === 'Conv' && outputs[0] === bend.inputs[0]),
      bend,
      after: only(readers(bend.outputs[0])),
    }))
    .filter(
      ({ before, bend, after }) => before && after?.op === 'Conv' && readers(bend.inputs[0]).length === 1,
    );
}

function scaleOutputs(tensor, factors) {
  const perChannel = tensor.data.length / factors.length;
  tensor.data = tensor.data.map((value, i) => value * factors[Math.floor(i / perChannel)]);
}

/** Divides what a convolution does with each of its input channels. */
function scaleInputs(tensor, group, factors) {
  const [outputs, inputs] = tensor.dims;
  const area = tensor.data.length / outputs / inputs;
  tensor.data = tensor.data.map((value, i) => {
    const inGroup = Math.floor(i / area) % inputs;
    const groupOf = Math.floor(i / (area * inputs) / (outputs / group));
    return value / factors[groupOf * inputs + inGroup];
  });
}

/** Changes the model in place and returns it. `steps`: name of the bent tensor → base64 of one signed byte for each channel. */
export function equalise(model, steps) {
  for (const { before, bend, after } of equalisable(model)) {
    const coded = steps[bend.outputs[0]];
    if (!coded) continue;
    const factors = Float64Array.from(new Int8Array(Buffer.from(coded, 'base64')), factorOf);
    for (const name of before.inputs.slice(1, 3)) scaleOutputs(model.initializers.get(name), factors);
    scaleInputs(model.initializers.get(after.inputs[1]), after.attributes.group, factors);
  }
  return model;
}
