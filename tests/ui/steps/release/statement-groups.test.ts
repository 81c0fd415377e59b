import { describe, expect, it } from 'vitest';
import { STATEMENT_IDS } from '../../../../src/release/statements';
import { listUnsaid, STATEMENT_GROUPS } from '../../../../src/ui/steps/release/statement-groups';

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
});
