import { expect, it } from 'vitest';
import { accountFindings } from '../../../src/data/identifiers/account-findings';
import type { IdentifierFinding } from '../../../src/data/identifiers/finding';
import { makeColumnSchema } from '../../column-schema';

const find = (column: string): IdentifierFinding => ({
  column,
  kind: 'zip-code',
  letter: 'B',
  reason: 'Its name speaks of it.',
  confidence: 0.9,
  isDirect: false,
  proposal: { action: 'drop' },
});

it('tells findings that are learnt, left but not learnt, taken out and coarsened apart', () => {
  const columns = [
    makeColumnSchema('learnt', 'categorical', {}),
    makeColumnSchema('words', 'text', {}),
    makeColumnSchema('out', 'categorical', { included: false }),
    makeColumnSchema('coarse', 'categorical', {}),
  ];
  const findings = ['learnt', 'words', 'out', 'coarse', 'gone'].map(find);
  const told = accountFindings(findings, { version: 1, columns }, [{ column: 'coarse', rule: 'zip3' }]);
  expect(told.map(({ column, isHandled, isLearnt }) => [column, isHandled, isLearnt])).toEqual([
    ['learnt', false, true],
    ['words', false, false],
    ['out', true, false],
    ['coarse', true, false],
  ]);
});
