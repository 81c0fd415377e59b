import { describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../src/data/table';
import { evaluate, type EvaluationSpec, type EvaluationStep, type Finding } from '../../src/measure/evaluate';
import { openContext, type EvaluationInput } from '../../src/measure/evaluation-context';
import { makePeople, PEOPLE_KINDS } from './made-people';

const finding = (id: string, value: number): Finding => ({
  id,
  value,
  interval: { low: value - 0.1, high: value + 0.1 },
  n: 1,
  direction: 'higher-is-better',
  floor: 1 / 3,
  ceiling: null,
  sentence: `it is ${value}`,
  parts: [{ columns: ['age'], value: 2 / 3, note: null }],
});
const spec = (id: string, measure: EvaluationSpec['measure']): EvaluationSpec => ({
  family: 'fidelity',
  ids: [id],
  measure,
});
const rows = spec('rows', ({ train }) => [finding('rows', train.nRows)]);
const draw = spec('draw', (_, rng) => [finding('draw', rng.float())]);

describe('an evaluation', () => {
  const input: EvaluationInput = {
    train: makePeople(60, 'train'),
    holdout: null,
    synthetic: makePeople(40, 'synthetic'),
    kinds: PEOPLE_KINDS,
    options: { seed: 3 },
  };

  it('tells each step as it is done, and keeps every result with family, seed and ten digits', async () => {
    const steps: EvaluationStep[] = [];
    const started: string[] = [];
    const result = await evaluate([rows, draw], input, {
      onStep: (step) => steps.push(step),
      onStart: (ids, done, total) => started.push(`${ids.join()} ${done}/${total}`),
    });
    expect(started).toEqual(['rows 0/2', 'draw 1/2']);
    expect(steps.map(({ ids, done, total }) => [...ids, done, total])).toEqual([
      ['rows', 1, 2],
      ['draw', 2, 2],
    ]);
    expect(result.measures).toEqual(steps.flatMap((step) => step.results));
    expect(result).toMatchObject({ version: 1, isComplete: true, skipped: [] });
    expect(result.nRows).toEqual({ train: 60, holdout: null, synthetic: 40 });
    expect(result.measures[0]).toMatchObject({ value: 60, family: 'fidelity', seed: 3, floor: 0.3333333333 });
    expect(result.measures[0]?.parts[0]?.value).toBe(0.6666666667);
  });

  it('can be ended between measures: what is done stays, and the rest is named', async () => {
    let nAsked = 0;
    const goesOn = () => Promise.resolve(++nAsked < 2);
    const result = await evaluate([rows, draw, rows], input, { goesOn });
    expect(result.isComplete).toBe(false);
    expect(result.measures.map(({ id }) => id)).toEqual(['rows']);
    expect(result.skipped.map(({ id }) => id)).toEqual(['draw', 'rows']);
    expect(result.skipped[0]?.reason).toContain('ended before');
    expect(nAsked).toBe(2);
  });

  it('gives a measure the same draws whichever others are run', async () => {
    const alone = await evaluate([draw], input);
    const beside = await evaluate([rows, draw], input);
    expect(beside.measures[1]).toEqual(alone.measures[0]);
    const reseeded = await evaluate([draw], { ...input, options: { seed: 4 } });
    expect(reseeded.measures[0]?.value).not.toBe(alone.measures[0]?.value);
  });

  it('turns neither a failure nor an infinite figure into a score', async () => {
    const failing = spec('failing', () => {
      throw new Error('no such thing');
    });
    const infinite = spec('infinite', () => [finding('infinite', NaN)]);
    const { measures, skipped } = await evaluate([failing, infinite, rows], input);
    expect(measures.map(({ id }) => id)).toEqual(['rows']);
    expect(skipped).toEqual([
      { id: 'failing', reason: 'Understudy could not compute it (no such thing); please report it' },
      { id: 'infinite', reason: 'the result is not a finite number' },
    ]);
  });

  it('compares as many rows of each table as the smallest has, where numbers of rows matter', async () => {
    const { equal, compared } = openContext({ ...input, holdout: makePeople(25, 'holdout') });
    expect(Object.values(equal).map((each: Table) => each.nRows)).toEqual([25, 25, 25, 25]);
    expect(compared).toMatchObject({
      train: { nRows: 60 },
      synthetic: { nRows: 40 },
      shuffled: { nRows: 60 },
    });
  });

  it('compares a sample of tables of very many rows, and says so', async () => {
    const { train, synthetic, compared, equal } = openContext(input, 30);
    expect([train.nRows, synthetic.nRows]).toEqual([60, 40]);
    expect([compared.train.nRows, compared.synthetic.nRows, equal.train.nRows]).toEqual([30, 30, 30]);
    expect((await evaluate([rows], input)).sample).toBeUndefined();
    const drawn = await evaluate([rows], { ...input, nSynthetic: 5000 });
    expect(drawn.sample?.sentence).toContain('40 of 5000 synthetic rows');
    expect(drawn.nRows.synthetic).toBe(5000);
  });

  it('says which column a table lacks', async () => {
    const narrow = { nRows: 60, columns: input.train.columns.slice(1) };
    await expect(evaluate([rows], { ...input, train: narrow })).rejects.toThrow(
      'Column "age" of the train table is missing',
    );
  });

  it('does not depend on the order of rows', async () => {
    const order = Uint32Array.from({ length: 60 }, (_, row) => 59 - row);
    const first = spec('first', ({ train }) => {
      const column = train.columns[1];
      return [finding('first', column?.kind === 'number' ? (column.values[0] ?? NaN) : NaN)];
    });
    const turned = await evaluate([first], { ...input, train: takeRows(input.train, order) });
    expect(turned.measures).toEqual((await evaluate([first], input)).measures);
  });
});
