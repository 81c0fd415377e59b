import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeRows } from '../../src/data/table';
import type { Table } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { compareMissingShares } from '../../src/measure/fidelity/missing-value-similarity';
import { kindsOf } from '../../src/measure/fidelity/column-kinds';
import { qualityMeasures } from '../../src/measure/fidelity/quality-measures';
import { QUALITY_SPECS } from '../../src/measure/fidelity/quality-specs';
import { shuffleColumns } from '../../src/measure/fidelity/shuffle-columns';
import type { Measure } from '../../src/measure/measure';
import { levels, numbers, schemaOf, table } from './tables';

const rng = Rng.fromSeed('quality-measures');

/** Related columns: y follows x, and c cuts x in two; every fifth z is missing. */
function drawTable(n: number, stream: Rng): Table {
  const x = Array.from({ length: n }, () => stream.normal());
  return table(
    numbers('x', x),
    numbers(
      'y',
      x.map((value) => value + 0.3 * stream.normal()),
    ),
    levels(
      'c',
      x.map((value) => (value > 0 ? 'high' : 'low')),
    ),
    numbers(
      'z',
      x.map((value, i) => (i % 5 === 0 ? null : value)),
    ),
  );
}

const train = drawTable(800, rng.fork('train'));
const holdout = drawTable(400, rng.fork('holdout'));
const schema = schemaOf(train);

function measure(list: readonly Measure[], id: string): Measure {
  const found = list.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no measure ${id}`);
  return found;
}

describe('quality measures', () => {
  const shuffled = shuffleColumns(train, rng.fork('shuffle'));

  it('a copy of train scores 1, above the ceiling, and shuffled columns lie at the floor', () => {
    const copy = qualityMeasures({ train, holdout, synthetic: train, schema, seed: 1 });
    const loose = qualityMeasures({ train, holdout, synthetic: shuffled, schema, seed: 1 });
    expect(copy.skipped).toEqual([]);
    for (const result of copy.measures) {
      expect(result.value).toBeCloseTo(1, 12);
      expect(result.ceiling).toBeLessThanOrEqual(1);
    }
    const pairs = measure(loose.measures, 'sdmetrics-pair-trends-all');
    expect(pairs.ceiling).toBeGreaterThan(0.9);
    expect(pairs.floor).toBeLessThan(0.7);
    expect(Math.abs(pairs.value - (pairs.floor ?? NaN))).toBeLessThan(0.05);
    expect(measure(loose.measures, 'sdmetrics-column-shapes').value).toBe(1);
  });

  it('lists parts worst first and names them in the sentence', () => {
    const { measures } = qualityMeasures({ train, holdout: null, synthetic: shuffled, schema, seed: 1 });
    const pairs = measure(measures, 'sdmetrics-pair-trends-all');
    const values = pairs.parts.map((part) => part.value ?? Infinity);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(pairs.n).toBe(6);
    expect(pairs.sentence).toContain(pairs.parts[0]?.columns.join(' with ') ?? 'nothing');
    expect(pairs.ceiling).toBeNull();
  });

  it('says why a weak pair does not count', () => {
    const independent = table(numbers('x', [1, 2, 3, 4]), numbers('y', [1, -1, -1, 1]));
    const { measures, skipped } = qualityMeasures({
      train: independent,
      holdout: null,
      synthetic: independent,
      schema: schemaOf(independent),
      seed: 1,
    });
    expect(skipped).toEqual([
      { id: 'sdmetrics-pair-trends', reason: expect.stringContaining('thresholds') as string },
    ]);
    expect(measure(measures, 'sdmetrics-pair-trends-all').n).toBe(1);
  });

  it('repeats itself for a seed and moves the floor alone with another', () => {
    const run = (seed: number): readonly Measure[] =>
      qualityMeasures({ train, holdout, synthetic: holdout, schema, seed }).measures;
    expect(run(3)).toEqual(run(3));
    const [a, b] = [run(3), run(4)].map((list) => measure(list, 'sdmetrics-pair-trends-all'));
    expect(a?.floor).not.toBe(b?.floor);
    expect({ ...a, floor: 0 }).toEqual({ ...b, floor: 0 });
  });

  it('skips what an empty synthetic table cannot answer', () => {
    const { measures, skipped } = qualityMeasures({
      train,
      holdout,
      synthetic: takeRows(train, []),
      schema,
      seed: 1,
    });
    expect(measures).toEqual([]);
    expect(skipped.map(({ id }) => id)).toEqual(QUALITY_SPECS.map(({ id }) => id));
  });
});

describe('missing values', () => {
  it('compares the shares column by column', () => {
    const four = table(numbers('x', [1, null, null, null]), levels('c', ['a', 'a', null, 'b']));
    const other = table(numbers('x', [1, 2, 3, null]), levels('c', ['a', 'a', null, 'b']));
    const parts = compareMissingShares(four, other, kindsOf(schemaOf(four)));
    expect(parts.map((part) => part.value)).toEqual([0.5, 1]);
  });
});

describe('shuffled columns', () => {
  it('keep every column’s values and do not depend on the other columns', () => {
    const alone = shuffleColumns({ ...train, columns: train.columns.slice(1, 2) }, rng.fork('s'));
    const among = shuffleColumns(train, rng.fork('s'));
    expect(alone.columns[0]).toEqual(among.columns[1]);
    const values = (source: Table): number[] =>
      source.columns[1]?.kind === 'number' ? [...source.columns[1].values].sort((a, b) => a - b) : [];
    expect(values(among)).toEqual(values(train));
  });
});

describe('documentation', () => {
  const path = resolve(import.meta.dirname, '../../docs/measures.md');
  it('has an entry for every id', () => {
    expect(existsSync(path)).toBe(true);
    const headings = new Set(readFileSync(path, 'utf8').match(/^## .+$/gm) ?? []);
    for (const { id } of QUALITY_SPECS) expect(headings).toContain(`## ${id}`);
  });
});

