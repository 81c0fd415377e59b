import { describe, expect, it } from 'vitest';
import { expressIn } from '../../src/data/express-in';
import { makeColumnSchema } from '../column-schema';
import { levels, numbers, table } from '../measure/tables';

const schema = {
  version: 1,
  columns: [
    makeColumnSchema('ward', 'categorical', { levels: ['b', 'Other'] }),
    makeColumnSchema('age', 'integer', { bounds: { min: 20, max: 80, declared: false } }),
  ],
} as const;

describe('a table in the terms of a handled schema', () => {
  const read = table(numbers('age', [7, 50, null, 99]), levels('ward', ['a', 'b', null, 'b']));

  it('holds numbers within bounds, pools levels that are not listed, and keeps what is missing', () => {
    const [ward, age] = expressIn(schema, read, 'Other').columns;
    expect(ward).toEqual({
      kind: 'level',
      name: 'ward',
      levels: ['b', 'Other'],
      codes: Int32Array.of(1, 0, -1, 0),
    });
    expect(age).toEqual({ kind: 'number', name: 'age', values: Float64Array.of(20, 50, NaN, 80) });
  });

  it('takes levels for missing where there is no pool', () => {
    const [ward] = expressIn(schema, read, 'no such level').columns;
    expect(ward).toMatchObject({ codes: Int32Array.of(-1, 0, -1, 0) });
  });

  it('refuses levels where the schema has numbers', () => {
    const wrong = table(levels('age', ['old']), levels('ward', ['a']));
    expect(() => expressIn(schema, wrong, 'Other')).toThrow(/"age".*one schema/);
  });
});
