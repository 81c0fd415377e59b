import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SPLIT } from '../../../src/data/handling';
import { generaliseTable } from '../../../src/data/identifiers/generalise/generalise-table';
import type { ColumnType, Role } from '../../../src/data/schema';
import { oneClass, refineClasses } from '../../../src/data/source-risk/classes';
import { spreadOfCategories, spreadOfOrdered } from '../../../src/data/source-risk/closeness';
import { measureSourceRisk, type SourceRiskRequest } from '../../../src/data/source-risk/source-risk';
import { Rng } from '../../../src/math/rng';
import { makeColumnSchema } from '../../column-schema';
import { hasVectors, loadVectors } from '../../reference-vectors';
import { makeRaw, PLAIN_RULES } from '../open-text';

type Given = Readonly<Record<string, readonly [role: Role, type: ColumnType, cells: readonly string[]]>>;

function measure(given: Given, extras: Partial<SourceRiskRequest> = {}) {
  const raw = makeRaw(Object.fromEntries(Object.entries(given).map(([name, [, , cells]]) => [name, cells])));
  const columns = Object.entries(given).map(([name, [role, type]]) => makeColumnSchema(name, type, { role }));
  const request = {
    schema: { version: 1, columns } as const,
    split: DEFAULT_SPLIT,
    generalise: [],
    offered: [],
    ...extras,
  };
  return measureSourceRisk(raw, PLAIN_RULES, request);
}

const found = (...given: Parameters<typeof measure>) => {
  const risk = measure(...given);
  if (risk === null) throw new Error('there are no quasi-identifiers');
  return risk;
};

/** Eight rows: four classes of 3, 2, 2 and 1. */
const eight: Given = {
  age: ['quasi-identifier', 'integer', ['30', '30', '30', '40', '40', '50', '50', '50']],
  sex: ['quasi-identifier', 'categorical', ['f', 'f', 'f', 'm', 'm', 'f', 'f', 'm']],
  illness: ['sensitive', 'categorical', ['flu', 'flu', 'flu', 'flu', 'gout', 'gout', 'gout', 'flu']],
};