describe('tables too long to be compared whole', () => {
  const synthetic = drawTable(900, rng.fork('synthetic'));
  const input = { train, holdout, synthetic, schema, seed: 4 };

  it('are left whole, with not a word of it, up to the limit', () => {
    const whole = qualityMeasures(input);
    expect(whole.sample).toBeUndefined();
    expect(qualityMeasures(input, undefined, 900)).toEqual(whole);
  });

  it('are sampled by the seed, and the evidence says how', () => {
    const evidence = qualityMeasures(input, undefined, 500);
    expect(evidence.sample).toEqual({
      train: { nRows: 800, nUsed: 500 },
      holdout: { nRows: 400, nUsed: 400 },
      synthetic: { nRows: 900, nUsed: 500 },
      seed: 4,
      sentence: 'Computed on a random sample: 500 of 800 train rows, 500 of 900 synthetic rows (seed 4).',
    });
    expect(qualityMeasures(input, undefined, 500)).toEqual(evidence);
    expect(qualityMeasures({ ...input, seed: 5 }, undefined, 500).measures).not.toEqual(evidence.measures);
  });

  it('say how many rows were drawn where the synthetic table came as a sample', () => {
    const evidence = qualityMeasures({ ...input, nSynthetic: 1_000_000 });
    expect(evidence.sample?.synthetic).toEqual({ nRows: 1_000_000, nUsed: 900 });
    expect(evidence.sample?.sentence).toMatch(/900 of 1\s000\s000 synthetic rows/);
  });

  it('score within the error of the sample of what all rows score', () => {
    const long = drawTable(20_000, rng.fork('long'));
    const other = drawTable(20_000, rng.fork('other'));
    const request = { train: long, holdout: null, synthetic: other, schema, seed: 1 };
    const whole = qualityMeasures(request).measures;
    const sampled = qualityMeasures(request, undefined, 5000).measures;
    whole.forEach((measure, i) =>
      expect(Math.abs((sampled[i]?.value ?? NaN) - measure.value)).toBeLessThan(0.04),
    );
  });
});
