import { describe, expect, it } from 'vitest';
import { applySchemaEdit } from '../../src/data/edits/apply-schema';
import type { SchemaEdit } from '../../src/data/edits/edit';
import { inferSchema } from '../../src/data/infer-schema';
import { FailureError } from '../../src/data/failure';
import { reviseSchema } from '../../src/data/revise';
import type { Schema } from '../../src/data/schema';
import { findColumn, makeRaw, PLAIN_RULES } from './open-text';

const raw = makeRaw({
  age: ['40', '12x', '', '51', '40'],
  weight: ['70.5', '80.25', '', '65', '90'],
  seen: ['01/02/2021', '03/04/2021', '05/06/2021', '07/08/2021', '09/10/2021'],
  site: ['1', '2', '3', '1', '2'],
});
const inferred = inferSchema(raw, PLAIN_RULES);
const edit = (...edits: readonly SchemaEdit[]): Schema => edits.reduce(applySchemaEdit, inferred);

function problemsOf(schema: Schema): string[] {
  try {
    reviseSchema(raw, schema, PLAIN_RULES);
  } catch (thrown) {
    if (thrown instanceof FailureError) return thrown.failure.message.split('\n');
    throw thrown;
  }
  return [];
}

describe('reviseSchema', () => {
  it('leaves an inferred schema as it is', () => {
    expect(reviseSchema(raw, inferred, PLAIN_RULES)).toEqual(inferred);
  });

  it('names column, row and what next for a value that cannot be read', () => {
    expect(problemsOf(edit({ column: 'age', set: 'type', value: 'integer' }))).toEqual([
      expect.stringContaining(
        'column "age", row 2: "12x" is not a whole number; exclude the row or read the column as text',
      ),
    ]);
  });

  it('lists all problems at once', () => {
    const problems = problemsOf(
      edit(
        { column: 'age', set: 'type', value: 'continuous' },
        { column: 'weight', set: 'decimals', value: 99 },
        { column: 'weight', set: 'bounds', value: { min: 5, max: 5 } },
        { column: 'seen', set: 'format', value: 'yyyy-bogus' },
        { column: 'site', set: 'type', value: 'boolean' },
      ),
    );
    expect(problems).toHaveLength(5);
    expect(problems.join('\n')).toMatch(/age[^]*weight[^]*weight[^]*seen[^]*site/);
  });

  it('refuses columns the file lacks, columns left out, named twice, and two targets', () => {
    const [first, ...rest] = inferred.columns;
    if (first === undefined) throw new Error('no columns');
    const ghost = { ...first, name: 'ghost', role: 'target' as const };
    const twin = { ...first, name: 'ghost', role: 'target' as const };
    const problems = problemsOf({ version: 1, columns: [...rest, ghost, twin] }).join('\n');
    expect(problems).toContain('"ghost" that the file does not have');
    expect(problems).toContain('"ghost" twice');
    expect(problems).toContain('"age" undescribed');
    expect(problems).toContain('2 columns are marked as the target');
  });

  it('recounts levels, bounds and format under a new type', () => {
    const toNumber = reviseSchema(raw, edit({ column: 'site', set: 'type', value: 'integer' }), PLAIN_RULES);
    expect(findColumn(toNumber.columns, 'site')).toMatchObject({
      type: 'integer',
      levels: null,
      decimals: 0,
      bounds: { min: 1, max: 3, declared: false },
      reason: 'Type chosen by you.',
    });
    const toLevels = reviseSchema(
      raw,
      edit({ column: 'weight', set: 'type', value: 'categorical' }),
      PLAIN_RULES,
    );
    expect(findColumn(toLevels.columns, 'weight')).toMatchObject({
      bounds: null,
      decimals: null,
      nMissing: 1,
    });
    expect(findColumn(toLevels.columns, 'weight').levels).toHaveLength(4);
    const dated = edit(
      { column: 'seen', set: 'type', value: 'text' },
      { column: 'seen', set: 'type', value: 'datetime' },
    );
    expect(findColumn(reviseSchema(raw, dated, PLAIN_RULES).columns, 'seen')).toMatchObject({
      included: true,
      format: 'dd/MM/yyyy',
    });
  });

  it('keeps declared bounds and chosen decimals', () => {
    const schema = edit(
      { column: 'weight', set: 'bounds', value: { min: 0, max: 300 } },
      { column: 'weight', set: 'decimals', value: 1 },
    );
    expect(findColumn(reviseSchema(raw, schema, PLAIN_RULES).columns, 'weight')).toMatchObject({
      decimals: 1,
      bounds: { min: 0, max: 300, declared: true },
    });
  });

  it('never includes free text', () => {
    const schema = edit(
      { column: 'age', set: 'type', value: 'text' },
      { column: 'age', set: 'included', value: true },
    );
    expect(findColumn(reviseSchema(raw, schema, PLAIN_RULES).columns, 'age').included).toBe(false);
  });
});
