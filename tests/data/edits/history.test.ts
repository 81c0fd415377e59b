import { describe, expect, it } from 'vitest';
import { applySchemaEdit } from '../../../src/data/edits/apply-schema';
import { forgetDialect, hasColumnsOf, keepForAnyTable } from '../../../src/data/edits/carry-over';
import { diffSchema } from '../../../src/data/edits/diff-schema';
import type { Edit, SchemaEdit } from '../../../src/data/edits/edit';
import { findIdle } from '../../../src/data/edits/find-idle';
import { foldDialect, foldHandling, foldSplit } from '../../../src/data/edits/fold';
import {
  EMPTY_HISTORY,
  findRedone,
  findUndone,
  listInForce,
  makeHistory,
  recordEdits,
  redoEdit,
  undoEdit,
} from '../../../src/data/edits/history';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../../src/data/handling';
import type { Schema } from '../../../src/data/schema';
import { makeColumnSchema } from '../../column-schema';
import { findColumn } from '../open-text';

const schema: Schema = {
  version: 1,
  columns: [
    makeColumnSchema('age', 'integer', { decimals: 0, bounds: { min: 1, max: 9, declared: false } }),
    makeColumnSchema('site', 'categorical', { levels: ['a', 'b'] }),
    makeColumnSchema('died', 'boolean', { levels: ['0', '1'], role: 'target' }),
  ],
};
const asText: Edit = { of: 'schema', column: 'age', set: 'type', value: 'text' };
const asTarget: Edit = { of: 'schema', column: 'site', set: 'role', value: 'target' };
const k: Edit = { of: 'handling', value: { k: 11 } };
const column = (edit: SchemaEdit): Edit => ({ of: 'schema', ...edit });

describe('a history', () => {
  it('undoes, redoes, and forgets what was undone when a new edit comes', () => {
    const both = recordEdits(recordEdits(EMPTY_HISTORY, [asText]), [k]);
    expect([findUndone(both), findRedone(both)]).toEqual([k, null]);
    const back = undoEdit(both);
    expect(listInForce(back)).toEqual([asText]);
    expect([findUndone(back), findRedone(back)]).toEqual([asText, k]);
    expect(redoEdit(back)).toEqual(both);
    expect(redoEdit(redoEdit(back))).toEqual(both);
    expect(listInForce(undoEdit(undoEdit(undoEdit(both))))).toEqual([]);
    expect(recordEdits(back, [asTarget, k])).toEqual(makeHistory([asText, asTarget, k]));
  });
});

describe('edits of the schema', () => {
  const edit = (...edits: readonly SchemaEdit[]): Schema => edits.reduce(applySchemaEdit, schema);

  it('move the target role, and leave it where the column is unknown', () => {
    const targets = (of: Schema) =>
      of.columns.filter(({ role }) => role === 'target').map(({ name }) => name);
    expect(targets(edit({ column: 'site', set: 'role', value: 'target' }))).toEqual(['site']);
    expect(targets(edit({ column: 'ghost', set: 'role', value: 'target' }))).toEqual(['died']);
  });

  it('clear the identifier role with its type', () => {
    const there = edit({ column: 'site', set: 'type', value: 'identifier' });
    expect(findColumn(there.columns, 'site').role).toBe('identifier');
    const back = applySchemaEdit(there, { column: 'site', set: 'type', value: 'categorical' });
    expect(findColumn(back.columns, 'site').role).toBe('none');
  });

  it('are found again from the two schemas', () => {
    const made: readonly SchemaEdit[] = [
      { column: 'age', set: 'type', value: 'continuous' },
      { column: 'age', set: 'decimals', value: 2 },
      { column: 'age', set: 'bounds', value: { min: 0, max: 120 } },
      { column: 'site', set: 'role', value: 'target' },
      { column: 'died', set: 'included', value: false },
    ];
    const wanted = edit(...made);
    const found = diffSchema(schema, wanted);
    expect(found.map((one) => one.of)).toEqual(found.map(() => 'schema'));
    expect((found as readonly (Edit & SchemaEdit)[]).reduce(applySchemaEdit, schema)).toEqual(wanted);
    expect(diffSchema(wanted, wanted)).toEqual([]);
    expect(diffSchema(wanted, schema)).toContainEqual(
      column({ column: 'age', set: 'type', value: 'integer' }),
    );
    const declared = edit({ column: 'age', set: 'bounds', value: { min: 0, max: 5 } });
    expect(diffSchema(declared, schema)).toEqual([column({ column: 'age', set: 'bounds', value: null })]);
  });
});

