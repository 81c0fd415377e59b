import { describe, expect, it } from 'vitest';
import { getColumn, type Table } from '../../../src/data/table';
import { joinTables } from '../../../src/data/join-tables';
import { meets } from '../../../src/data/wishes/meets';
import { addWish, NO_WISHES, type Wish } from '../../../src/data/wishes/wishes';
import { Rng } from '../../../src/math/rng';
import type { TrainedModel } from '../../../src/models/synthesizer';
import { WishedDrawing } from '../../../src/models/wishes/draw-wished';

/** Ward a, b or rare c (1 in 50); x falls evenly on 0–99, y on 0–99. */
const model: TrainedModel = {
  id: 'independent',
  stopReason: '',
  score: null,
  state: () => Promise.reject(new Error('none')),
  dispose: () => undefined,
  sample: (nRows, rng) => {
    const ward = Int32Array.from({ length: nRows }, () => (rng.float() < 0.02 ? 2 : rng.int(2)));
    const draw = () => Float64Array.from({ length: nRows }, () => rng.int(100));
    return Promise.resolve({
      nRows,
      columns: [
        { kind: 'level', name: 'ward', codes: ward, levels: ['a', 'b', 'c', 'never'] },
        { kind: 'number', name: 'x', values: draw() },
        { kind: 'number', name: 'y', values: draw() },
      ],
    });
  },
};

async function drawAll(made: readonly Wish[], nRows: number, seed = 1, chunk = 1000) {
  const wishes = made.reduce(addWish, NO_WISHES);
  const drawing = new WishedDrawing(model, wishes, nRows);
  const parts: Table[] = [];
  for (let done = 0; done < nRows; done += chunk)
    parts.push(await drawing.draw(Math.min(chunk, nRows - done), Rng.fromSeed(`${seed}/${done}`)));
  return { table: joinTables(parts), wishes, account: drawing.account() };
}

const ordered: Wish = { kind: 'order', before: 'x', after: 'y', orEqual: false };
const countLevels = (table: Table) => {
  const column = getColumn(table, 'ward');
  const counts = [0, 0, 0, 0];
  if (column.kind === 'level') for (const code of column.codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

describe('rows drawn towards wishes by rejection', () => {
  it('meet them all, as many as were asked for', async () => {
    const { table, wishes } = await drawAll(
      [ordered, { kind: 'within', column: 'x', min: 10, max: 50 }],
      2500,
    );
    expect(table.nRows).toBe(2500);
    expect(meets(table, wishes).every((mark) => mark === 1)).toBe(true);
  });

  it('are counted: of all rows begun the share that meets the wish is kept', async () => {
    const { account } = await drawAll([ordered], 20_000);
    const wanted = 0.495;
    expect(account.nKept).toBe(20_000);
    const rate = account.nKept / account.nDrawn;
    expect(Math.abs(rate - wanted)).toBeLessThan(4.5 * Math.sqrt((wanted * (1 - wanted)) / account.nDrawn));
    const { nMet = 0, nTried = 0 } = account.rates[0] ?? {};
    expect(nMet / nTried).toBeCloseTo(rate, 1);
  });

  it('with nothing to reject are all kept', async () => {
    const { account } = await drawAll([{ kind: 'range', column: 'x', min: 0, max: 99 }], 3000);
    expect(account).toEqual({ nKept: 3000, nDrawn: 3000, rates: [{ nTried: 3000, nMet: 3000 }] });
  });

  it.each([[1], [997], [10_007]])('give each level its share of %i rows to within one row', async (nRows) => {
    const shares: Wish = {
      kind: 'shares',
      column: 'ward',
      shares: [
        { level: 'a', share: 1 / 3 },
        { level: 'c', share: 2 / 3 },
      ],
    };
    const { table } = await drawAll([shares, ordered], nRows);
    const [a = 0, b = 0, c = 0] = countLevels(table);
    expect([a + c, b]).toEqual([nRows, 0]);
    expect(Math.abs(c - (2 / 3) * nRows)).toBeLessThanOrEqual(1);
  });

  it('mix levels within a chunk instead of leaving the rare one for the end', async () => {
    const shares = [
      { level: 'a', share: 0.5 },
      { level: 'c', share: 0.5 },
    ];
    const { table } = await drawAll([{ kind: 'shares', column: 'ward', shares }], 1000);
    const first = countLevels({
      nRows: 500,
      columns: table.columns.map((column) =>
        column.kind === 'level' ? { ...column, codes: column.codes.slice(0, 500) } : column,
      ),
    });
    expect(Math.abs((first[2] ?? 0) - 250)).toBeLessThan(4.5 * Math.sqrt(500 / 4));
  });

  it('are a function of the seed', async () => {
    const [one, same, other] = await Promise.all([
      drawAll([ordered], 3000),
      drawAll([ordered], 3000),
      drawAll([ordered], 3000, 2),
    ]);
    expect(same.table).toEqual(one.table);
    expect(other.table).not.toEqual(one.table);
  });

  it('end with a clear refusal where the model never draws such', async () => {
    const never: Wish = { kind: 'levels', column: 'ward', levels: ['never'] };
    await expect(drawAll([never, ordered], 10)).rejects.toThrow(
      /of the last 6\d{4} begun, 0 met all wishes.*levels of "ward": met by 0 of 6\d{4}; "x" before "y": met by 3\d{4} of 6\d{4}\. Loosen/,
    );
  });

  it('are still drawn where one in a few hundred is kept', async () => {
    const rare: Wish[] = [
      { kind: 'levels', column: 'ward', levels: ['c'] },
      { kind: 'within', column: 'x', min: 0, max: 9 },
    ];
    const { table, account } = await drawAll(rare, 400);
    expect(table.nRows).toBe(400);
    expect(account.nDrawn / 400).toBeGreaterThan(350);
  });

  it('stop at once when they are cancelled between tries', async () => {
    const drawing = new WishedDrawing(model, addWish(NO_WISHES, ordered), 1000);
    await expect(
      drawing.draw(1000, Rng.fromSeed(1), () => Promise.reject(new Error('cancelled'))),
    ).rejects.toThrow('cancelled');
  });
});
