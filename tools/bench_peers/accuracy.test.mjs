import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestThreshold, foldAccuracy, readPairs, score, spread } from './accuracy.mjs';

const trial = (fold, value, same) => ({ fold, score: value, same });

test('a fold is judged at the threshold of the others, not at its own', () => {
  const kept = [trial('1', 0.9, true), trial('1', 0.1, false)];
  const shifted = [trial('2', 0.4, true), trial('2', -0.4, false)];
  assert.equal(foldAccuracy([...kept, ...shifted]), 0.5, 'one miss at 0.5, one false match at 0');
  assert.equal(foldAccuracy([...kept, ...kept.map((each) => ({ ...each, fold: '2' }))]), 1);
  assert.throws(() => foldAccuracy(kept), /two folds/);
});

test('the best threshold lies between the scores, and nothing found is never a match', () => {
  assert.equal(bestThreshold([trial('1', 0.8, true), trial('1', 0.2, false)]), 0.5);
  assert.equal(bestThreshold([trial('1', 0.2, false)]), Number.POSITIVE_INFINITY);
  const missed = score('cosine', null, [1, 0]);
  assert.equal(bestThreshold([trial('1', 0.8, true), trial('1', missed, true)]), 0.8);
  assert.equal(score('cosine', [2, 0], [3, 0]), 1);
  assert.equal(score('euclidean', [0, 3], [4, 0]), -5);
});

test('fewer pairs keep the balance of folds and kinds', () => {
  const list = readPairs(
    `fold,a,b,same\n${['1', '2'].flatMap((f) => ['1', '0'].flatMap((s) => [1, 2, 3].map((i) => `${f},x${i},y${i},${s}`))).join('\n')}\n`,
  );
  const few = spread(list, 4);
  assert.deepEqual(
    few.map(({ fold, a, same }) => [fold, a, same]),
    [
      ['1', 'x1', true],
      ['1', 'x1', false],
      ['2', 'x1', true],
      ['2', 'x1', false],
    ],
  );
  assert.throws(() => readPairs('a,b\n1,2\n'), /no column fold, same/);
});
