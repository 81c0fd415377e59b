import { describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { runSpec } from '../../src/measure/evaluate';
import { openContext, type EvaluationInput } from '../../src/measure/evaluation-context';
import { EVALUATION_SPECS, specsOf } from '../../src/measure/evaluation-specs';
import { isSkipped, type Family } from '../../src/measure/measure';
import { findExposed } from '../../src/measure/privacy/find-exposed';
import { kindsOfTable } from './fidelity/judge';
import { makePeople, PEOPLE_KINDS } from './made-people';
import { levels, numbers, table } from './tables';

const train = makePeople(120, 'guards/train');
const holdout = makePeople(120, 'guards/holdout');
const synthetic = makePeople(120, 'guards/synthetic');
const first = (source: Table, n: number) => takeRows(source, [...Array(n).keys()]);

/** Reasons by id; null where a measure was computed. */
function run(family: Family, extras: Partial<EvaluationInput>): Readonly<Record<string, string | null>> {
  const context = openContext({
    train,
    holdout,
    synthetic,
    kinds: PEOPLE_KINDS,
    options: { seed: 1, target: 'smoker' },
    ...extras,
  });
  const results = specsOf([family]).flatMap((spec) => runSpec(spec, context));
  return Object.fromEntries(results.map((each) => [each.id, isSkipped(each) ? each.reason : null]));
}

const reasonsOf = (family: Family, extras: Partial<EvaluationInput>) => Object.values(run(family, extras));

/** One table for all three: what is to be guarded against lies in its columns. */
const everywhere = (own: Table, target?: string): Partial<EvaluationInput> => ({
  train: own,
  holdout: own,
  synthetic: own,
  kinds: kindsOfTable(own),
  options: { seed: 1, ...(target === undefined ? {} : { target }) },
});

const cycle = (values: readonly string[], n: number) =>
  Array.from({ length: n }, (_, row) => values[row % values.length] ?? null);
const count = (n: number) => Array.from({ length: n }, (_, row) => row);

describe('families', () => {
  it('are all there, in their order, and can be asked for alone', () => {
    expect(new Set(EVALUATION_SPECS.map(({ family }) => family))).toEqual(
      new Set(['fidelity', 'utility', 'privacy']),
    );
    expect(specsOf(['privacy', 'utility']).every(({ family }) => family !== 'fidelity')).toBe(true);
    expect(specsOf([])).toEqual([]);
    const ids = EVALUATION_SPECS.flatMap((spec) => spec.ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('give one result an id, in the order of the ids', () => {
    for (const spec of specsOf(['utility', 'privacy'])) {
      const context = openContext({ train, holdout, synthetic, kinds: PEOPLE_KINDS, options: { seed: 1 } });
      expect(runSpec(spec, context).map(({ id }) => id)).toEqual(spec.ids);
    }
  });
});

/** Six numbers and, up to a little noise, their sum: every slope is clearly above 0. */
function makeSums(seed: string): Table {
  const rng = Rng.fromSeed(seed);
  const parts = Array.from({ length: 6 }, () => count(120).map(() => rng.normal()));
  const sum = count(120).map((row) => parts.reduce((total, part) => total + (part[row] ?? 0), rng.normal()));
  return table(...parts.map((part, at) => numbers(`x${at}`, part)), numbers('sum', sum));
}

/** What is counted in train and the synthetic table alone. */
const COUNTS = ['exact-copies', 'rare-combination-copies'];
/** What compares the synthetic table with train, and asks the holdout for a ceiling only. */
const NEAR = ['closest-distance', 'nearest-neighbour-ratio', 'identical-match-share'];
const COEFFICIENTS = ['coefficient-overlap', 'coefficient-overlap-clear', 'coefficient-sign-flips'];
const NEEDS_NONE = [...COUNTS, ...NEAR, ...COEFFICIENTS];

describe('without a holdout', () => {
  it('copies are counted, and what is not known of them is said', () => {
    const context = openContext({
      train,
      holdout: null,
      synthetic: train,
      kinds: PEOPLE_KINDS,
      options: { seed: 1 },
    });
    const counted = specsOf(['privacy'])
      .flatMap((spec) => runSpec(spec, context))
      .flatMap((each) => (isSkipped(each) ? [] : [each]));
    expect(counted.map(({ id }) => id)).toEqual([...COUNTS, ...NEAR]);
    for (const { id, ceiling, floor, noYardstick, sentence } of counted) {
      expect([ceiling, noYardstick]).toEqual([null, { ceiling: 'there is no holdout' }]);
      expect(floor).not.toBeNull();
      expect(sentence).toContain(
        COUNTS.includes(id)
          ? 'no holdout says how many are coincidence'
          : 'no holdout says how near new people come to train',
      );
    }
    expect(counted[0]).toMatchObject({ value: 1, n: 120 });
  });

  it.each([...NEAR, ...COEFFICIENTS])('%s is the figure that it is with one, less the ceiling', (id) => {
    const [own, people, made] = ['train', 'holdout', 'synthetic'].map((name) => makeSums(`guards/${name}`));
    if (own === undefined || people === undefined || made === undefined) throw new Error('no table');
    const find = (held: Table | null) => {
      const input = { train: own, holdout: held, synthetic: made, kinds: kindsOfTable(own) };
      const spec = EVALUATION_SPECS.find(({ ids }) => ids.includes(id));
      const results = spec && runSpec(spec, openContext({ ...input, options: { seed: 1, target: 'sum' } }));
      const found = results?.find((each) => each.id === id);
      if (found === undefined || isSkipped(found)) throw new Error(found?.reason ?? 'no result');
      return found;
    };
    const figuresOf = ({ value, interval, floor, n }: ReturnType<typeof find>) => [value, interval, floor, n];
    const [alone, few, held] = [null, first(people, 10), people].map(find);
    if (alone === undefined || few === undefined || held === undefined) throw new Error('no result');
    expect(figuresOf(alone)).toEqual(figuresOf(held));
    expect(figuresOf(few)).toEqual(figuresOf(held));
    expect([held.ceiling === null, alone.ceiling, few.ceiling]).toEqual([false, null, null]);
    expect(alone.noYardstick).toEqual({ ceiling: 'there is no holdout' });
    expect(few.sentence).toMatch(/There is no ceiling: (fewer than 50 rows of )?the holdout/);
    if (NEAR.includes(id)) expect(held.sentence).toContain("of the holdout's rows");
    else expect(few.sentence.startsWith(held.sentence)).toBe(true);
  });

  it.each(['utility', 'privacy'] as const)(
    '%s is skipped where there is nobody to compare with',
    (family) => {
      const { 'membership-likelihood': ofModel, ...reasons } = run(family, { holdout: null });
      for (const [id, reason] of Object.entries(reasons))
        if (id === 'coefficient-sign-flips') expect(reason).toContain('differ clearly from 0 in train');
        else if (NEEDS_NONE.includes(id)) expect(reason, id).toBeNull();
        else if (!id.startsWith('membership-likelihood')) expect(reason, id).toContain('there is no holdout');
      if (family === 'privacy') expect(ofModel).toContain('no model with a likelihood is at hand');
    },
  );

  it('coefficients still take rows and classes', () => {
    const overlapOf = (extras: Partial<EvaluationInput>) =>
      run('utility', { holdout: null, ...extras })['coefficient-overlap'];
    expect(overlapOf({ synthetic: first(synthetic, 49) })).toBe(
      'fewer than 50 rows of the synthetic table have a value in "smoker"',
    );
    const rare = {
      ...train,
      columns: train.columns.map((column) =>
        column.kind === 'level' && column.name === 'smoker'
          ? { ...column, codes: column.codes.map((_, row) => (row < 9 ? 1 : 0)) }
          : column,
      ),
    };
    expect(overlapOf({ train: rare })).toBe('a class of "smoker" has fewer than 10 rows in train');
    expect(overlapOf({ options: { seed: 1, target: 'height' } })).toBe(
      'there is no column "height" among those compared',
    );
  });

  it('the model is not asked either', () => {
    const likelihood = { train: new Float64Array(120), holdout: new Float64Array() };
    const reasons = run('privacy', { holdout: null, likelihood });
    expect(reasons['membership-likelihood']).toContain('there is no holdout');
  });
});

describe('with too few rows', () => {
  it('nothing is attacked but what counts', () => {
    const { 'exact-copies': counted, ...reasons } = run('privacy', { train: first(train, 19) });
    expect(counted).toBeNull();
    for (const [id, reason] of Object.entries(reasons))
      if (!id.startsWith('membership-likelihood'))
        expect(reason, id).toMatch(/^train has fewer than \d+ rows/);
  });

  it('nothing is taught', () => {
    for (const reason of reasonsOf('utility', { synthetic: first(synthetic, 49) }))
      expect(reason).toBe('fewer than 50 rows of the synthetic table have a value in "smoker"');
  });

  it('no record is called exposed', () => {
    const context = openContext({
      train: first(train, 19),
      holdout,
      synthetic,
      kinds: PEOPLE_KINDS,
      options: { seed: 1 },
    });
    expect(findExposed(context)).toEqual({ records: [], nLookedAt: 0 });
  });

  it('the most exposed tenth is not judged alone', () => {
    const reasons = run('privacy', {});
    expect(reasons['membership-distance']).toBeNull();
    expect(reasons['membership-distance-exposed']).toMatch(
      /the most exposed tenth of the holdout has \d+ rows/,
    );
    expect(reasons['membership-distance-exposed-at-1-percent']).toMatch(/fewer than 50/);
    expect(reasons['membership-distance-at-1-percent']).toBe(
      'it takes 1000 rows of holdout, and there are 120',
    );
  });
});

describe('a holdout of a few rows', () => {
  const input = { train, holdout: first(holdout, 10), synthetic, kinds: PEOPLE_KINDS };
  const context = openContext({ ...input, options: { seed: 1, target: 'smoker' } });

  it('does not make other tables smaller, and is no ceiling where it is too small', () => {
    expect([context.equal.synthetic.nRows, context.equal.holdout?.nRows]).toEqual([120, 10]);
    const fidelity = specsOf(['fidelity']).flatMap((spec) => runSpec(spec, context));
    const found = fidelity.find(({ id }) => id === 'marginal-accuracy-2-way');
    const alone = specsOf(['fidelity'])
      .flatMap((spec) => runSpec(spec, openContext({ ...input, holdout: null, options: { seed: 1 } })))
      .find(({ id }) => id === 'marginal-accuracy-2-way');
    if (found === undefined || isSkipped(found) || alone === undefined || isSkipped(alone))
      throw new Error('skipped');
    const few = 'the holdout has 10 rows, and this takes at least 50';
    expect([found.value, found.ceiling, found.noYardstick]).toEqual([alone.value, null, { ceiling: few }]);
    expect(found.sentence).toBe(`${alone.sentence} There is no ceiling: ${few}.`);
    expect(fidelity.filter(isSkipped).map(({ id }) => id)).toEqual([]);
  });

  it('leaves what compares with train alone, and the rest is skipped for its sake', () => {
    const reasons = run('privacy', { holdout: first(holdout, 10) });
    for (const [id, reason] of Object.entries(reasons))
      if (NEEDS_NONE.includes(id)) expect(reason, id).toBeNull();
      else if (!id.startsWith('membership-likelihood'))
        expect(reason, id).toMatch(/^the holdout has fewer than \d+ rows/);
    for (const [id, reason] of Object.entries(run('utility', { holdout: first(holdout, 10) })))
      if (!NEEDS_NONE.includes(id)) expect(reason).toContain('fewer than 50 rows of the holdout');
  });
});

describe('the attack on the model', () => {
  const fill = (n: number, value: number) => new Float64Array(n).fill(value);

  it('is skipped where a likelihood is missing or rows are too few', () => {
    const odd = run('privacy', { likelihood: { train: fill(120, NaN), holdout: fill(120, 0) } });
    expect(odd['membership-likelihood']).toContain('no likelihood for some rows');
    const few = run('privacy', {
      train: first(train, 49),
      likelihood: { train: fill(49, 0), holdout: fill(120, 0) },
    });
    expect(few['membership-likelihood']).toContain('fewer than 50 rows');
  });

  it('is refused likelihoods of other rows', () => {
    expect(() => run('privacy', { likelihood: { train: fill(7, 0), holdout: fill(120, 0) } })).toThrow(
      '7 likelihoods were given for 120 rows',
    );
  });
});

describe('with odd columns', () => {
  const n = 120;

  it('one column alone is not combined with anything', () => {
    const reasons = run('privacy', everywhere(table(levels('g', cycle(['a', 'b'], n)))));
    expect(reasons['rare-combination-copies']).toContain('fewer than two columns');
    expect(reasons['singling-out-multivariate']).toContain('fewer than two columns');
    expect(reasons.linkability).toContain('both sources need at least one column');
    expect(reasons['attribute-inference']).toContain('no column to guess another one from');
    expect(reasons['replicated-uniques']).toContain('fewer than 20 people are unique');
    expect(reasons['singling-out-univariate']).toContain('no value of the synthetic table occurs once');
  });

  it('a secret that does not vary is not guessed', () => {
    const own = table(levels('g', cycle(['a'], n)), levels('h', cycle(['x'], n)));
    expect(run('privacy', everywhere(own))['attribute-inference']).toContain('no column varies enough');
  });

  it('no target suggests itself, or the chosen one is not there', () => {
    const plain = table(numbers('x', count(n)), numbers('z', count(n)));
    for (const reason of reasonsOf('utility', everywhere(plain)))
      expect(reason).toContain('no column is chosen as the target, and none suggests itself');
    for (const reason of reasonsOf('utility', everywhere(plain, 'y')))
      expect(reason).toBe('there is no column "y" among those compared');
  });

  it('a target of one value, of too many classes, or that is given away teaches nothing', () => {
    const one = table(numbers('x', count(n)), levels('t', cycle(['a'], n)));
    expect(reasonsOf('utility', everywhere(one, 't'))[0]).toContain('takes one value only');
    const many = table(numbers('x', count(n)), levels('t', cycle(count(40).map(String), n)));
    expect(reasonsOf('utility', everywhere(many, 't'))[0]).toContain('more than 30 classes');
    const given = table(levels('twin', cycle(['p', 'q'], n)), levels('t', cycle(['a', 'b'], n)));
    expect(reasonsOf('utility', everywhere(given, 't'))[0]).toBe(
      'there is no column to predict "t" from: "twin", which alone almost decides "t"',
    );
  });

  it('two columns have no ranks, few coefficients no share, and small groups no score', () => {
    const own = table(
      numbers(
        'x',
        count(n).map((row) => (row * 37) % 101),
      ),
      numbers(
        'z',
        count(n).map((row) => (row * 53) % 89),
      ),
      levels('t', cycle(['a', 'b', 'b'], n)),
    );
    const reasons = run('utility', everywhere(own, 't'));
    expect(reasons['importance-agreement']).toBe(
      'there are 2 columns to predict from, and ranks take at least 3',
    );
    expect(reasons['coefficient-overlap']).toContain('the regression has 2 coefficients');
    expect(reasons['train-synthetic-subgroups']).toContain('no column of categories has a level');
    expect(reasons['train-synthetic-linear']).toBeNull();
  });

  it('a model that leans on no column is not ranked', () => {
    const own = table(
      levels('a', cycle(['p'], n)),
      levels('b', cycle(['q'], n)),
      levels('c', cycle(['r'], n)),
      levels('t', cycle(['a', 'b'], n)),
    );
    expect(run('utility', everywhere(own, 't'))['importance-agreement']).toContain('leans on no column');
  });
});