describe('folding', () => {
  it('puts the dialect together wherever its edits stand, and begins anew where all is guessed', () => {
    const tabs: Edit = { of: 'dialect', value: { delimiter: '\t', header: false } };
    const named: Edit = { of: 'dialect', value: { header: true } };
    expect(foldDialect([tabs, asText, named])).toEqual({ delimiter: '\t', header: true });
    expect(foldDialect([tabs, { of: 'dialect', value: null }, named])).toEqual({ header: true });
  });

  it('begins handling and split at their defaults and the suggested group', () => {
    expect(foldHandling([k, { of: 'handling', value: { capExtremes: false } }])).toEqual({
      ...DEFAULT_HANDLING,
      k: 11,
      capExtremes: false,
    });
    const ground = { headers: ['age', 'site'], suggestedGroup: 'site' };
    expect(foldSplit([], ground)).toEqual({ ...DEFAULT_SPLIT, groupBy: 'site' });
    expect(foldSplit([{ of: 'split', value: { groupBy: null, seed: 4 } }], ground)).toEqual({
      ...DEFAULT_SPLIT,
      seed: 4,
    });
    expect(foldSplit([{ of: 'split', value: { stratifyBy: 'ghost', fraction: 0.1 } }], ground)).toEqual({
      ...DEFAULT_SPLIT,
      fraction: 0.1,
      groupBy: 'site',
    });
  });
});

describe('edits without effect', () => {
  it('are those of missing columns and those the schema does not show', () => {
    const edits: readonly Edit[] = [
      column({ column: 'ghost', set: 'included', value: false }),
      { of: 'split', value: { stratifyBy: 'ghost' } },
      column({ column: 'site', set: 'type', value: 'datetime' }),
      column({ column: 'age', set: 'decimals', value: 0 }),
      column({ column: 'age', set: 'bounds', value: { min: 0, max: 5 } }),
      column({ column: 'age', set: 'bounds', value: null }),
      k,
    ];
    expect(findIdle(edits, schema)).toEqual([
      'no-column',
      'no-column',
      'not-admitted',
      null,
      null,
      null,
      null,
    ]);
  });

  it('are not those that a later one replaced', () => {
    const replaced: readonly Edit[] = [
      column({ column: 'site', set: 'type', value: 'text' }),
      column({ column: 'site', set: 'role', value: 'target' }),
      column({ column: 'site', set: 'type', value: 'categorical' }),
      column({ column: 'age', set: 'role', value: 'target' }),
      column({ column: 'died', set: 'role', value: 'target' }),
    ];
    expect(findIdle(replaced, schema)).toEqual([null, null, null, null, null]);
  });
});

describe('another file', () => {
  const history = undoEdit(
    makeHistory([
      { of: 'dialect', value: { header: false } },
      asText,
      k,
      { of: 'split', value: { fraction: 0.3, groupBy: 'site' } },
      { of: 'split', value: { stratifyBy: 'site' } },
      { of: 'handling', value: { k: 12 } },
    ]),
  );

  it('of the same columns keeps all edits but those of the dialect', () => {
    expect(hasColumnsOf(['site', 'age', 'died'], schema)).toBe(true);
    expect(hasColumnsOf(['site', 'age'], schema)).toBe(false);
    expect(listInForce(forgetDialect(history)).map((edit) => edit.of)).toEqual([
      'schema',
      'handling',
      'split',
      'split',
    ]);
  });

  it('of other columns keeps what names none', () => {
    expect(keepForAnyTable(history)).toEqual(makeHistory([k, { of: 'split', value: { fraction: 0.3 } }]));
  });
});
