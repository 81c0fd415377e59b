import { describe, expect, it } from 'vitest';
import { describeKind, describeProposal } from '../../../src/data/identifiers/proposal-words';

describe('words for findings', () => {
  it('names a kind with its item of Safe Harbor', () => {
    const finding = {
      column: 'a',
      kind: 'street-address',
      letter: 'B',
      reason: '',
      confidence: 1,
      isDirect: true,
      proposal: { action: 'drop' },
    } as const;
    expect(describeKind(finding)).toBe('Street addresses (B)');
  });

  it('says what each proposal does', () => {
    const said = [
      describeProposal({ action: 'drop' }),
      describeProposal({ action: 'regenerate' }),
      describeProposal({ action: 'quasi-identifier' }),
      describeProposal({ action: 'generalise', by: { column: 'a', rule: 'zip3' } }),
      describeProposal({ action: 'generalise', by: { column: 'a', rule: 'age-90' } }),
    ];
    expect(new Set(said).size).toBe(5);
    expect(said[3]).toBe('Keep three digits, 000 for small areas');
  });
});
