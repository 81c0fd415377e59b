import { describe, expect, it } from 'vitest';
import { findEditProblems } from '../../../src/data/edits/check-edits';
import { foldDialect } from '../../../src/data/edits/fold';
import { isProposalInForce, makeProposalEdit } from '../../../src/data/identifiers/accept-proposal';
import type { IdentifierFinding, ProposedHandling } from '../../../src/data/identifiers/finding';
import { isGeneralisations } from '../../../src/data/identifiers/generalise/check-generalisations';
import type { Generalisation } from '../../../src/data/identifiers/generalise/generalisation';

const finding = (proposal: ProposedHandling): IdentifierFinding => ({
  column: 'a',
  kind: 'zip-code',
  letter: 'B',
  reason: 'A reason.',
  confidence: 0.9,
  isDirect: false,
  proposal,
});
const column = { name: 'a', type: 'categorical', role: 'none', included: true } as const;
const zip3: Generalisation = { column: 'a', rule: 'zip3' };
const year: Generalisation = { column: 'b', rule: 'year', format: 'yyyy-MM-dd' };

describe('taking up a proposal', () => {
  it.each([
    [{ action: 'drop' }, { ...column, included: false }],
    [{ action: 'regenerate' }, { ...column, type: 'identifier', role: 'identifier' }],
    [{ action: 'quasi-identifier' }, { ...column, role: 'quasi-identifier' }],
  ] as const)('makes %j one edit that can be replayed, and knows when it holds', (proposal, after) => {
    const edit = makeProposalEdit(finding(proposal), { column, generalise: [] });
    expect(findEditProblems([edit], 'edits')).toEqual([]);
    expect(isProposalInForce(finding(proposal), { column, generalise: [] })).toBe(false);
    expect(isProposalInForce(finding(proposal), { column: after, generalise: [] })).toBe(true);
  });

  it('adds a coarsening to those in force, in place of one of the same column', () => {
    const proposal = finding({ action: 'generalise', by: zip3 });
    const edit = makeProposalEdit(proposal, { column, generalise: [year, { column: 'a', rule: 'age-90' }] });
    expect(edit).toEqual({ of: 'generalise', value: [year, zip3] });
    expect(isProposalInForce(proposal, { column, generalise: [year] })).toBe(false);
    expect(isProposalInForce(proposal, { column, generalise: [year, zip3] })).toBe(true);
  });

  it('counts a column left out as handled whatever was proposed', () => {
    const left = { ...column, included: false };
    expect(
      isProposalInForce(finding({ action: 'generalise', by: zip3 }), { column: left, generalise: [] }),
    ).toBe(true);
  });
});

describe('coarsenings among edits', () => {
  it('outlast guesses made afresh and end with an empty list', () => {
    const chosen = { of: 'generalise', value: [zip3] } as const;
    const comma = { of: 'dialect', value: { decimalMark: ',' } } as const;
    const afresh = { of: 'dialect', value: null } as const;
    expect(foldDialect([chosen, comma])).toEqual({ decimalMark: ',', generalise: [zip3] });
    expect(foldDialect([comma, chosen, afresh])).toEqual({ generalise: [zip3] });
    expect(foldDialect([chosen, comma, { of: 'generalise', value: [] }])).toEqual({ decimalMark: ',' });
  });

  it('are refused from outside unless each names its column, a rule and what the rule needs', () => {
    expect(isGeneralisations([zip3, year, { ...year, earliest: 1930 }])).toBe(true);
    const wrong = [
      null,
      [null],
      [{ column: 'a' }],
      [{ column: 'a', rule: 'zip4' }],
      [{ column: 1, rule: 'zip3' }],
      [{ column: 'a', rule: 'year' }],
      [{ column: 'a', rule: 'days-since-first', format: 'yyyy' }],
      [{ ...zip3, more: 1 }],
      [{ ...zip3, earliest: 1930 }],
      [{ ...year, earliest: '1930' }],
    ];
    expect(wrong.filter(isGeneralisations)).toEqual([]);
    expect(findEditProblems([{ of: 'generalise', value: [{ column: 'a' }] }], 'edits')).toEqual([
      'edits[0].value is not a list of coarsenings',
    ]);
    expect(findEditProblems([{ of: 'dialect', value: { generalise: [zip3] } }], 'edits')).toEqual([
      'edits[0].value sets something that is not known',
    ]);
  });
});
