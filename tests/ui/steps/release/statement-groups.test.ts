import { describe, expect, it } from 'vitest';
import { STATEMENT_IDS } from '../../../../src/release/statements';
import {
  findFirstUnsaid,
  listUnsaid,
  STATEMENT_GROUPS,
  tellUnsaid,
} from '../../../../src/ui/steps/release/statement-groups';

describe('the questions to a person', () => {
  it('are each asked once, under the headings of the dossier', () => {
    expect(STATEMENT_GROUPS.flatMap(({ fields }) => fields.map(({ id }) => id))).toEqual(STATEMENT_IDS);
    expect(STATEMENT_GROUPS.map(({ title }) => title)).toEqual([
      'Purpose, recipient and legal basis',
      'Source',
      'Columns and what became of them',
      'Small cells and outliers',
      'Known limits and forbidden uses',
      'Residual risk',
      'Licence and terms',
      'The trained model',
      'Provenance',
    ]);
  });

  it('are listed while they are unanswered, blank answers with them', () => {
    expect(listUnsaid({})).toHaveLength(STATEMENT_IDS.length);
    const said = Object.fromEntries(STATEMENT_IDS.map((id) => [id, 'Said.']));
    expect(listUnsaid(said)).toEqual([]);
    expect(listUnsaid({ ...said, contact: ' ' })).toEqual(['Contact']);
  });

  it('are told of before a package is built without, where its purpose needs none', () => {
    expect(tellUnsaid({}, 'testing')).toMatch(
      /^No statement was made, .* looks for “Purpose in words”, “Recipient”, .* and “Contact”\. To have them/,
    );
    expect(tellUnsaid({ purpose: 'Testing.', recipient: 'QA.' }, 'testing')).toMatch(
      /^20 of 22 statements were not made, .* looks for “Legal basis”, “Residual risk” and “Contact”\./,
    );
    expect(findFirstUnsaid({ purpose: 'Testing.' })).toBe('recipient');
    const said = { purpose: 'a', recipient: 'b', legalBasis: 'c', riskDecision: 'd', contact: 'e' };
    expect([tellUnsaid(said, 'testing'), findFirstUnsaid(said)]).toEqual([null, null]);
    expect(tellUnsaid({}, 'sharing')).toBeNull();
  });
});
