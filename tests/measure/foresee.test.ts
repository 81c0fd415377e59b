import { describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../src/data/table';
import { foreseeSkips, runSpec } from '../../src/measure/evaluate';
import { openContext } from '../../src/measure/evaluation-context';
import { EVALUATION_SPECS } from '../../src/measure/evaluation-specs';
import { isSkipped } from '../../src/measure/measure';
import type { Ground } from '../../src/measure/needs';
import { kindsOfTable } from './fidelity/judge';
import { makePeople } from './made-people';
import { numbers, table } from './tables';

const people = makePeople(140, 'foresee');
const first = (n: number, of: Table = people) => takeRows(of, [...Array(n).keys()]);
const plain = table(
  numbers(
    'x',
    Array.from({ length: 60 }, (_, i) => (i * 37) % 61),
  ),
  numbers(
    'z',
    Array.from({ length: 60 }, (_, i) => (i * 29) % 53),
  ),
);

interface Case {
  readonly train?: Table;
  readonly holdout?: Table | null;
  readonly target?: string;
  readonly likelihood?: boolean;
}

const cases: Readonly<Record<string, Case>> = {
  'no holdout': { holdout: null, target: 'died' },
  'a holdout of 140 rows': { target: 'died' },
  'a holdout of 60 rows': { holdout: first(60), target: 'died' },
  'a holdout of 30 rows': { holdout: first(30), target: 'died' },
  'a model with a likelihood': { target: 'died', likelihood: true },
  'a model with a likelihood, and 30 rows': { holdout: first(30), target: 'died', likelihood: true },
  'a model with a likelihood, and no holdout': { holdout: null, likelihood: true },
  'a target that is a number': { target: 'age' },
  'a target that is not there': { target: 'height' },
  'no target at all': { train: plain, holdout: plain },
  'one column': { train: table(numbers('x', [...Array(60).keys()])), holdout: plain, target: 'x' },
};

/** What is foreseen, and what comes of it. */
function tryBoth({ train = people, holdout = people, target, likelihood = false }: Case) {
  const kinds = kindsOfTable(train);
  const sizes = {
    train: train.nRows,
    holdout: holdout?.nRows ?? null,
    synthetic: train.nRows,
    nColumns: kinds.length,
  };
  const levels = train.columns.flatMap((column) =>
    column.kind === 'level' ? [[column.name, column.levels.length] as const] : [],
  );
  const ground: Ground = {
    sizes,
    kinds,
    nLevels: Object.fromEntries(levels),
    target: target ?? null,
    hasLikelihood: likelihood,
  };
  const context = openContext({
    train,
    holdout,
    synthetic: train,
    kinds,
    options: { seed: 1, ...(target === undefined ? {} : { target }) },
    ...(likelihood
      ? {
          likelihood: {
            train: new Float64Array(train.nRows),
            holdout: new Float64Array(holdout?.nRows ?? 0),
          },
        }
      : {}),
  });
  const foreseen = foreseeSkips(EVALUATION_SPECS, ground);
  const ids = new Set(foreseen.map(({ id }) => id));
  const results = EVALUATION_SPECS.filter((spec) => spec.ids.some((id) => ids.has(id))).flatMap((spec) =>
    runSpec(spec, context),
  );
  return { foreseen, results };
}

describe('what is foreseen of an evaluation', () => {
  it.each(Object.keys(cases))('comes true, word for word, with %s', (name) => {
    const { foreseen, results } = tryBoth(cases[name] ?? {});
    expect(foreseen.length).toBeGreaterThan(0);
    for (const { id, reason } of foreseen) {
      const result = results.find((each) => each.id === id);
      expect(result !== undefined && isSkipped(result) ? result.reason : 'computed', id).toBe(reason);
    }
  });

  it('names what is wanting', () => {
    const wanting = (name: string, id: string) =>
      tryBoth(cases[name] ?? {}).foreseen.find((each) => each.id === id)?.wanting ?? null;
    expect(wanting('no holdout', 'linkability')).toBe('holdout');
    expect(wanting('a holdout of 30 rows', 'linkability')).toBe('rows');
    expect(wanting('a holdout of 60 rows', 'linkability')).toBeNull();
    expect(wanting('a holdout of 140 rows', 'membership-distance')).toBeNull();
    expect(wanting('a holdout of 140 rows', 'membership-distance-at-1-percent')).toBe('rows');
    expect(wanting('a holdout of 140 rows', 'membership-likelihood')).toBe('model');
    expect(wanting('a model with a likelihood', 'membership-likelihood')).toBeNull();
    expect(wanting('no target at all', 'train-synthetic-boosted')).toBe('target');
    expect(wanting('one column', 'linkability')).toBe('columns');
  });

  it('is next to nothing where tables are large, and leaves open a target that may suggest itself', () => {
    const kinds = kindsOfTable(people);
    const sizes = { train: 20_000, holdout: 30_000, synthetic: 20_000, nColumns: kinds.length };
    for (const target of ['died', null]) {
      const foreseen = foreseeSkips(EVALUATION_SPECS, {
        sizes,
        kinds,
        nLevels: {},
        target,
        hasLikelihood: true,
      });
      // A tenth of the people who are asked about is never enough for one false alarm in a thousand.
      expect(foreseen.map(({ id }) => id).sort()).toEqual([
        'membership-distance-exposed-at-1-permille',
        'membership-likelihood-exposed-at-1-permille',
      ]);
    }
  });
});
