import { beforeAll, describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../../src/data/table';
import { normalQuantile } from '../../../src/math/normal';
import { Rng } from '../../../src/math/rng';
import { alignTables, stackTables } from '../../../src/measure/align-tables';
import { evaluate, type Evaluation } from '../../../src/measure/evaluate';
import type { EvaluationInput } from '../../../src/measure/evaluation-context';
import { specsOf } from '../../../src/measure/evaluation-specs';
import { shuffleColumns } from '../../../src/measure/fidelity/shuffle-columns';
import type { FinishedMeasure } from '../../../src/measure/measure';
import { show } from '../../../src/measure/tell';
import { findFindings } from '../../../src/release/findings';
import { presetPolicy } from '../../../src/release/policy-presets';
import { makePeople, PEOPLE_KINDS } from '../made-people';

// Seeds were fixed before any result was looked at.
const N = 1000;
const train = makePeople(N, 'judged/train');
const holdout = makePeople(N, 'judged/holdout');
const normals = (seed: string, shift = 0) => {
  const rng = Rng.fromSeed(seed);
  return Float64Array.from({ length: N }, () => rng.normal() + shift);
};
const fair = { train: normals('judged/a'), holdout: normals('judged/b') };
const judge = (synthetic: Table, extras: Partial<EvaluationInput> = {}) =>
  evaluate(specsOf(['privacy']), {
    train,
    holdout,
    synthetic,
    kinds: PEOPLE_KINDS,
    options: { seed: 5 },
    likelihood: fair,
    ...extras,
  });

const find = ({ measures }: Evaluation, id: string): FinishedMeasure => {
  const measure = measures.find((each) => each.id === id);
  if (measure === undefined) throw new Error(`no measure ${id}`);
  return measure;
};

/** Attacks, and what they show of a table of fresh people. */
const ATTACKS = [
  'replicated-uniques',
  'singling-out-univariate',
  'singling-out-multivariate',
  'linkability',
  'attribute-inference',
  'membership-distance',
  'membership-distance-at-1-percent',
  'membership-distance-exposed',
  'membership-likelihood',
  'membership-likelihood-at-1-percent',
  'membership-likelihood-exposed',
];
/** It takes 10,000 controls for 1 ‰, and 1,000 exposed ones for 1 %. */
const OUT_OF_REACH = [
  'membership-likelihood-at-1-permille',
  'membership-likelihood-exposed-at-1-percent',
  'membership-likelihood-exposed-at-1-permille',
  'membership-distance-at-1-permille',
  'membership-distance-exposed-at-1-percent',
  'membership-distance-exposed-at-1-permille',
];
const COPIES = ['exact-copies', 'rare-combination-copies', 'identical-match-share'];

describe('a copy of train', () => {
  let copy: Evaluation;
  beforeAll(async () => {
    copy = await judge(train, { likelihood: { ...fair, train: normals('judged/a', 2) } });
  });

  it('is copied throughout', () => {
    expect(find(copy, 'exact-copies')).toMatchObject({ value: 1, n: N });
    expect(find(copy, 'exact-copies').sentence).toContain('1000 of 1000 synthetic rows (100.00 %)');
    expect(find(copy, 'identical-match-share').value).toBe(1);
    expect(find(copy, 'closest-distance').value).toBe(0);
  });

  it('is given away by every attack', () => {
    for (const id of [...ATTACKS, ...COPIES]) {
      const { interval, ceiling } = find(copy, id);
      expect(interval.low, id).toBeGreaterThan(ceiling ?? NaN);
    }
  });

  it.each(['analytics', 'model-training', 'sharing', 'public-release'] as const)(
    'fails what is asked of privacy for %s',
    (purpose) => {
      const asked = presetPolicy(purpose).criteria.filter(
        ({ measure, threshold }) => threshold !== null && copy.measures.some(({ id }) => id === measure),
      );
      expect(asked.length).toBeGreaterThan(0);
      const outcomes = findFindings({ ...presetPolicy(purpose), criteria: asked }, copy, null).map(
        ({ criterion, outcome }) => `${criterion}: ${outcome}`,
      );
      expect(outcomes).toEqual(asked.map(({ id }) => `${id}: fail`));
    },
  );

  it('is out of reach only for rates that stand for too few people, and says so', () => {
    expect(copy.skipped.map(({ id }) => id)).toEqual(OUT_OF_REACH);
    expect(copy.skipped[0]?.reason).toBe('it takes 10000 rows of holdout, and there are 1000');
  });
});

describe('a fresh table', () => {
  let fresh: Evaluation;
  beforeAll(async () => {
    fresh = await judge(makePeople(N, 'judged/fresh'));
  });

  it('shows nothing: every attack covers chance, by intervals that hold together at 99 %', () => {
    const widening = normalQuantile(1 - 0.005 / ATTACKS.length) / normalQuantile(0.975);
    for (const id of ATTACKS) {
      const { value, interval, ceiling } = find(fresh, id);
      expect(value - widening * (value - interval.low), id).toBeLessThanOrEqual(ceiling ?? NaN);
      expect(value + widening * (interval.high - value), id).toBeGreaterThanOrEqual(ceiling ?? NaN);
    }
  });

  it('holds no more copies than the holdout', () => {
    for (const id of COPIES) {
      const { value, interval, ceiling } = find(fresh, id);
      const reach = 2 * Math.SQRT2 * (interval.high - value);
      expect(Math.abs(value - (ceiling ?? NaN)), id).toBeLessThanOrEqual(reach);
    }
  });

  it('tells of membership what its chart shows: success less control', () => {
    for (const id of ATTACKS.filter((each) => each.startsWith('membership'))) {
      const { attack, value, sentence } = find(fresh, id);
      const excess = value - (attack?.control.value ?? NaN);
      expect(attack?.success.value).toBe(value);
      expect(sentence, id).toContain(`exceeded held-out patients by ${show(excess)} (`);
    }
  });

  it('tells every attack in the same words, and marks diagnostics as no evidence', () => {
    for (const id of ATTACKS)
      expect(find(fresh, id).sentence).toMatch(
        /^In [\d,]+ attacks of type .+ with knowledge of .+, success on training patients exceeded held-out patients by −?[\d.]+ \(95 % CI −?[\d.]+ to −?[\d.]+\): a lower bound from the attacks tried\./,
      );
    const diagnostics = fresh.measures.filter(({ isDiagnostic }) => isDiagnostic === true);
    expect(diagnostics.map(({ id }) => id)).toEqual([
      'closest-records',
      'closest-distance',
      'nearest-neighbour-ratio',
      'identical-match-share',
    ]);
    for (const { sentence } of diagnostics) expect(sentence).toContain('no evidence of privacy');
    for (const { sentence } of fresh.measures) expect(sentence).not.toMatch(/anonym|compliant|guarantee/i);
  });
});

describe('columns of train, each shuffled', () => {
  let shuffled: Evaluation;
  beforeAll(async () => {
    shuffled = await judge(shuffleColumns(train, Rng.fromSeed('judged/shuffled')));
  });

  it('lie at the floor, of every attack on the table', () => {
    for (const id of ATTACKS.filter((each) => !each.startsWith('membership-likelihood'))) {
      const { value, interval, floor } = find(shuffled, id);
      expect(floor, id).not.toBeNull();
      // The floor's own interval is as wide or, from fewer attacks, up to twice as wide.
      const reach = Math.max(interval.high - value, value - interval.low);
      expect(Math.abs(value - (floor ?? NaN)), id).toBeLessThanOrEqual(Math.sqrt(5) * reach);
    }
  });

  it('have no floor where the model itself is attacked, and that is said', () => {
    for (const id of ['membership-likelihood', 'membership-likelihood-exposed']) {
      const { floor, noYardstick, sentence } = find(shuffled, id);
      expect([floor, Object.keys(noYardstick ?? {})]).toEqual([null, ['floor']]);
      expect(sentence).toMatch(
        / There is no floor: asked of train's shuffled columns, there is no model: .+\.$/,
      );
    }
  });
});

describe('a generator that copies a twentieth of train', () => {
  it('is detected by counts of copies, by uniques and by membership', async () => {
    const [made, own] = alignTables(
      PEOPLE_KINDS,
      ['synthetic', makePeople(N - N / 20, 'judged/fresh')],
      ['train', train],
    );
    const found = await judge(stackTables(made, takeRows(own, [...Array(N / 20).keys()])));
    const ids = ['exact-copies', 'identical-match-share', 'rare-combination-copies'];
    for (const id of [...ids, 'replicated-uniques', 'membership-distance-at-1-percent']) {
      const { interval, ceiling } = find(found, id);
      expect(interval.low, id).toBeGreaterThan(ceiling ?? NaN);
    }
  });
});

describe('the order of rows', () => {
  it('changes nothing', async () => {
    const turn = (source: Table) =>
      takeRows(
        source,
        Uint32Array.from({ length: source.nRows }, (_, row) => source.nRows - 1 - row),
      );
    const synthetic = makePeople(400, 'judged/order');
    const turned = await judge(turn(synthetic), {
      train: turn(train),
      holdout: turn(holdout),
      likelihood: { train: fair.train.slice().reverse(), holdout: fair.holdout.slice().reverse() },
    });
    expect(turned).toEqual(await judge(synthetic));
  });
});
