import { describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { runSpec } from '../../../src/measure/evaluate';
import { openContext, type EvaluationOptions } from '../../../src/measure/evaluation-context';
import { isSkipped, type Measured } from '../../../src/measure/measure';
import { ATTRIBUTE_INFERENCE } from '../../../src/measure/privacy/attribute-inference-spec';
import { inferAttributes } from '../../../src/measure/privacy/attribute-inference';
import { linkRecords } from '../../../src/measure/privacy/linkability';
import { makePeople, PEOPLE_KINDS } from '../made-people';
import { levels, numbers, table } from '../tables';

const train = makePeople(1500, 'train');
const holdout = makePeople(1000, 'holdout');
const rng = () => Rng.fromSeed('inference');

function take<T extends object>(result: Measured<T>): T {
  if (isSkipped(result)) throw new Error(result.reason);
  return result;
}

const infer = (synthetic: Table) => take(inferAttributes(train, holdout, synthetic, PEOPLE_KINDS, rng()));
const link = (synthetic: Table, nNeighbours = 1) =>
  take(linkRecords(train, holdout, synthetic, PEOPLE_KINDS, rng(), { nNeighbours }));

describe('a synthetic table that is train itself', () => {
  it('tells secrets of its people beyond those of others', () => {
    const { pooled, secrets } = infer(train);
    expect(pooled.interval.low).toBeGreaterThan(0.05);
    expect(pooled.beatsBaseline).toBe(true);
    expect(secrets[0]?.risk.residual).toBeGreaterThanOrEqual(secrets.at(-1)?.risk.residual ?? 1);
  });

  it('links the halves of its people', () => {
    expect(link(train).risk.interval.low).toBeGreaterThan(0.1);
  });
});

describe('a synthetic table of other people', () => {
  const other = makePeople(1500, 'other');

  it('tells no more of train than of the holdout, though more than chance', () => {
    const { pooled } = infer(other);
    expect(pooled.residualInterval.low).toBeLessThan(0);
    expect(pooled.residualInterval.high).toBeGreaterThan(0);
    expect(pooled.beatsBaseline).toBe(true);
  });

  it.each([1, 5])('links no more of train than of the holdout by %d neighbours', (nNeighbours) => {
    const { residualInterval } = link(other, nNeighbours).risk;
    expect(residualInterval.low).toBeLessThan(0);
    expect(residualInterval.high).toBeGreaterThan(0);
  });

  it('finds the same whatever the order of synthetic rows', () => {
    const turned = takeRows(
      other,
      Array.from({ length: 1500 }, (_, i) => 1499 - i),
    );
    expect(infer(turned).pooled.attack.rate).toBeCloseTo(infer(other).pooled.attack.rate, 2);
  });
});

describe('by hand', () => {
  it('a number is told within a twentieth of the interquartile range, negative ones too', () => {
    const values = Array.from({ length: 100 }, (_, i) => -i);
    const keys = values.map((_, i) => i);
    const whole = table(numbers('key', keys), numbers('secret', values));
    const near = table(
      numbers('key', keys),
      numbers(
        'secret',
        values.map((value) => value + 2),
      ),
    );
    const far = table(
      numbers('key', keys),
      numbers(
        'secret',
        values.map((value) => value + 30),
      ),
    );
    const kinds = [
      { name: 'key', kind: 'numerical' },
      { name: 'secret', kind: 'numerical' },
    ] as const;
    const rate = (synthetic: Table) =>
      take(inferAttributes(whole, whole, synthetic, kinds, rng(), { secrets: ['secret'] })).secrets[0]?.risk
        .attack.nSuccesses;
    expect(rate(near)).toBe(100);
    expect(rate(far)).toBe(0);
  });

  it('the chance that random rows link is that of two sets with a row in common', () => {
    expect(link(makePeople(1500, 'x')).risk.baseline.nSuccesses).toBeCloseTo(1500 / 1500, 9);
  });
});

describe('guards', () => {
  const constant = table(
    numbers('a', new Array<number>(60).fill(1)),
    levels('b', new Array<string>(60).fill('x')),
  );
  const kinds = [
    { name: 'a', kind: 'numerical' },
    { name: 'b', kind: 'categorical' },
  ] as const;

  it.each([
    ['no holdout', () => inferAttributes(train, null, train, PEOPLE_KINDS, rng()), /no holdout/],
    [
      'few rows',
      () => inferAttributes(train, holdout, takeRows(train, [1, 2]), PEOPLE_KINDS, rng()),
      /fewer than 50/,
    ],
    [
      'one column',
      () => inferAttributes(train, holdout, train, PEOPLE_KINDS.slice(0, 1), rng()),
      /no column to guess/,
    ],
    [
      'constant columns',
      () => inferAttributes(constant, constant, constant, kinds, rng()),
      /no column varies/,
    ],
    ['no holdout to link', () => linkRecords(train, null, train, PEOPLE_KINDS, rng()), /no holdout/],
    [
      'few rows to link',
      () => linkRecords(train, takeRows(holdout, [1]), train, PEOPLE_KINDS, rng()),
      /fewer than 50/,
    ],
    ['one source', () => linkRecords(train, holdout, train, PEOPLE_KINDS.slice(0, 1), rng()), /both sources/],
  ])('%s', (_, act, reason) => {
    const result: object = act();
    expect(isSkipped(result) ? result.reason : '').toMatch(reason);
  });
});

describe('the columns that are guessed in an evaluation', () => {
  const guess = (options: Partial<EvaluationOptions>) => {
    const context = openContext({
      train: makePeople(200, 'secrets/train'),
      holdout: makePeople(200, 'secrets/holdout'),
      synthetic: makePeople(200, 'secrets/synthetic'),
      kinds: PEOPLE_KINDS,
      options: { seed: 1, ...options },
    });
    const [result] = runSpec(ATTRIBUTE_INFERENCE, context);
    if (result === undefined || isSkipped(result)) throw new Error(result?.reason ?? 'no result');
    return { names: result.parts.flatMap(({ columns }) => columns).sort(), result };
  };

  it('are the sensitive ones and the target, else all of a narrow table', () => {
    expect(guess({ sensitive: ['smoker', 'lactate'], target: 'died' }).names).toEqual([
      'died',
      'lactate',
      'smoker',
    ]);
    expect(guess({ target: 'died' }).names).toHaveLength(PEOPLE_KINDS.length);
    expect(guess({ sensitive: ['no such column'] }).names).toHaveLength(PEOPLE_KINDS.length);
  });

  it('are listed with both rates, and the sentence names the worst', () => {
    const { result } = guess({ sensitive: ['smoker'], target: 'died' });
    const [worst] = result.parts;
    expect(result.sentence).toContain(`Largest for "${worst?.columns[0] ?? ''}"`);
    expect(worst?.note).toMatch(/^95 % CI .+; guessed by (boosted trees|the nearest synthetic row)$/);
    expect(worst?.sides?.train).toBeGreaterThan(0);
    expect(result.attack?.nAttempts).toBe(400);
    expect(result.n).toBe(400);
  });
});