describe('the risk of a source, by hand', () => {
  const risk = found(eight);

  it('counts classes, the smallest, and who is unique', () => {
    expect(risk).toMatchObject({ nRows: 8, nPersons: 8, nClasses: 4, k: 1, nUnique: 1, countedBy: null });
    expect(risk.sizes.map(({ nClasses, nRows }) => [nClasses, nRows])).toEqual([
      [1, 1],
      [2, 4],
      [1, 3],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(risk.below).toEqual([
      { k: 2, nRows: 1, nPersons: 1 },
      { k: 3, nRows: 5, nPersons: 5 },
      { k: 5, nRows: 8, nPersons: 8 },
      { k: 11, nRows: 8, nPersons: 8 },
    ]);
  });

  it('tells single columns and pairs, the worst first', () => {
    expect(risk.subsets).toEqual({
      subsets: [
        { columns: ['age', 'sex'], nClasses: 4, k: 1, nUnique: 1 },
        { columns: ['age'], nClasses: 3, k: 2, nUnique: 0 },
        { columns: ['sex'], nClasses: 2, k: 3, nUnique: 0 },
      ],
      nLargest: 2,
      isCut: false,
    });
  });

  it('tells diversity and closeness of a sensitive column', () => {
    // flu 5 of 8, gout 3 of 8; classes: 3 flu · flu, gout · 2 gout · flu. Furthest: all gout, 1 − 3/8.
    expect(risk.sensitive).toEqual([
      { column: 'illness', distinctL: 1, entropyL: 1, t: 0.625, distance: 'categories', nGivenAway: 6 },
    ]);
  });

  it('takes the least entropy and the order of numbers', () => {
    const { sensitive } = found({
      g: ['quasi-identifier', 'categorical', ['a', 'a', 'a', 'a', 'b', 'b']],
      pay: ['sensitive', 'integer', ['1', '1', '1', '2', '3', '1']],
    });
    // Table: 4/6, 1/6, 1/6. Class b: 1/2, 0, 1/2. Cumulative differences 1/6 and 1/3, over two steps.
    expect(sensitive[0]).toMatchObject({ distinctL: 2, distance: 'ordered', nGivenAway: 0 });
    expect(sensitive[0]?.t).toBeCloseTo(0.25, 12);
    const entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
    expect(sensitive[0]?.entropyL).toBeCloseTo(Math.exp(entropy), 12);
  });

  it('says what leaving a column out would make of it', () => {
    expect(risk.remedies).toEqual(
      [
        {
          column: 'sex',
          edit: { of: 'schema', column: 'sex', set: 'included', value: false },
          k: 2,
          nUnique: 0,
        },
        {
          column: 'age',
          edit: { of: 'schema', column: 'age', set: 'included', value: false },
          k: 3,
          nUnique: 0,
        },
      ].sort((a, b) => b.k - a.k),
    );
  });
});

describe('the risk of a source', () => {
  it('is none where no column is a quasi-identifier, or there is no row', () => {
    expect(measure({ x: ['sensitive', 'categorical', ['a', 'b']] })).toBeNull();
    expect(measure({ x: ['quasi-identifier', 'categorical', []] })).toBeNull();
  });

  it('is all of one row', () => {
    expect(found({ x: ['quasi-identifier', 'categorical', ['a']] })).toMatchObject({
      k: 1,
      nUnique: 1,
      nClasses: 1,
    });
  });

  it('takes a missing cell for a value, and equal numbers for equal however they are written', () => {
    const x = ['quasi-identifier', 'continuous', ['1', '1.0', '', '', '2']] as const;
    expect(found({ x })).toMatchObject({ nClasses: 3, k: 1, nUnique: 1 });
  });

  it('counts persons where a key says who is who: a person of many rows is one', () => {
    const given: Given = {
      pid: ['identifier', 'identifier', ['p', 'p', 'p', 'q', 'q', '']],
      sex: ['quasi-identifier', 'categorical', ['f', 'f', 'm', 'f', 'f', 'f']],
    };
    expect(found(given)).toMatchObject({ nUnique: 1, k: 1, nPersons: 6, countedBy: null });
    const risk = found(given, { split: { ...DEFAULT_SPLIT, groupBy: 'pid' } });
    expect(risk).toMatchObject({ nPersons: 3, nClasses: 2, k: 1, nUnique: 1, countedBy: 'pid' });
    expect(risk.below[1]).toEqual({ k: 3, nRows: 1, nPersons: 1 });
  });

  it('says what a coarsening would make of it, and offers none that is in force', () => {
    const by = { column: 'zip', rule: 'zip3' } as const;
    const given: Given = {
      zip: ['quasi-identifier', 'categorical', ['02139', '02138', '10001', '10002']],
    };
    const { remedies } = found(given, { offered: [by] });
    expect(remedies[0]?.edit).toMatchObject({ of: 'schema' });
    expect(remedies[1]).toEqual({ column: 'zip', edit: { of: 'generalise', value: [by] }, k: 2, nUnique: 0 });
    const raw = generaliseTable(makeRaw({ zip: given['zip']?.[2] ?? [] }), [by], PLAIN_RULES).table;
    expect(found({ zip: ['quasi-identifier', 'categorical', raw.columns[0]?.levels ?? []] }).nClasses).toBe(
      2,
    );
    expect(found(given, { offered: [by], generalise: [by] }).remedies).toHaveLength(1);
  });

  it('stops at pairs or single columns where triples would take too long, and says so', async () => {
    const { tabulateSubsets } = await import('../../../src/data/source-risk/subsets');
    const column = (name: string) => ({ name, codes: Uint32Array.of(0, 1, 0), nCodes: 2, values: null });
    const columns = ['a', 'b', 'c', 'd'].map(column);
    expect(tabulateSubsets(columns, 3, null)).toMatchObject({ nLargest: 3, isCut: false });
    expect(tabulateSubsets(columns, 3, null, 3 * 10)).toMatchObject({ nLargest: 2, isCut: true });
    expect(tabulateSubsets(columns, 3, null, 1)).toMatchObject({ nLargest: 1, isCut: true });
    expect(tabulateSubsets(columns, 3, null, 1).subsets).toHaveLength(4);
  });
});

describe('classes of many values', () => {
  it('are the same by hashing as by looking up', () => {
    const rng = Rng.fromSeed('classes');
    const [a, b] = [0, 1].map(() => Uint32Array.from({ length: 3000 }, () => rng.int(40)));
    if (a === undefined || b === undefined) throw new Error('no codes');
    const refine = (nCodes: number) =>
      refineClasses(refineClasses(oneClass(3000), { codes: a, nCodes }), { codes: b, nCodes });
    expect(refine(40_000)).toEqual(refine(40));
    expect(refine(40).nClasses).toBe(new Set(a.map((code, row) => code * 40 + (b[row] ?? 0))).size);
  });
});

describe('closeness', () => {
  it.skipIf(!hasVectors)('agrees with the reference', () => {
    const { P, Q, emd_ordered, emd_equal_distance } = loadVectors<{
      readonly P: readonly number[];
      readonly Q: readonly number[];
      readonly emd_ordered: number;
      readonly emd_equal_distance: number;
    }>('t_closeness');
    const counts = P.map((n, code) => ({ code, n }));
    expect(spreadOfOrdered(Float64Array.from(Q)).distanceTo(counts)).toBeCloseTo(emd_ordered, 12);
    expect(spreadOfCategories(Float64Array.from(Q)).distanceTo(counts)).toBeCloseTo(emd_equal_distance, 12);
  });

  it('is the sum by the book, for any counts', () => {
    const counts = fc.array(fc.nat(4), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(counts, fc.infiniteStream(fc.nat(3)), (others, stream) => {
        const own = others.map(() => stream.next().value as number);
        const totals = Float64Array.from(others, (n, i) => n + (own[i] ?? 0));
        const members = own.flatMap((n, code) => (n === 0 ? [] : [{ code, n }]));
        const [ordered, plain] = [spreadOfOrdered(totals), spreadOfCategories(totals)];
        const n = own.reduce((a, b) => a + b, 0);
        if (n === 0) {
          expect([ordered.distanceTo(members), plain.distanceTo(members)]).toEqual([null, null]);
          return;
        }
        const all = totals.reduce((a, b) => a + b, 0);
        let [cumulative, sum, difference] = [0, 0, 0];
        own.forEach((count, i) => {
          const step = count / n - (totals[i] ?? 0) / all;
          difference += Math.abs(step);
          cumulative += step;
          if (i < own.length - 1) sum += Math.abs(cumulative);
        });
        expect(ordered.distanceTo(members)).toBeCloseTo(own.length < 2 ? 0 : sum / (own.length - 1), 9);
        expect(plain.distanceTo(members)).toBeCloseTo(difference / 2, 9);
      }),
      { numRuns: 200 },
    );
  });
});

describe('against counting by hand', () => {
  const cell = fc.constantFrom('a', 'b', 'c', '');
  const row = fc.tuple(
    cell,
    cell,
    cell,
    fc.constantFrom('1', '2', '3'),
    fc.constantFrom('p', 'q', 'r', 's', ''),
  );
  const tables = fc.array(row, { minLength: 1, maxLength: 30 });

  const lay = (rows: readonly (readonly string[])[]): Given => {
    const column = (i: number) => rows.map((each) => each[i] ?? '');
    return {
      a: ['quasi-identifier', 'categorical', column(0)],
      b: ['quasi-identifier', 'categorical', column(1)],
      c: ['quasi-identifier', 'categorical', column(2)],
      s: ['sensitive', 'categorical', column(3)],
      pid: ['identifier', 'identifier', column(4)],
    };
  };

  /** Persons by class, by the text of the cells. */
  const gather = (rows: readonly (readonly string[])[], at: readonly number[], byPerson: boolean) => {
    const classes = new Map<string, Set<string>>();
    rows.forEach((each, i) => {
      const key = at.map((c) => each[c]).join('|');
      const person = byPerson && each[4] !== '' ? `p${each[4] ?? ''}` : `row ${i}`;
      classes.set(key, (classes.get(key) ?? new Set()).add(person));
    });
    return classes;
  };

  it.each([false, true])('agrees on every subset, persons counted: %s', (byPerson) => {
    fc.assert(
      fc.property(tables, (rows) => {
        const split = byPerson ? { ...DEFAULT_SPLIT, groupBy: 'pid' } : DEFAULT_SPLIT;
        const risk = found(lay(rows), { split });
        const names = ['a', 'b', 'c'];
        expect(risk.subsets.subsets).toHaveLength(7);
        for (const { columns, nClasses, k, nUnique } of risk.subsets.subsets) {
          const classes = gather(
            rows,
            columns.map((name) => names.indexOf(name)),
            byPerson,
          );
          const sizes = [...classes.values()].map(({ size }) => size);
          const unique = new Set(
            [...classes.values()].filter(({ size }) => size === 1).flatMap((set) => [...set]),
          );
          expect([nClasses, k, nUnique]).toEqual([classes.size, Math.min(...sizes), unique.size]);
        }
        const whole = gather(rows, [0, 1, 2], byPerson);
        for (const { k, nRows } of risk.below)
          expect(nRows).toBe(
            rows.filter((each) => (whole.get(each.slice(0, 3).join('|'))?.size ?? 0) < k).length,
          );
        const values = [...whole.keys()].map(
          (key) =>
            new Set(rows.filter((each) => each.slice(0, 3).join('|') === key).map((each) => each[3])).size,
        );
        expect(risk.sensitive[0]?.distinctL).toBe(Math.min(...values));
      }),
      { numRuns: 60 },
    );
  });

  it('changes with nothing but the content: not with the order of rows or columns', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const { sizes, below, nUnique, sensitive } = found(lay(rows));
        const turned = found(lay([...rows].reverse()));
        expect([turned.sizes, turned.below, turned.nUnique]).toEqual([sizes, below, nUnique]);
        expect(turned.sensitive[0]?.t).toBeCloseTo(sensitive[0]?.t ?? NaN, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('never grows by a further quasi-identifier, nor has fewer unique persons', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const { subsets } = found(lay(rows)).subsets;
        for (const small of subsets)
          for (const large of subsets)
            if (small.columns.every((name) => large.columns.includes(name))) {
              expect(large.k).toBeLessThanOrEqual(small.k);
              expect(large.nUnique).toBeGreaterThanOrEqual(small.nUnique);
            }
      }),
      { numRuns: 40 },
    );
  });
});
