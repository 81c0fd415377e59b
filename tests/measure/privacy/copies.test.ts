import { describe, expect, it } from 'vitest';
import { takeRows, type Column, type Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { openContext, type EvaluationInput } from '../../../src/measure/evaluation-context';
import { isSkipped, type Measured } from '../../../src/measure/measure';
import { codeCells, countKeys, joinCells } from '../../../src/measure/privacy/cell-keys';
import { findExposed } from '../../../src/measure/privacy/find-exposed';
import { findRareCopies } from '../../../src/measure/privacy/rare-combinations';
import { replicateUniques } from '../../../src/measure/privacy/replicated-uniques';
import { kindsOfTable } from '../fidelity/judge';
import { makePeople, PEOPLE_KINDS } from '../made-people';
import { levels, numbers, table } from '../tables';

function take<T extends object>(result: Measured<T>): T {
  if (isSkipped(result)) throw new Error(result.reason);
  return result;
}

const rng = () => Rng.fromSeed('copies');
const open = (input: Omit<EvaluationInput, 'kinds' | 'options'> & Partial<EvaluationInput>) =>
  openContext({ kinds: kindsOfTable(input.train), options: { seed: 1 }, ...input });

describe('keys of cells', () => {
  it('are equal where rows agree, gaps included, in all tables alike', () => {
    const group = (...codes: number[]): Column => ({
      kind: 'level',
      name: 'g',
      codes: Int32Array.from(codes),
      levels: ['a', 'b'],
    });
    const cells = codeCells([
      table(numbers('x', [1, null, -0]), group(0, 1, -1)),
      table(numbers('x', [0, null, 1]), group(-1, 1, 0)),
    ]);
    const [own, other] = joinCells(cells, [0, 1]);
    expect([other?.[0], other?.[1], other?.[2]]).toEqual([own?.[2], own?.[1], own?.[0]]);
    expect(new Set(own).size).toBe(3);
    expect(joinCells(cells, []).map((keys) => [...keys])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('stay apart when there are more combinations than whole numbers', () => {
    const n = 400;
    const columns = Array.from({ length: 8 }, (_, c) =>
      numbers(
        `x${c}`,
        Array.from({ length: n }, (__, row) => (c < 7 ? row % 399 : row)),
      ),
    );
    const cells = codeCells([table(...columns)]);
    expect(cells.sizes.reduce((product, size) => product * size, 1)).toBeGreaterThan(2 ** 53);
    const [keys = new Float64Array()] = joinCells(cells, [0, 1, 2, 3, 4, 5, 6]);
    expect([...countKeys(keys).values()].filter((count) => count === 2)).toHaveLength(1);
    expect(new Set(joinCells(cells, [0, 1, 2, 3, 4, 5, 6, 7])[0]).size).toBe(n);
  });
});

/** Fifty rows, of which the first `nRare` have a value of their own. */
function withRare(nRare: number, from: number): Table {
  const x = Array.from({ length: 50 }, (_, row) => (row < nRare ? from + row : 0));
  return table(numbers('x', x), levels('g', Array<string>(50).fill('a')));
}

describe('copies of rare combinations, by hand', () => {
  it('are the rows that meet what one person of train has alone', () => {
    const found = take(
      findRareCopies(
        open({ train: withRare(5, 1), holdout: withRare(1, 1), synthetic: withRare(3, 1) }),
        rng(),
      ),
    );
    expect(found).toMatchObject({ nSets: 1, nColumns: 2, n: 50 });
    expect(found.synthetic.value).toBeCloseTo(3 / 50, 12);
    expect(found.holdout?.value).toBeCloseTo(1 / 50, 12);
    // Shuffled columns keep every value of x, and g says nothing.
    expect(found.shuffled.value).toBeCloseTo(5 / 50, 12);
    expect(found.synthetic.interval.low).toBe(0);
    expect(found.synthetic.interval.high - 3 / 50).toBeCloseTo(
      1.959964 * Math.sqrt((50 / 49) * (3 / 50) * (47 / 50) * (1 / 50)),
      6,
    );
  });
});

describe('replicated uniques, by hand', () => {
  it('are the unique of train whom exactly one synthetic row has', () => {
    const input = { train: withRare(40, 1), holdout: withRare(30, 101), synthetic: withRare(25, 21) };
    const found = take(
      replicateUniques(open({ ...input, options: { seed: 1, quasiIdentifiers: ['x'] } }), rng()),
    );
    expect(found).toMatchObject({ known: ['x'], nKnown: 1, nEqual: 50 });
    // Unique in train: 1 to 40; synthetic has 21 to 45 once. Unique in the holdout: 101 to 130.
    expect(found.risk.attack).toMatchObject({ nSuccesses: 20, nAttempts: 40 });
    expect(found.risk.control).toMatchObject({ nSuccesses: 0, nAttempts: 30 });
    expect(found.risk.baseline).toMatchObject({ nSuccesses: 20, nAttempts: 40 });
  });

  it('are skipped where hardly anybody is unique', () => {
    const same = withRare(3, 1);
    expect(replicateUniques(open({ train: same, holdout: same, synthetic: same }), rng())).toMatchObject({
      reason: expect.stringContaining('fewer than 20 people are unique') as string,
    });
  });
});

describe('the most exposed records', () => {
  const people = makePeople(300, 'exposed/train');
  const fresh = makePeople(300, 'exposed/synthetic');
  const copied = [17, 130, 255];
  const rowsOf = (source: Table, rows: readonly number[]) => takeRows(source, rows);

  it('are the copied ones, by their rows in the table as it was given', () => {
    const synthetic: Table = {
      nRows: 303,
      columns: fresh.columns.map((column, i) => {
        const own = rowsOf(people, copied).columns[i];
        if (column.kind === 'number' && own?.kind === 'number')
          return { ...column, values: Float64Array.from([...column.values, ...own.values]) };
        if (column.kind === 'level' && own?.kind === 'level')
          return { ...column, codes: Int32Array.from([...column.codes, ...own.codes]) };
        return column;
      }),
    };
    const context = open({ train: people, holdout: null, synthetic, kinds: PEOPLE_KINDS });
    const { records, nLookedAt } = findExposed(context);
    expect(nLookedAt).toBe(300);
    expect(records.length).toBeLessThanOrEqual(20);
    expect(
      records
        .slice(0, 3)
        .map(({ row }) => row)
        .sort((a, b) => a - b),
    ).toEqual(copied);
    for (const { toSynthetic, toOthers, reason } of records.slice(0, 3)) {
      expect(toSynthetic).toBe(0);
      expect(toOthers).toBeGreaterThan(0);
      expect(reason).toMatch(
        /^A synthetic row equals this record in every column, and the nearest other person of train lies [\d.e-]+ away\.$/,
      );
    }
    expect(records[5]?.reason).toContain('The nearest synthetic row lies');
    for (const { toSynthetic, toOthers } of records) expect(toSynthetic).toBeLessThan(toOthers);
  });

  it('stay the same people when rows are turned', () => {
    const turned = rowsOf(people, [...Array(300).keys()].reverse());
    const list = (train: Table) =>
      findExposed(open({ train, holdout: null, synthetic: fresh, kinds: PEOPLE_KINDS })).records;
    expect(list(turned).map(({ row }) => 299 - row)).toEqual(list(people).map(({ row }) => row));
  });
});

describe('likelihoods', () => {
  it('follow their rows into the order of the context', () => {
    const people = makePeople(60, 'likelihood/train');
    const ages = (source: Table) => {
      const [age] = source.columns;
      return age?.kind === 'number' ? age.values : new Float64Array();
    };
    const held = makePeople(30, 'likelihood/holdout');
    const context = open({
      train: people,
      holdout: held,
      synthetic: people,
      kinds: PEOPLE_KINDS,
      likelihood: { train: ages(people), holdout: ages(held) },
    });
    expect(context.likelihood?.train).toEqual(ages(context.train));
    expect(context.holdout && context.likelihood?.holdout).toEqual(context.holdout && ages(context.holdout));
    const sampled = openContext(
      {
        train: people,
        holdout: held,
        synthetic: people,
        kinds: PEOPLE_KINDS,
        options: { seed: 1 },
        likelihood: { train: ages(people), holdout: ages(held) },
      },
      20,
    );
    expect(sampled.likelihood?.train).toEqual(ages(sampled.compared.train));
    expect(sampled.likelihood?.train).toHaveLength(20);
  });
});
