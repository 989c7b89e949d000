// The accuracy of a peer on pairs of pictures: each fold is judged at the threshold that is best on the other folds.

const kScores = {
  cosine: (a, b) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)),
  euclidean: (a, b) => -Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0)),
};
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** A pair with a picture in which no face was found is called different, whatever the threshold. */
export function score(metric, a, b) {
  return a && b ? kScores[metric](a, b) : Number.NEGATIVE_INFINITY;
}

/** How many of `trials` ({ score, same }) are judged rightly when at least `threshold` means the same person. */
const right = (trials, threshold) =>
  trials.filter(({ score: value, same }) => value >= threshold === same).length;

/** The threshold, halfway between two scores, at which most are judged rightly. */
export function bestThreshold(trials) {
  const scores = [...trials].sort((a, b) => b.score - a.score);
  let rightNow = trials.filter(({ same }) => !same).length;
  let best = { right: rightNow, threshold: Number.POSITIVE_INFINITY };
  for (const [i, { score: value, same }] of scores.entries()) {
    rightNow += same ? 1 : -1;
    const next = scores[i + 1]?.score ?? value - 1;
    if (next === value || value === Number.NEGATIVE_INFINITY) continue;
    const threshold = next === Number.NEGATIVE_INFINITY ? value : (value + next) / 2;
    if (rightNow > best.right) best = { right: rightNow, threshold };
  }
  return best.threshold;
}

/** Mean over the folds. `trials`: [{ fold, score, same }], two folds at least. */
export function foldAccuracy(trials) {
  const folds = [...new Set(trials.map(({ fold }) => fold))];
  if (folds.length < 2) throw new Error('pairs of two folds at least are needed');
  const shares = folds.map((fold) => {
    const own = trials.filter((trial) => trial.fold === fold);
    const threshold = bestThreshold(trials.filter((trial) => trial.fold !== fold));
    return right(own, threshold) / own.length;
  });
  return shares.reduce((a, b) => a + b, 0) / shares.length;
}

/** At most `count` pairs, as many of each fold and kind. */
export function spread(pairs, count) {
  const groups = new Map();
  for (const pair of pairs) {
    const key = `${pair.fold} ${pair.same}`;
    groups.set(key, [...(groups.get(key) ?? []), pair]);
  }
  const each = Math.max(1, Math.floor(count / groups.size));
  return [...groups.values()].flatMap((group) => group.slice(0, each));
}

/** The lines of a CSV with the columns fold, a, b, same. */
export function readPairs(text) {
  const [header, ...rows] = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter(Boolean);
  const columns = header.split(',');
  const missing = ['fold', 'a', 'b', 'same'].filter((name) => !columns.includes(name));
  if (missing.length > 0) throw new Error(`the list of pairs has no column ${missing.join(', ')}`);
  return rows.map((row) => {
    const values = Object.fromEntries(row.split(',').map((value, i) => [columns[i], value]));
    return { ...values, same: values.same === '1' };
  });
}
