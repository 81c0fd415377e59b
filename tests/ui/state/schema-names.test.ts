import { describe, expect, it } from 'vitest';
import { SCHEMA_VERSION, type Schema } from '../../../src/data/schema';
import { matchNames } from '../../../src/ui/state/schema-names';
import { makeColumnSchema } from '../../column-schema';

function schemaOf(...names: readonly string[]): Schema {
  return { version: SCHEMA_VERSION, columns: names.map((name) => makeColumnSchema(name, 'integer')) };
}

function complain(schema: Schema, present: readonly string[]): string {
  const matched = matchNames(schema, present);
  return matched.ok ? '' : `${matched.failure.code}: ${matched.failure.message}`;
}

describe('the names of a schema', () => {
  it('may stand in another order than in the table', () => {
    expect(complain(schemaOf('b', 'a'), ['a', 'b'])).toBe('');
  });

  it('of another table are counted, and three of them named', () => {
    expect(complain(schemaOf('a', 'p', 'q', 'r', 's'), ['a', 'b', 'c'])).toBe(
      'schema-invalid: The schema file is not of this table: it names 4 columns that the table does not have ' +
        '("p", "q", "r" …) and leaves 2 columns of it undescribed ("b", "c"); give the schema.json that was ' +
        'written for this table, or none to have it inferred.',
    );
  });

  it('may lack none of the table', () => {
    expect(complain(schemaOf('a'), ['a', 'b'])).toMatch(/: it leaves 1 column of it undescribed \("b"\);/);
  });
});
