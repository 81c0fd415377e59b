import { expect, it } from 'vitest';
import { accountColumns } from '../../../src/release/account-columns';
import { describeTreatments } from '../../../src/ui/state/release-treatments';
import { makeColumnSchema } from '../../column-schema';

it('columns that became others are told in the words of the handling log, and only they', () => {
  const entry = { nRows: 5, nItems: 1 };
  const treatments = describeTreatments([
    { ...entry, column: 'born', action: 'generalised', note: 'Dates became years.' },
    { ...entry, column: 'born', action: 'dropped', note: 'Then it was left out.' },
    { ...entry, column: 'age', action: 'capped', note: 'Both ends were capped.' },
    { ...entry, column: '__proto__', action: 'regenerated', note: 'Made anew.' },
  ]);
  const columns = ['born', 'age', '__proto__'].map((name) => makeColumnSchema(name, 'integer', {}));
  expect(accountColumns({ version: 1, columns }, treatments).map(({ treatment }) => treatment)).toEqual([
    'Dates became years. Then it was left out.',
    'learnt from',
    'Made anew.',
  ]);
});
