import { describe, expect, it } from 'vitest';
import type { Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { openContext } from '../../../src/measure/evaluation-context';
import { runSpec } from '../../../src/measure/evaluate';
import type { ColumnKind } from '../../../src/measure/fidelity/column-kinds';
import { isSkipped, type FinishedMeasure } from '../../../src/measure/measure';
import { MEMBERSHIP_BY_LIKELIHOOD } from '../../../src/measure/privacy/membership-specs';

const KINDS: readonly ColumnKind[] = [{ name: 'x', kind: 'numerical' }];

/** Nine of ten people lie close together; every tenth stands alone, far out. */
function drawTable(nRows: number, seed: string): Table {
  const rng = Rng.fromSeed(seed);
  const values = Float64Array.from({ length: nRows }, (_, row) =>
    isAlone(row) ? 100 + 9900 * rng.float() : rng.float(),
  );
  return { nRows, columns: [{ name: 'x', kind: 'number', values }] };
}

const isAlone = (row: number): boolean => row % 10 === 0;

/** Scores of a model that finds the people who stand alone likelier by so much. */
function drawScores(nRows: number, seed: string, memory: number): Float64Array {
  const rng = Rng.fromSeed(seed);
  return Float64Array.from({ length: nRows }, (_, row) => rng.normal() + (isAlone(row) ? memory : 0));
}

function run(nHeld: number, memory: number) {
  const context = openContext({
    train: drawTable(2000, 'train'),
    holdout: drawTable(nHeld, 'holdout'),
    synthetic: drawTable(2000, 'synthetic'),
    kinds: KINDS,
    options: { seed: 1 },
    likelihood: { train: drawScores(2000, 'own', memory), holdout: drawScores(nHeld, 'held', 0) },
  });
  return new Map(runSpec(MEMBERSHIP_BY_LIKELIHOOD, context).map((result) => [result.id, result]));
}

function measure(results: ReturnType<typeof run>, id: string): FinishedMeasure {
  const result = results.get(id);
  if (result === undefined || isSkipped(result)) throw new Error(result?.reason ?? `no result for ${id}`);
  return result;
}

describe('the attack on the model, of the most exposed tenth', () => {
  it('sees a model that has memorised those who stand alone, where the mean over everybody hardly does', () => {
    const results = run(2000, 2);
    const [all, exposed] = [
      measure(results, 'membership-likelihood'),
      measure(results, 'membership-likelihood-exposed'),
    ];
    expect(all.value).toBeLessThan(0.58);
    // Normals two standard deviations apart, of nearly all who are looked at: Φ(√2) = 0.92.
    expect(exposed.value).toBeGreaterThan(0.85);
    expect(exposed.interval.low).toBeGreaterThan(all.interval.high);
    expect(exposed.sentence).toContain('membership by likelihood on the most exposed tenth of records');
  });

  it('sees nothing where the model finds them no likelier', () => {
    const { interval } = measure(run(2000, 0), 'membership-likelihood-exposed');
    expect(interval.low).toBeLessThan(0.5);
    expect(interval.high).toBeGreaterThan(0.5);
  });

  it('gives the share found at 1 % where a thousand controls are exposed, and else says how many it takes', () => {
    const large = run(10_300, 2);
    const { value, interval } = measure(large, 'membership-likelihood-exposed-at-1-percent');
    // Above the 99 % point of the controls lie Φ(2 − 2.326) = 0.37 of those who are memorised.
    expect(interval.low).toBeLessThan(0.37);
    expect(value).toBeGreaterThan(0.2);
    expect(large.get('membership-likelihood-exposed-at-1-permille')).toMatchObject({
      reason: expect.stringMatching(
        /^it takes 10000 rows of the most exposed tenth of the holdout, and there are 10\d\d$/,
      ) as string,
    });
    expect(run(1000, 2).get('membership-likelihood-exposed-at-1-percent')).toMatchObject({
      reason: expect.stringContaining(
        'it takes 1000 rows of the most exposed tenth of the holdout',
      ) as string,
    });
  });

  it('is skipped where fewer than 50 people of the holdout are exposed', () => {
    const results = run(300, 2);
    expect(measure(results, 'membership-likelihood').value).toBeGreaterThan(0.5);
    for (const end of ['', '-at-1-percent', '-at-1-permille'])
      expect(results.get(`membership-likelihood-exposed${end}`)).toMatchObject({
        reason: expect.stringMatching(/tenth of the holdout has \d+ rows, fewer than 50$/) as string,
      });
  });
});
