import { describe, expect, it } from 'vitest';
import { isAnswers } from '../../../src/data/identifiers/answers';
import {
  isDirectList,
  listDirect,
  makeIdentifierAccount,
  sortAsTheyAre,
} from '../../../src/data/identifiers/direct-identifiers';
import type { IdentifierFinding } from '../../../src/data/identifiers/finding';
import { makeColumnSchema } from '../../column-schema';

const find = (column: string, isDirect = true): IdentifierFinding => ({
  column,
  kind: 'telephone',
  letter: 'D',
  reason: 'Its name speaks of it.',
  confidence: 0.9,
  isDirect,
  proposal: { action: 'drop' },
});

const columns = [
  makeColumnSchema('learnt', 'categorical', {}),
  makeColumnSchema('number', 'identifier', {}),
  makeColumnSchema('byRole', 'categorical', { role: 'identifier' }),
  makeColumnSchema('out', 'categorical', { included: false }),
  makeColumnSchema('words', 'text', {}),
  makeColumnSchema('same', 'constant', {}),
  makeColumnSchema('pooled', 'categorical', {}),
  makeColumnSchema('age', 'integer', {}),
];
const schema = { version: 1, columns } as const;
const learnt = {
  version: 1,
  columns: columns.filter(({ name }) => ['learnt', 'age'].includes(name)),
} as const;
const found = listDirect(
  [...columns.map(({ name }) => find(name, name !== 'age')), find('gone')],
  schema,
  learnt,
);

describe('direct identifiers of a run', () => {
  it('are told with what their columns became; others, and columns that are gone, are not among them', () => {
    expect(found.map(({ column, fate }) => [column, fate])).toEqual([
      ['learnt', 'as-it-is'],
      ['number', 'surrogates'],
      ['byRole', 'surrogates'],
      ['out', 'left-out'],
      ['words', 'left-out'],
      ['same', 'as-it-is'],
      ['pooled', 'left-out'],
    ]);
    expect(isDirectList(found)).toBe(true);
    expect(isDirectList([{ ...found[0], fate: 'gone' }])).toBe(false);
  });

  it('are answered only by what was said of the same column and the same kind', () => {
    const answers = [
      { column: 'same', kind: 'telephone' },
      { column: 'learnt', kind: 'email' },
      { column: 'elsewhere', kind: 'telephone' },
    ] as const;
    const account = makeIdentifierAccount(found, answers);
    expect(account.saidToBeNone).toEqual([{ column: 'same', kind: 'telephone' }]);
    const { open, kept } = sortAsTheyAre(account);
    expect([open.map(({ column }) => column), kept.map(({ column }) => column)]).toEqual([
      ['learnt'],
      ['same'],
    ]);
    expect([isAnswers(answers), isAnswers([{ column: 'a', kind: 'toString' }]), isAnswers({})]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
