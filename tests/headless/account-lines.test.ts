import { describe, expect, it } from 'vitest';
import { listMeasures, tellAccount } from '../../src/headless/account-lines.mjs';

const entry = (column: string, action: string) => ({
  column,
  action,
  nRows: 9,
  nItems: 1,
  note: `${action}.`,
});
const account = (log: object[], advice: object | null = null) =>
  JSON.stringify({
    source: { nRows: 100, nColumns: 5, encoding: 'utf-8' },
    split: { nTrain: 80, nHoldout: 20 },
    handling: { log },
    model: { id: 'trees', advice },
  });

describe('tellAccount', () => {
  it('names what was left out or regenerated, and counts the rest', () => {
    const lines = tellAccount(
      account([entry('note', 'dropped'), entry('id', 'regenerated'), entry('race', 'pooled')]),
    );
    expect(lines).toEqual([
      'Read 100 rows and 5 columns (utf-8); 80 rows of train, 20 of holdout.',
      'note: dropped.',
      'id: regenerated.',
      '1 further treatments (rare levels, extremes, constants) are listed in run.json.',
    ]);
  });

  it('says no more than there is', () => {
    expect(tellAccount(account([]))).toHaveLength(1);
  });

  it('tells which model was chosen, why, and what to mind', () => {
    const advice = { reasons: ['Enough rows.', 'Quick.'], cautions: ['No guarantee.'] };
    expect(tellAccount(account([], advice)).slice(1)).toEqual([
      'Model chosen: trees. Enough rows. Quick.',
      'Please note: No guarantee.',
    ]);
  });

  it('ends with what the records may be used for', () => {
    const use = 'No purpose was named: for internal testing only.';
    const json = JSON.stringify({ ...(JSON.parse(account([])) as object), use });
    expect(tellAccount(json).at(-1)).toBe(use);
  });

  it('names direct identifiers that were left as they are, and those that the edits say are none', () => {
    const found = [
      { column: 'phone', kind: 'telephone', fate: 'as-it-is' },
      { column: 'badge', kind: 'other-code', fate: 'as-it-is' },
      { column: 'id', kind: 'medical-record-number', fate: 'surrogates' },
    ];
    const saidToBeNone = [{ column: 'badge', kind: 'other-code' }];
    const tell = (identifiers: object | null) =>
      tellAccount(JSON.stringify({ ...(JSON.parse(account([])) as object), identifiers })).slice(1);
    expect(tell({ found, saidToBeNone })).toEqual([
      expect.stringMatching(/^Left as they are.* direct identifiers: phone \(telephone\)\..*--edits/),
      'Left as they are, as the edits say that they hold no identifier: badge (other code).',
    ]);
    expect(tell({ found: found.slice(2), saidToBeNone: [] })).toEqual([]);
    expect(tell(null)).toEqual([]);
  });

  it('tells what criteria come to, and what stands in the way', () => {
    const findings = [
      { measure: 'exact-copies', outcome: 'pass', sentence: 'Met.' },
      { measure: 'linkability', outcome: 'inconclusive', sentence: 'Undecided: 0.1.' },
    ];
    const release = { policy: 'Ours', findings, obstacles: ['1 of 2 criteria are not met.'] };
    const json = JSON.stringify({ ...(JSON.parse(account([])) as object), release });
    expect(listMeasures(json)).toEqual(['exact-copies', 'linkability']);
    expect(tellAccount(json, (id) => `Title of ${id}`).slice(1)).toEqual([
      'Criteria for “Ours”: 1 of 2 met.',
      'Title of linkability: Undecided: 0.1.',
      '1 of 2 criteria are not met.',
    ]);
  });

  it('tells what became of wishes', () => {
    const wishes = {
      nKept: 8,
      nDrawn: 10,
      rates: [
        { nTried: 16, nMet: 10 },
        { nTried: 0, nMet: 0 },
      ],
      sentences: ['a', 'b'],
    };
    const json = JSON.stringify({ ...(JSON.parse(account([])) as object), output: { wishes } });
    expect(tellAccount(json).slice(1)).toEqual([
      'Wishes: kept 8 of 10 drawn records (80.0 %).',
      'a: met by 10 of 16 draws (62.5 %)',
      'b: met by 0 of 0 draws (never tried)',
    ]);
  });
});
