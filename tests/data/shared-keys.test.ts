import { describe, expect, it } from 'vitest';
import { listKeys, tallyKeys, tellSharedKeys } from '../../src/data/shared-keys';
import { SCHEMA_VERSION, type Schema } from '../../src/data/schema';
import { makeColumnSchema } from '../column-schema';

const rules = { missingTokens: ['NA'], decimalMark: '.', thousandsMark: '' } as const;

function tally(name: string, cells: readonly string[]) {
  const levels = [...new Set(cells)];
  const codes = Uint8Array.from(cells, (cell) => levels.indexOf(cell));
  return tallyKeys({ name, codes, levels }, rules);
}

describe('keys that train and holdout share', () => {
  it('are counted by rows of the holdout; a missing key is nobody, and 17.0 is 17', () => {
    const train = tally('patient_id', ['17', '17', '20', 'NA']);
    const holdout = tally('patient_id', ['17.0', '31', 'NA', '17.0', '']);
    expect(tellSharedKeys(train, holdout)).toMatch(/^2 of the 5 rows of the holdout \(40\.0 %\)/);
    expect(tellSharedKeys(train, tally('patient_id', ['31', 'NA']))).toBeNull();
  });

  it('are no patients where each file numbers its rows, nor where a value stands for many rows', () => {
    const numbered = (n: number) =>
      tally(
        'patient_id',
        Array.from({ length: n }, (_, row) => String(row + 1)),
      );
    expect(tellSharedKeys(numbered(12), numbered(5))).toBeNull();
    const drawn = tally('patient_id', ['1', '2', '4', '5']);
    expect(tellSharedKeys(drawn, numbered(5))).toContain('4 of the 5 rows');
    const ward = (name: string) =>
      tally(
        name,
        Array.from({ length: 60 }, (_, row) => `w${row % 5}`),
      );
    expect(tellSharedKeys(ward('provider_id'), ward('provider_id'))).toBeNull();
    expect(tellSharedKeys(ward('patient_id'), ward('patient_id'))).toContain('60 of the 60 rows');
  });

  it('are those of persons before those of stays, in every file', () => {
    const identifiers = ['stay_id', 'patient_nbr', 'postcode'].map((name) =>
      makeColumnSchema(name, 'identifier', {}),
    );
    const schema: Schema = { version: SCHEMA_VERSION, columns: identifiers };
    const names = identifiers.map(({ name }) => name);
    expect(listKeys(schema, [names, names])).toEqual(['patient_nbr']);
    expect(listKeys(schema, [names, ['stay_id', 'postcode']])).toEqual(['stay_id']);
  });
});
