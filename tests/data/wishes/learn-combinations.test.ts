import { describe, expect, it } from 'vitest';
import type { LevelColumn, Table } from '../../../src/data/table';
import { learnCombinations, type Lesson } from '../../../src/data/wishes/learn-combinations';
import { addWish, NO_WISHES, type CombinationsRule } from '../../../src/data/wishes/wishes';

const level = (name: string, levels: string[], codes: number[]) =>
  ({ kind: 'level', name, levels, codes: Int32Array.from(codes) }) as const;

/** x1+y twice, x+1y three times, x1+1y once, missing+y once. */
const train: Table = {
  nRows: 7,
  columns: [level('a', ['x1', 'x'], [0, 0, 1, 1, 0, -1, 1]), level('b', ['y', '1y'], [0, 0, 1, 1, 1, 0, 1])],
};
const withFirst = (column: LevelColumn): Table => ({
  ...train,
  columns: [column, ...train.columns.slice(1)],
});
const lesson: Lesson = { train, trainAsRead: train, trainGroups: null, leastK: 2 };
const rule: CombinationsRule = { kind: 'combinations', columns: ['a', 'b'], k: 2, allowed: null };

function learn(changes: Partial<CombinationsRule> = {}, from: Partial<Lesson> = {}) {
  const outcome = learnCombinations(addWish(NO_WISHES, { ...rule, ...changes }), { ...lesson, ...from });
  return outcome.ok ? outcome.value.rules[0] : outcome.failure.message;
}

describe('combinations of train', () => {
  it('are those of at least k rows; texts that only look alike stay apart', () => {
    expect(learn()).toEqual({
      ...rule,
      allowed: [
        ['x1', 'y'],
        ['x', '1y'],
      ],
    });
  });

  it('are never those of fewer rows than handling demands, whatever the wish says', () => {
    expect(learn({}, { leastK: 3 })).toEqual({ ...rule, k: 3, allowed: [['x', '1y']] });
  });

  it('count persons where a person has several rows', () => {
    const trainGroups = Uint32Array.of(0, 1, 2, 2, 3, 4, 2);
    expect(learn({}, { trainGroups })).toEqual({ ...rule, allowed: [['x1', 'y']] });
  });

  it('have no witness in a row whose rare level was replaced by theirs', () => {
    const trainAsRead = withFirst(level('a', ['x1', 'x', 'rare'], [0, 2, 1, 1, 0, -1, 2]));
    expect(learn({}, { trainAsRead })).toEqual({ ...rule, allowed: [['x', '1y']] });
  });

  it('have one in a row whose rare level was given a label', () => {
    const trainAsRead = withFirst(level('a', ['x1', 'x', 'rare', 'odd'], [2, 3, 1, 1, 0, -1, 1]));
    const labelled = withFirst(level('a', ['x1', 'x', 'Other'], [2, 2, 1, 1, 0, -1, 1]));
    expect(learn({}, { train: labelled, trainAsRead })).toEqual({
      ...rule,
      allowed: [
        ['Other', 'y'],
        ['x', '1y'],
      ],
    });
  });

  it('stay as they were kept when they are learnt from the same train again', () => {
    const once = learn();
    expect(learn(once as CombinationsRule)).toEqual(once);
  });

  it('that were kept lose those that another train does not share as often, and gain none', () => {
    const kept = { allowed: [['x1', 'y'] as const, ['x1', '1y'] as const] };
    expect(learn(kept)).toEqual({ ...rule, allowed: [['x1', 'y']] });
  });

  it('that a person listed are left alone', () => {
    const listed = { k: null, allowed: [['x1', '1y'] as const] };
    expect(learn(listed)).toEqual({ ...rule, ...listed });
  });

  it.each<[string, Partial<CombinationsRule>, Partial<Lesson>]>([
    ['train has', {}, { leastK: 4 }],
    ['were kept', { allowed: [['x1', '1y']] }, {}],
  ])('are refused when none of those that %s is shared often enough', (_, changes, from) => {
    expect(learn(changes, from)).toMatch(
      /\ncombinations of "a", "b": train shares none of them \d times, the least that may be kept/,
    );
  });
});
