import { describe, expect, it } from 'vitest';
import { groupCodes, sharesInGroup, valueOfGroup } from '../../../src/models/trees/code-groups';
import { pairGroups } from '../../../src/models/trees/pair-groups';
import type { NumberCodes } from '../../../src/models/trees/value-codes';
import { Rng } from '../../../src/math/rng';

/** Missing, atoms 1, 2, 10, and a bin from 3 to 9. */
const codes: NumberCodes = {
  kind: 'number',
  atoms: Float64Array.of(1, 2, 10),
  low: Float64Array.of(3),
  high: Float64Array.of(9),
  tilt: Float64Array.of(0.5),
  lattice: null,
  rounding: { kind: 'decimals', decimals: 6 },
  min: 1,
  max: 10,
};
const counts = Float64Array.of(5, 10, 10, 40, 20);
const means = Float64Array.of(NaN, 1, 2, 10, 6);

describe('groups of codes', () => {
  const groups = groupCodes(counts, means, 4);

  it('hold neighbours by value, each at least its part of the rows; missing and large codes by themselves', () => {
    expect([...groups.groupOf]).toEqual([0, 1, 1, 3, 2]);
    expect(groups.nGroups).toBe(4);
    expect([...sharesInGroup(groups)]).toEqual([1, 0.5, 0.5, 1, 1]);
  });

  it('are the codes themselves when there are as many as one likes', () => {
    expect([...groupCodes(counts, means, Infinity).groupOf]).toEqual([0, 1, 2, 4, 3]);
  });

  it('end sooner where few rows make up much of the variance, but never below the rows of a tail', () => {
    const bills = Float64Array.from({ length: 41 }, (_, code) =>
      code === 0 ? NaN : code < 37 ? code : 1000 * code,
    );
    const rows = new Float64Array(41).fill(20);
    const plain = groupCodes(rows, bills, 4);
    const tailed = groupCodes(rows, bills, 4, { rows: 30, share: 0.05 });
    const sizeOf = ({ starts }: typeof plain, g: number) => 20 * ((starts[g + 1] ?? 0) - (starts[g] ?? 0));
    expect(plain.nGroups).toBe(5);
    expect(tailed.nGroups).toBe(6);
    expect([4, 5].map((g) => sizeOf(tailed, g))).toEqual([140, 60]);
    expect(tailed.groupOf.subarray(0, 31)).toEqual(plain.groupOf.subarray(0, 31));
  });

  it('give values in order of their quantile', () => {
    expect(valueOfGroup(groups, codes, 1, 0.1)).toBe(1);
    expect(valueOfGroup(groups, codes, 1, 0.6)).toBe(2);
    expect(valueOfGroup(groups, codes, 2, 0.25)).toBe(4.5);
    expect(valueOfGroup(groups, codes, 0, 0.5)).toBeNaN();
  });
});

describe('pairs of groups', () => {
  const rng = Rng.fromSeed('pairs');
  const x = Float64Array.from({ length: 400 }, () => rng.normal());
  const y = x.map((value, i) => (i < 200 ? 100 : 0) + value + 0.3 * rng.normal());
  const noise = Float64Array.from({ length: 400 }, () => rng.normal());
  const ranks = (values: Float64Array) =>
    Uint8Array.from(values, (value) => 1 + 250 * (values.filter((other) => other < value).length / 400));
  const earlier = [
    { index: 4, values: noise, ranks: ranks(noise) },
    { index: 7, values: x, ranks: ranks(x) },
  ];
  const groupOfRow = Int32Array.from({ length: 400 }, (_, i) => (i < 200 ? 2 : 1));

  it('find the earlier column that orders a group', () => {
    const pairs = pairGroups(y, ranks(y), groupOfRow, 3, earlier);
    expect(pairs.map(({ index }) => index)).toEqual([-1, 7, 7]);
    for (const { rho } of pairs.slice(1)) expect(rho).toBeGreaterThan(0.85);
  });

  it('find none for a group of few rows', () => {
    const few = groupOfRow.map((group, i) => (i < 20 ? 1 : group === 1 ? 2 : group));
    expect(pairGroups(y, ranks(y), few, 3, earlier)[1]?.index).toBe(-1);
  });
});
