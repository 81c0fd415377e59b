import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/math/rng';
import { detectSynthetic } from '../../src/measure/fidelity/detection';
import { measureClosest } from '../../src/measure/privacy/closest-records';
import { findCopies } from '../../src/measure/privacy/exact-copies';
import { singleOutByValue } from '../../src/measure/privacy/singling-out-values';
import { trainOnSynthetic } from '../../src/measure/utility/train-synthetic';
import { loadGoldenCase, take } from './golden-judges';
import { hasGolden } from './load-golden';

// Learners differ from scikit-learn's in details, so their areas agree to 0.01 only; distances and copies agree exactly.
describe.skipIf(!hasGolden)('synthpop on Adult is judged as by the peers', () => {
  const { kinds, train, holdout, synthetic, scores } = hasGolden
    ? loadGoldenCase('adult', 'synthpop')
    : ({} as ReturnType<typeof loadGoldenCase>);
  const rng = () => Rng.fromSeed('golden');

  it('trees can hardly tell it from train', () => {
    const { auc } = take(detectSynthetic('boosted', train, synthetic, kinds, rng()));
    expect(Math.abs(auc - scores.hgb_detection_auc_train_vs_syn.mean)).toBeLessThan(0.01);
  });

  it('models taught on it predict the holdout', () => {
    const tables = { train, holdout, synthetic };
    const boosted = take(trainOnSynthetic('boosted', 'income', tables, kinds, rng()));
    expect(Math.abs(boosted.synthetic.value - scores.tstr.synthetic.hgb_auc)).toBeLessThan(0.005);
    expect(Math.abs(boosted.train.value - scores.tstr.real.hgb_auc)).toBeLessThan(0.005);
    const linear = take(trainOnSynthetic('linear', 'income', tables, kinds, rng()));
    expect(Math.abs(linear.synthetic.value - scores.tstr.synthetic.lr_auc)).toBeLessThan(0.0005);
    expect(Math.abs(linear.train.value - scores.tstr.real.lr_auc)).toBeLessThan(0.0005);
  });

  it('its rows lie as near to train, and as often upon it', () => {
    const golden = scores.dcr_own;
    const { syntheticToTrain, holdoutToTrain, shareVeryNear, closer } = take(
      measureClosest(train, holdout, synthetic, kinds),
    );
    for (const [name, value] of Object.entries(syntheticToTrain))
      expect(value, name).toBeCloseTo(golden.syn_to_train[name as 'min'], 12);
    for (const [name, value] of Object.entries(holdoutToTrain))
      expect(value, name).toBeCloseTo(golden.holdout_to_train[name as 'min'], 12);
    expect(shareVeryNear).toBeCloseTo(golden.below_p05_of_holdout, 12);
    expect(Math.abs(closer.share - golden.share_train_with_half_ties)).toBeLessThan(0.01);
    const copies = take(findCopies(train, holdout, synthetic, kinds));
    expect(copies.synthetic.share).toBeCloseTo(golden.exact_copies_share_syn, 12);
    expect(copies.holdout?.share).toBeCloseTo(golden.exact_copies_share_holdout, 12);
  });

  it('its unique values single people out', () => {
    const { risk, uniqueValues } = take(singleOutByValue(train, holdout, synthetic, kinds, rng()));
    expect(uniqueValues.inTrain / uniqueValues.n).toBeGreaterThan(0.8);
    expect(risk.interval.low).toBeGreaterThan(0.15);
    expect(risk.beatsBaseline).toBe(true);
  });
});
