import { describe, expect, it } from 'vitest';
import { runSpec } from '../../../src/measure/evaluate';
import { openContext } from '../../../src/measure/evaluation-context';
import { FIDELITY_SPECS } from '../../../src/measure/fidelity/fidelity-specs';
import { isSkipped } from '../../../src/measure/measure';
import { makePeople, PEOPLE_KINDS } from '../made-people';

const N_TABLES = 100;
/** Wilson's interval of shares at 1 is wide on purpose. */
const CAUTIOUS = ['range-adherence', 'category-adherence'];

describe('95 % intervals of fidelity', () => {
  it('are as wide as figures of fresh tables vary', () => {
    const train = makePeople(1000, 'train');
    const found = new Map<string, { values: number[]; halves: number[] }>();
    for (let i = 0; i < N_TABLES; i++) {
      const synthetic = makePeople(1000, `synthetic/${i}`);
      const input = { train, holdout: null, synthetic, kinds: PEOPLE_KINDS, options: { seed: i } };
      const context = openContext(input);
      for (const result of FIDELITY_SPECS.flatMap((spec) => runSpec(spec, context))) {
        if (isSkipped(result)) throw new Error(`${result.id}: ${result.reason}`);
        const { values, halves } = found.get(result.id) ?? { values: [], halves: [] };
        values.push(result.value);
        halves.push((result.interval.high - result.interval.low) / 2);
        found.set(result.id, { values, halves });
      }
    }
    const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
    for (const [id, { values, halves }] of found) {
      if (CAUTIOUS.includes(id)) continue;
      const centre = mean(values);
      const spread = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
      const ratio = mean(halves) / (1.96 * spread);
      expect(ratio, `${id}: half-width ${mean(halves)}, spread ${spread}`).toBeGreaterThan(0.8);
      expect(ratio, `${id}: half-width ${mean(halves)}, spread ${spread}`).toBeLessThan(2);
    }
  }, 600_000);
});
