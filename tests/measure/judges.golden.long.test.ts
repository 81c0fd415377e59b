import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/math/rng';
import { detectSynthetic } from '../../src/measure/fidelity/detection';
import { measureClosest } from '../../src/measure/privacy/closest-records';
import { trainOnSynthetic } from '../../src/measure/utility/train-synthetic';
import { loadGoldenCase, take } from './golden-judges';
import { hasGolden } from './load-golden';

const CASES = [
  ['adult', 'ctgan'],
  ['adult', 'tvae'],
  ['adult', 'argn'],
  ['support2', 'synthpop'],
  ['support2', 'argn'],
  ['support2', 'tvae'],
] as const;

// scikit-learn's HistGradientBoosting and LogisticRegression, and SDMetrics' distances. Learners differ in details.
describe.skipIf(!hasGolden)('learners judge the peers as scikit-learn does', () => {
  it.each(CASES)('%s, %s', { timeout: 300_000 }, (dataset, producer) => {
    const { kinds, train, holdout, synthetic, scores } = loadGoldenCase(dataset, producer);
    const rng = Rng.fromSeed('golden');
    const { auc } = take(detectSynthetic('boosted', train, synthetic, kinds, rng));
    expect(Math.abs(auc - scores.hgb_detection_auc_train_vs_syn.mean), `detection ${auc}`).toBeLessThan(0.01);
    const { target, dropped, synthetic: taught, real } = scores.tstr;
    const task = kinds.filter(({ name }) => !dropped.includes(name));
    const tables = { train, holdout, synthetic };
    const boosted = take(trainOnSynthetic('boosted', target, tables, task, rng));
    expect(Math.abs(boosted.synthetic.value - taught.hgb_auc), 'boosted').toBeLessThan(0.01);
    expect(Math.abs(boosted.train.value - real.hgb_auc), 'boosted on train').toBeLessThan(0.01);
    const linear = take(trainOnSynthetic('linear', target, tables, task, rng));
    expect(Math.abs(linear.synthetic.value - taught.lr_auc), 'linear').toBeLessThan(0.01);
    const { syntheticToTrain, closer } = take(measureClosest(train, holdout, synthetic, kinds));
    for (const [name, value] of Object.entries(syntheticToTrain))
      expect(value, name).toBeCloseTo(scores.dcr_own.syn_to_train[name as 'min'], 12);
    expect(Math.abs(closer.share - scores.dcr_own.share_train_with_half_ties)).toBeLessThan(0.02);
  });
});
