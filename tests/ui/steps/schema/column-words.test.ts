import { describe, expect, it } from 'vitest';
import type { ColumnSchema } from '../../../../src/data/schema';
import { filterColumns } from '../../../../src/ui/steps/schema/column-filter';
import { describeFate, formatValue } from '../../../../src/ui/steps/schema/column-words';
import { describeHandling, describeUnlearned } from '../../../../src/ui/steps/schema/handling-words';
import { DEFAULT_HANDLING } from '../../../../src/data/handling';
import { makeColumnSchema } from '../../../column-schema';

const column = (name: string, { type = 'integer', ...patch }: Partial<ColumnSchema> = {}): ColumnSchema =>
  makeColumnSchema(name, type, { decimals: 0, ...patch });

const id = column('id', { type: 'identifier', role: 'identifier' });
const note = column('note', { type: 'text', included: false });
const unit = column('unit', { type: 'constant', constant: 'mg' });
const age = column('age', { nMissing: 3 });
const mrn = column('mrn', { role: 'identifier' });
const left = column('left', { included: false });
const all = [id, note, unit, age, mrn, left];

describe('what becomes of a column', () => {
  it('is said in words, identifiers by role included', () => {
    expect(all.map(describeFate)).toEqual([
      'not learned: surrogates are written',
      'left out: free text',
      'not learned: its one value is repeated',
      'learned',
      'not learned: surrogates are written',
      'left out by you',
    ]);
  });

  it('is said for the whole table', () => {
    const sentences = describeUnlearned({ version: 1, columns: all }).join(' ');
    expect(sentences).toContain('instead: id, mrn.');
    expect(sentences).toContain('never written: note.');
    expect(sentences).toContain('as they are: unit.');
    expect(sentences).toContain('Left out by you: left.');
    expect(describeUnlearned({ version: 1, columns: [age] })).toEqual([
      'This table has no identifiers and no free text.',
    ]);
  });
});

describe('handling in words', () => {
  it('names k and what pooled levels become', () => {
    expect(describeHandling(DEFAULT_HANDLING).pool).toContain('fewer than 5 rows');
    expect(describeHandling({ ...DEFAULT_HANDLING, pooledAs: 'label' }).pool).toContain('become “Other”');
    expect(describeHandling({ ...DEFAULT_HANDLING, poolRareLevels: false }).pool).not.toContain('fewer');
  });
});

describe('dates', () => {
  it('lose a time of midnight only', () => {
    const date = column('d', { type: 'datetime' });
    expect(formatValue(date, Date.UTC(2024, 1, 3))).toBe('2024-02-03');
    expect(formatValue(date, Date.UTC(2024, 1, 3, 4, 5))).toBe('2024-02-03 04:05');
  });
});

describe('filter of columns', () => {
  const facts = {
    alerts: [
      { kind: 'rare-levels', column: 'age', severity: 'warning', message: '' },
      { kind: 'identifier', column: 'id', severity: 'info', message: '' },
    ],
    edited: new Set(['left']),
  } as const;
  const names = (filter: Parameters<typeof filterColumns>[1]['filter'], words = '') =>
    filterColumns(all, { filter, words }, facts).map(({ name }) => name);

  it.each([
    ['all', ['id', 'note', 'unit', 'age', 'mrn', 'left']],
    ['alerts', ['age']],
    ['learned', ['age']],
    ['not-learned', ['id', 'note', 'unit', 'mrn', 'left']],
    ['missing', ['age']],
    ['roles', ['id', 'mrn']],
    ['edited', ['left']],
  ] as const)('%s', (filter, expected) => expect(names(filter)).toEqual(expected));

  it('looks for part of a name, whatever its case', () => {
    expect(names('all', ' N ')).toEqual(['note', 'unit', 'mrn']);
  });
});
