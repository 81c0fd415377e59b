import { describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { alignTables, stackTables } from '../../../src/measure/align-tables';
import type { ColumnKind } from '../../../src/measure/fidelity/column-kinds';
import { isSkipped, type Interval, type Measured } from '../../../src/measure/measure';
import { measureClosest } from '../../../src/measure/privacy/closest-records';
import { attackByDistance } from '../../../src/measure/privacy/distance-membership';
import { findCopies } from '../../../src/measure/privacy/exact-copies';
import { singleOutByRecord } from '../../../src/measure/privacy/singling-out-records';
import { singleOutByValue } from '../../../src/measure/privacy/singling-out-values';
import { makePeople, PEOPLE_KINDS } from '../made-people';
import { levels, numbers, table } from '../tables';

const train = makePeople(2000, 'train');
const holdout = makePeople(1000, 'holdout');
const rng = () => Rng.fromSeed('attacks');
const records = { nAttacks: 300, nColumns: 3 };

function take<T extends object>(result: Measured<T>): T {
  if (isSkipped(result)) throw new Error(result.reason);
  return result;
}

const attack = (synthetic: Table, own = train) => ({
  copies: take(findCopies(own, holdout, synthetic, PEOPLE_KINDS)),
  closest: take(measureClosest(own, holdout, synthetic, PEOPLE_KINDS)),
  membership: take(attackByDistance(own, holdout, synthetic, PEOPLE_KINDS, rng())),
  byValue: take(singleOutByValue(own, holdout, synthetic, PEOPLE_KINDS, rng())),
  byRecord: take(singleOutByRecord(own, holdout, synthetic, PEOPLE_KINDS, rng(), records)),
});

describe('a synthetic table that is train itself', () => {
  const { copies, closest, membership, byValue, byRecord } = attack(train);

  it('is copied throughout', () => {
    expect(copies.synthetic).toMatchObject({ share: 1, n: 2000 });
    expect(copies.holdout?.share).toBeLessThan(0.01);
    expect(closest.syntheticToTrain).toMatchObject({ min: 0, p95: 0 });
    expect(closest.shareVeryNear).toBe(1);
  });

  it('lies closer to train, though that figure barely tells', () => {
    expect(closest.closer.interval.low).toBeGreaterThan(0.55);
  });

  it('gives membership away', () => {
    expect(membership.interval.low).toBeGreaterThan(0.95);
    expect(take(membership.exposed).interval.low).toBeGreaterThan(0.95);
    const at1 = membership.hits[0]?.found;
    expect(at1 === undefined ? 0 : take(at1).rate.rate).toBeGreaterThan(0.9);
  });

  it('singles people out by values and by records', () => {
    expect(byValue.risk.interval.low).toBeGreaterThan(0.2);
    expect(byValue.uniqueValues.inTrain).toBe(byValue.uniqueValues.n);
    expect(byRecord.risk.interval.low).toBeGreaterThan(0.15);
    expect(byValue.risk.beatsBaseline && byRecord.risk.beatsBaseline).toBe(true);
  });
});

describe('a synthetic table of fresh people', () => {
  const { copies, closest, membership, byValue, byRecord } = attack(makePeople(2000, 'fresh'));

  it('has no more copies than the holdout', () => {
    expect(copies.synthetic.share).toBeLessThanOrEqual((copies.holdout?.share ?? NaN) + 0.005);
  });

  // Eight intervals taken together at 99 %: each 1.65 times as wide as at 95 %.
  const widen = (value: number, { low, high }: Interval): Interval => ({
    low: value - 1.65 * (value - low),
    high: value + 1.65 * (high - value),
  });

  it('covers chance with every interval', () => {
    const exposed = take(membership.exposed);
    for (const { low, high } of [
      widen(closest.closer.share, closest.closer.interval),
      widen(membership.auc, membership.interval),
      widen(exposed.auc, exposed.interval),
    ]) {
      expect(low).toBeLessThan(0.5);
      expect(high).toBeGreaterThan(0.5);
    }
    for (const { risk } of [byValue, byRecord]) {
      const { low, high } = widen(risk.residual, risk.residualInterval);
      expect(low).toBeLessThan(0);
      expect(high).toBeGreaterThan(0);
    }
  });
});

describe('a generator that copies a twentieth of train', () => {
  const kinds = PEOPLE_KINDS;
  const [fresh, own] = alignTables(kinds, ['synthetic', makePeople(1900, 'fresh')], ['train', train]);
  const synthetic = stackTables(fresh, takeRows(own, [...Array(100).keys()]));

  it('is detected', () => {
    const { copies, membership } = attack(synthetic);
    expect(copies.synthetic.n).toBeGreaterThanOrEqual(100);
    expect(copies.synthetic.rate.rate - copies.synthetic.rate.error).toBeGreaterThan(
      (copies.holdout?.rate.rate ?? NaN) + (copies.holdout?.rate.error ?? NaN),
    );
    const at1 = membership.hits[0]?.found;
    const rate = at1 === undefined ? undefined : take(at1).rate;
    expect((rate?.rate ?? 0) - (rate?.error ?? 0)).toBeGreaterThan(0.03);
  });
});

describe('the order of rows', () => {
  it('changes nothing but what is drawn from the holdout and the synthetic table', () => {
    const synthetic = makePeople(500, 'fresh');
    const order = Rng.fromSeed('order').permutation(train.nRows);
    const [plain, moved] = [attack(synthetic), attack(synthetic, takeRows(train, order))];
    expect(moved.copies).toEqual(plain.copies);
    expect(moved.closest.closer.share).toBeCloseTo(plain.closest.closer.share, 12);
    expect(moved.closest.syntheticToTrain).toEqual(plain.closest.syntheticToTrain);
    expect(moved.membership.auc).toBeCloseTo(plain.membership.auc, 12);
    expect(moved.byValue.risk.residual).toBeCloseTo(plain.byValue.risk.residual, 12);
    expect(moved.byRecord.risk.residual).toBeCloseTo(plain.byRecord.risk.residual, 12);
  });
});

describe('a train smaller than the holdout', () => {
  it('is held against it just the same', () => {
    const small = makePeople(300, 'small');
    const { closest, byValue } = attack(makePeople(2000, 'fresh'), small);
    expect(closest.closer.nReferences).toBe(300);
    expect(closest.closer.share).toBeGreaterThan(0.45);
    expect(closest.closer.share).toBeLessThan(0.55);
    expect(byValue.nEqual).toBe(300);
  });
});

describe('singling out by values, by hand', () => {
  const repeat = (cells: readonly (number | null)[], n: number): (number | null)[] =>
    Array.from({ length: n }, (_, i) => cells[i % cells.length] ?? null);

  it('bets on ends, values that occur once and the only gap', () => {
    const kinds: readonly ColumnKind[] = [
      { name: 'x', kind: 'numerical' },
      { name: 'g', kind: 'categorical' },
    ];
    const own = table(numbers('x', [...repeat([1, 2], 49), 9]), levels('g', Array<string>(50).fill('a')));
    const held = table(
      numbers('x', repeat([1, 2], 50)),
      levels('g', [...Array<string>(49).fill('a'), 'rare']),
    );
    // Bets: x ≤ 1, x ≥ 9, x = 9, x is missing, g = rare. Train answers x ≥ 9 and x = 9 with one row, holdout g = rare.
    const made = table(
      numbers('x', [...repeat([1, 2], 48), 9, null]),
      levels('g', [...Array<string>(49).fill('a'), 'rare']),
    );
    const { nAttacks, risk, uniqueValues } = take(singleOutByValue(own, held, made, kinds, rng()));
    expect(nAttacks).toBe(5);
    expect(risk.attack.nSuccesses).toBe(2);
    expect(risk.control.nSuccesses).toBe(1);
    expect(uniqueValues).toEqual({ n: 2, inTrain: 1, inEqualTrain: 1, inEqualHoldout: 1 });
  });

  it('is skipped where no value is alone', () => {
    const kinds: readonly ColumnKind[] = [{ name: 'g', kind: 'categorical' }];
    const same = table(levels('g', Array<string>(60).fill('a')));
    expect(singleOutByValue(same, same, same, kinds, rng())).toMatchObject({
      reason: expect.stringContaining('occurs once') as string,
    });
  });
});

describe('what an attack needs', () => {
  const few = takeRows(train, [0, 1, 2, 3]);
  const reason = (result: object) => (isSkipped(result) ? result.reason : null);

  it('is a holdout', () => {
    for (const result of [
      measureClosest(train, null, train, PEOPLE_KINDS),
      attackByDistance(train, null, train, PEOPLE_KINDS, rng()),
      singleOutByValue(train, null, train, PEOPLE_KINDS, rng()),
      singleOutByRecord(train, null, train, PEOPLE_KINDS, rng()),
    ])
      expect(reason(result)).toContain('there is no holdout');
  });

  it('is none for counting copies', () => {
    const { synthetic, holdout: held, nOfUniqueRows } = take(findCopies(train, null, train, PEOPLE_KINDS));
    expect([synthetic.share, held]).toEqual([1, null]);
    expect(nOfUniqueRows).toBe(take(findCopies(train, holdout, train, PEOPLE_KINDS)).nOfUniqueRows);
  });

  it('is rows', () => {
    for (const result of [
      measureClosest(train, few, train, PEOPLE_KINDS),
      attackByDistance(train, few, train, PEOPLE_KINDS, rng()),
      singleOutByValue(train, few, train, PEOPLE_KINDS, rng()),
      singleOutByRecord(train, few, train, PEOPLE_KINDS, rng()),
    ])
      expect(reason(result)).toContain('fewer than');
    expect(reason(findCopies(train, takeRows(train, []), train, PEOPLE_KINDS))).toContain('no rows');
  });

  it('is columns, and rows that stand out', () => {
    expect(reason(measureClosest(train, holdout, train, []))).toContain('no column');
    expect(reason(attackByDistance(train, holdout, train, [], rng()))).toContain('no column');
    const kinds: readonly ColumnKind[] = [{ name: 'died', kind: 'categorical' }];
    expect(reason(singleOutByRecord(train, holdout, train, kinds, rng()))).toContain(
      'fewer than two columns',
    );
    const coarse = PEOPLE_KINDS.filter(({ kind }) => kind === 'categorical');
    expect(reason(singleOutByRecord(train, holdout, train, coarse, rng(), records))).toContain('single out');
    const hundred = takeRows(holdout, [...Array(120).keys()]);
    const { exposed } = take(attackByDistance(train, hundred, train, PEOPLE_KINDS, rng()));
    expect(reason(exposed)).toContain('fewer than 50');
  });
});
