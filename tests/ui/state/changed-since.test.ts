import { describe, expect, it } from 'vitest';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../../src/data/handling';
import type { ColumnSchema } from '../../../src/data/schema';
import type { RunBasis } from '../../../src/platform/projects/types';
import { listChangedChoices, type ChoicesInForce } from '../../../src/ui/state/changed-since';
import { makeColumnSchema } from '../../column-schema';

const age = makeColumnSchema('age', 'integer', {
  decimals: 0,
  bounds: { min: 18, max: 90, declared: false },
});
const source: RunBasis['source'] = {
  id: 'a',
  name: 'clinic.csv',
  nBytes: 9,
  nRows: 3,
  nColumns: 1,
  encoding: 'utf-8',
  readMs: 1,
};
const basis = {
  source,
  schema: { version: 1, columns: [age] },
  handling: DEFAULT_HANDLING,
  split: DEFAULT_SPLIT,
  holdoutFile: null,
  dialect: {},
} satisfies RunBasis;

function changedBy(patch: Partial<ChoicesInForce['record']>, holdoutFile: string | null = null) {
  return listChangedChoices(basis, { record: { ...basis, ...patch }, holdoutFile });
}

describe('listChangedChoices', () => {
  it('finds nothing in equal choices, whatever the order of their keys', () => {
    const turned = Object.fromEntries(Object.entries(age).reverse()) as unknown as ColumnSchema;
    expect(changedBy({ schema: { columns: [turned], version: 1 }, split: { ...DEFAULT_SPLIT } })).toEqual([]);
  });

  it('names what differs', () => {
    expect(changedBy({ schema: { version: 1, columns: [{ ...age, included: false }] } })).toEqual(['schema']);
    expect(changedBy({ schema: { version: 1, columns: [{ ...age, bounds: null }] } })).toEqual(['schema']);
    expect(changedBy({ schema: { version: 1, columns: [] } })).toEqual(['schema']);
    expect(changedBy({ split: { ...DEFAULT_SPLIT, seed: DEFAULT_SPLIT.seed + 1 } })).toEqual(['holdout']);
    const handling = { ...DEFAULT_HANDLING, k: DEFAULT_HANDLING.k + 1 };
    expect(changedBy({ handling, source: { ...source, id: 'b' } })).toEqual(['source table', 'handling']);
  });

  it('tells another reading of the same table from another table', () => {
    expect(changedBy({ dialect: { header: false } })).toEqual(['reading of the table']);
    expect(changedBy({ dialect: { header: false }, source: { ...source, id: 'b' } })).toEqual([
      'source table',
    ]);
    const { schema, handling, split, holdoutFile } = basis;
    const old = { source, schema, handling, split, holdoutFile };
    const record = { ...basis, dialect: { header: false } };
    expect(listChangedChoices(old, { record, holdoutFile: null })).toEqual([]);
  });

  it('counts another holdout file, but not one that is no longer open', () => {
    expect(changedBy({}, 'later.csv')).toEqual(['holdout']);
    const own = { ...basis, holdoutFile: 'later.csv' };
    expect(listChangedChoices(own, { record: basis, holdoutFile: 'later.csv' })).toEqual([]);
    expect(listChangedChoices(own, { record: basis, holdoutFile: null })).toEqual([]);
  });
});
