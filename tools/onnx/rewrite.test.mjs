import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bendPrelu } from './bend_prelu.mjs';
import { equalise } from './equalise.mjs';
import { readModel, writeModel } from './model.mjs';
import { padChannels, padTo } from './pad_channels.mjs';
import { readFields, writeFields } from './protobuf.mjs';
import { activationScale, quantise, quantiseWeights } from './quantise.mjs';
import { rewriteModel } from './rewrite.mjs';
import { splitPrelu } from './split_prelu.mjs';

const tensor = (dims, values) => ({ dims, data: Float32Array.from(values) });

/** A 1×1 convolution of one channel, a PRelu of slope `slope`, and a 1×1 convolution that reads it. */
function net(slope) {
  const conv = (input, name) => ({
    op: 'Conv',
    domain: '',
    inputs: [input, `${name}_w`, `${name}_b`],
    outputs: [name],
    attributes: { group: 1, kernel_shape: [1, 1], pads: [0, 0, 0, 0], strides: [1, 1], dilations: [1, 1] },
  });
  return {
    nodes: [
      conv('input', 'first'),
      { op: 'PRelu', domain: '', inputs: ['first', 'slope'], outputs: ['bent'], attributes: {} },
      conv('bent', 'output'),
    ],
    initializers: new Map([
      ['first_w', tensor([1, 1, 1, 1], [2])],
      ['first_b', tensor([1], [-1])],
      ['slope', tensor([1, 1, 1], [slope])],
      ['output_w', tensor([1, 1, 1, 1], [3])],
      ['output_b', tensor([1], [0.5])],
    ]),
    inputs: ['input'],
    outputs: ['output'],
    rest: { model: [], graph: [] },
  };
}

/** What the net gives for one pixel, summed over the channels a convolution reads. */
function run(model, pixel) {
  const values = new Map([['input', [pixel]]]);
  const weights = (name) => model.initializers.get(name);
  for (const { op, inputs, outputs, attributes } of model.nodes) {
    const [x, y] = inputs.map((name) => values.get(name));
    if (op === 'Add')
      values.set(
        outputs[0],
        x.map((v, i) => v + y[i]),
      );
    else if (op === 'Relu')
      values.set(
        outputs[0],
        x.map((v) => Math.max(0, v)),
      );
    else if (op === 'PRelu')
      values.set(
        outputs[0],
        x.map((v, i) => (v < 0 ? v * weights(inputs[1]).data[i] : v)),
      );
    else {
      const { dims, data } = weights(inputs[1]);
      const bias = weights(inputs[2]).data;
      const perGroup = dims[0] / attributes.group;
      const channel = (o) =>
        Array.from(
          { length: dims[1] },
          (_, c) => data[o * dims[1] + c] * x[Math.floor(o / perGroup) * dims[1] + c],
        );
      values.set(
        outputs[0],
        Array.from(bias, (b, o) => channel(o).reduce((sum, v) => sum + v, b)),
      );
    }
  }
  return values.get('output')[0];
}

for (const slope of [-1.5, 0, 0.25, 1, 1.25]) {
  test(`a net with a PRelu of slope ${slope} keeps its function without it`, () => {
    const split = splitPrelu(padChannels(net(slope)));
    const bent = bendPrelu(equalise(net(slope), { bent: Buffer.from([5]).toString('base64') }));
    for (const other of [split, bent]) {
      assert.ok(other.nodes.every(({ op }) => op !== 'PRelu'));
      for (const pixel of [-2, 0, 0.5, 3])
        assert.ok(Math.abs(run(other, pixel) - run(net(slope), pixel)) < 1e-5);
    }
  });
}

test('padding fills whole blocks with zeros inside the net and leaves its ends alone', () => {
  const { initializers } = padChannels(net(0.5));
  assert.deepEqual(initializers.get('first_w').dims, [16, 1, 1, 1]);
  assert.deepEqual(initializers.get('output_w').dims, [1, 16, 1, 1]);
  assert.deepEqual([...padTo(tensor([1, 2], [7, 8]), [2, 3]).data], [7, 8, 0, 0, 0, 0]);
});

test('channels of unlike ranges become alike: what one convolution gains the next one loses', () => {
  const { initializers } = equalise(net(0.5), { bent: Buffer.from([8]).toString('base64') });
  assert.deepEqual([...initializers.get('first_w').data, ...initializers.get('first_b').data], [8, -4]);
  assert.deepEqual([...initializers.get('output_w').data], [0.75]);
});

test('bytes mean zero exactly, and weights have a scale for each channel', () => {
  const { scale, zero } = activationScale([-1, 3]);
  assert.equal(zero, 64);
  assert.ok(Math.abs((255 - zero) * scale - 3) < scale);
  assert.equal(activationScale([0.5, 2]).zero, 0);
  const { bytes, scales } = quantiseWeights(tensor([2, 2], [1, -0.5, 0, 0]));
  assert.deepEqual([...bytes], [127, -64, 0, 0]);
  assert.equal(scales[1], 1);
});

test('what ranges name runs on bytes, and the rest on floats', () => {
  const ranges = { first: [-4, 4], bent_relu: [0, 4], bent: [-2, 4] };
  const ops = (model) => quantise(bendPrelu(model), ranges).nodes.map(({ op }) => op);
  assert.deepEqual(ops(net(0.5)), [
    'Conv',
    'QuantizeLinear',
    'QLinearConv',
    'QLinearAdd',
    'DequantizeLinear',
    'Conv',
  ]);
});

test('a model comes back as it was written', () => {
  const { nodes, initializers } = readModel(writeModel(net(0.5)));
  assert.deepEqual(nodes, net(0.5).nodes);
  assert.deepEqual([...initializers.get('output_w').data], [3]);
});

test('a broken message and an unknown step are refused', () => {
  assert.throws(() => readFields(Buffer.from([0x0a, 0x05, 0x01])), /longer than the message/);
  assert.throws(() => readFields(Buffer.from([0x80])), /does not end/);
  assert.throws(() => rewriteModel(writeFields([]), 'melt'), /unknown rewrite/);
  assert.throws(() => rewriteModel(writeFields([]), 'quantise:../x'), /unknown rewrite/);
});
