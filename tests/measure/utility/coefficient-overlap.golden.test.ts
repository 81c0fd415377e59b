import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { runSpec } from '../../../src/measure/evaluate';
import { openContext } from '../../../src/measure/evaluation-context';
import { shuffleColumns } from '../../../src/measure/fidelity/shuffle-columns';
import { isSkipped } from '../../../src/measure/measure';
import { COEFFICIENTS } from '../../../src/measure/utility/coefficient-spec';
import { presetPolicy } from '../../../src/release/policy-presets';
import { loadGoldenKinds, loadGoldenTable, hasGolden } from '../load-golden';

const ID = 'coefficient-overlap-clear';
const { threshold } = presetPolicy('analytics').criteria.find(({ id }) => id === ID) ?? { threshold: null };
const bound = typeof threshold === 'number' ? threshold : NaN;

/** The interval of the measure that the criterion for analytics asks for, of a peer's table or of train's shuffled columns. */
function judge(dataset: string, name: string) {
  const kinds = loadGoldenKinds(dataset);
  const load = (part: string) => loadGoldenTable(`${dataset}_${part}`, kinds, ['']);
  const [train, holdout] = [load('train'), load('holdout')];
  const synthetic = name === 'shuffled' ? shuffleColumns(train, Rng.fromSeed('golden/overlap')) : load(name);
  const context = openContext({ train, holdout, synthetic, kinds, options: { seed: 1 } });
  const found = runSpec(COEFFICIENTS, context).find(({ id }) => id === ID);
  if (found === undefined || isSkipped(found)) throw new Error(found?.reason ?? 'no result');
  return found.interval;
}

describe.skipIf(!hasGolden)('the criterion on coefficients, on tables of others', () => {
  it.each([
    ['adult', 'synthpop'],
    ['support2', 'synthpop'],
  ])('%s by %s meets it with its whole interval', (dataset, name) => {
    expect(judge(dataset, name).low).toBeGreaterThan(bound);
  });

  it.each([
    ['adult', 'shuffled'],
    ['adult', 'tvae'],
    ['support2', 'shuffled'],
  ])('%s by %s fails it with its whole interval', (dataset, name) => {
    expect(judge(dataset, name).high).toBeLessThan(bound);
  });
});
