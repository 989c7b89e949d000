// Reads and writes ONNX models: the parts that graph rewriting needs. What it does not know it keeps as it is.
// Source: onnx.proto3 of ONNX 1.14 (field numbers).
import { integersOf, kBytes, kVarint, readFields, valuesOf, writeFields } from './protobuf.mjs';

const kFloat = 1;
const kModelGraph = 7;
const kGraph = { node: 1, initializer: 5, input: 11, output: 12 };
const kNode = { input: 1, output: 2, name: 3, op: 4, attribute: 5, domain: 7 };
const kTensor = { dims: 1, type: 2, floats: 4, int32s: 5, int64s: 7, name: 8, raw: 9 };
const kAttribute = { name: 1, f: 2, i: 3, s: 4, ints: 8, type: 20 };

const text = (bytes) => Buffer.from(bytes).toString('utf8');
export const bytesField = (field, value) => ({ field, wire: kBytes, value });
export const intField = (field, value) => ({ field, wire: kVarint, value: BigInt(value) });

/** A ValueInfoProto: a tensor of floats, with a shape or without. */
export function describe(name, dims) {
  const shape = dims?.map((size) => bytesField(1, writeFields([intField(1, size)])));
  const tensor = [intField(1, kFloat), ...(shape ? [bytesField(2, writeFields(shape))] : [])];
  const type = writeFields([bytesField(1, writeFields(tensor))]);
  return writeFields([bytesField(1, name), bytesField(2, type)]);
}

function readAttribute(bytes) {
  const fields = readFields(bytes);
  const name = text(valuesOf(fields, kAttribute.name)[0]);
  const ints = integersOf(fields, kAttribute.ints);
  // A number that JavaScript cannot hold ("to the end" is 2⁶³ − 1) stays as it is.
  if (ints.length > 0) return [name, ints.every(Number.isSafeInteger) ? ints : { kept: bytes }];
  const single = valuesOf(fields, kAttribute.i)[0];
  if (single !== undefined) return [name, Number(BigInt.asIntN(64, single))];
  const string = valuesOf(fields, kAttribute.s)[0];
  if (string !== undefined) return [name, text(string)];
  return [name, { kept: bytes }];
}

function writeAttribute(name, value) {
  if (value.kept) return value.kept;
  const named = bytesField(kAttribute.name, name);
  if (Array.isArray(value)) {
    return writeFields([
      named,
      ...value.map((v) => intField(kAttribute.ints, v)),
      intField(kAttribute.type, 7),
    ]);
  }
  if (typeof value === 'string')
    return writeFields([named, bytesField(kAttribute.s, value), intField(kAttribute.type, 3)]);
  return writeFields([named, intField(kAttribute.i, value), intField(kAttribute.type, 2)]);
}

function readNode(bytes) {
  const fields = readFields(bytes);
  const texts = (field) => valuesOf(fields, field).map(text);
  return {
    op: texts(kNode.op)[0],
    domain: texts(kNode.domain)[0] ?? '',
    inputs: texts(kNode.input),
    outputs: texts(kNode.output),
    attributes: Object.fromEntries(valuesOf(fields, kNode.attribute).map(readAttribute)),
  };
}

function writeNode(node, index) {
  return writeFields([
    ...node.inputs.map((name) => bytesField(kNode.input, name)),
    ...node.outputs.map((name) => bytesField(kNode.output, name)),
    bytesField(kNode.name, `${node.op}_${index}`),
    bytesField(kNode.op, node.op),
    ...Object.entries(node.attributes ?? {}).map(([name, value]) =>
      bytesField(kNode.attribute, writeAttribute(name, value)),
    ),
    ...(node.domain ? [bytesField(kNode.domain, node.domain)] : []),
  ]);
}

function floatsOf(fields) {
  const raw = valuesOf(fields, kTensor.raw)[0];
  const packed = raw ?? Buffer.concat(valuesOf(fields, kTensor.floats));
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  return Float32Array.from({ length: packed.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** A float tensor becomes { dims, data }; any other is kept as its bytes. */
function readTensor(bytes) {
  const fields = readFields(bytes);
  const name = text(valuesOf(fields, kTensor.name)[0]);
  const isFloat = Number(valuesOf(fields, kTensor.type)[0]) === kFloat;
  return [
    name,
    isFloat ? { dims: integersOf(fields, kTensor.dims), data: floatsOf(fields) } : { kept: bytes },
  ];
}

const kTypes = new Map([
  [Float32Array, kFloat],
  [Uint8Array, 2],
  [Int8Array, 3],
  [Int32Array, 6],
]);

function writeTensor(name, { dims, data, kept }) {
  if (kept) return kept;
  return writeFields([
    ...dims.map((size) => intField(kTensor.dims, size)),
    intField(kTensor.type, kTypes.get(data.constructor)),
    bytesField(kTensor.name, name),
    bytesField(kTensor.raw, Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
  ]);
}

/**
 * { nodes, initializers: Map name → { dims, data }, inputs, outputs, rest }. Node order is that of the file, which ONNX
 * wants sorted: a node comes after those that it reads.
 */
export function readModel(bytes) {
  const fields = readFields(bytes);
  const graph = readFields(valuesOf(fields, kModelGraph)[0]);
  const names = (field) => valuesOf(graph, field).map((info) => text(valuesOf(readFields(info), 1)[0]));
  return {
    nodes: valuesOf(graph, kGraph.node).map(readNode),
    initializers: new Map(valuesOf(graph, kGraph.initializer).map(readTensor)),
    inputs: names(kGraph.input),
    outputs: names(kGraph.output),
    rest: {
      model: fields.filter(({ field }) => field !== kModelGraph),
      graph: graph.filter(({ field }) => field !== kGraph.node && field !== kGraph.initializer),
    },
  };
}

export function writeModel({ nodes, initializers, inputs, rest }) {
  const used = new Set(nodes.flatMap((node) => node.inputs));
  const tensors = [...initializers].filter(([name]) => used.has(name));
  // Old files list the weights among the inputs, too; a run time then may not fold them.
  const isWeight = (info) => {
    const name = text(valuesOf(readFields(info), 1)[0]);
    return inputs.includes(name) && initializers.has(name);
  };
  const graph = writeFields([
    ...nodes.map((node, index) => bytesField(kGraph.node, writeNode(node, index))),
    ...tensors.map(([name, tensor]) => bytesField(kGraph.initializer, writeTensor(name, tensor))),
    ...rest.graph.filter(({ field, value }) => field !== kGraph.input || !isWeight(value)),
  ]);
  return writeFields([...rest.model, bytesField(kModelGraph, graph)]);
}
