import { describe, expect, it } from 'vitest';
import { applyHandling } from '../../../../src/data/apply-handling';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../../../src/data/handling';
import type { RunBasis } from '../../../../src/platform/projects/types';
import type { Finding } from '../../../../src/release/findings';
import { Rng } from '../../../../src/math/rng';
import { tellAttacks, tellCriteria, tellPooled } from '../../../../src/ui/steps/export/before-download';
import { levels, schemaOf, table } from '../../../measure/tables';
import { makeAttack, makeMeasure } from '../evidence/made-measure';

describe('what is said of attacks before records are downloaded', () => {
  const tell = (...measures: readonly ReturnType<typeof makeAttack>[]) =>
    tellAttacks({ measures, isComplete: true });

  it('is that nothing is known where none was tried', () => {
    expect(tellAttacks(null)).toContain('were not evaluated: no attack was tried');
    expect(tell(makeMeasure('sdmetrics-overall'))).toBe('No attack was carried out on these records.');
  });

  it('is how many were tried, and that none found more than chance explains', () => {
    const none = [makeAttack('linkability', 0), makeAttack('singling-out-univariate', 0.01)];
    expect(tell(...none)).toBe(
      '2 attacks were tried; none did better on people of train than on held-out people by more than chance explains.',
    );
    expect(tellAttacks({ measures: none, isComplete: false })).toMatch(
      /^2 attacks were tried before the evaluation was ended; none /,
    );
  });

  it('is which of them found more, the furthest first, and how many guessing beats', () => {
    const told = tell(
      makeAttack('linkability', 0.1),
      makeAttack('singling-out-univariate', 0.4),
      makeAttack('attribute-inference', 0.3, 0.6),
    );
    expect(told).toBe(
      '3 attacks were tried; 2 did better on people of train than on held-out people by more than chance explains: singling out by one value and linking two lists. 1 did no better than guessing, which shows nothing either way.',
    );
  });
});

it('names the criteria that are open', () => {
  const finding = (measure: string, outcome: Finding['outcome']) =>
    ({ measure, outcome, threshold: 1 }) as Finding;
  const met = finding('exact-copies', 'pass');
  expect(tellCriteria('Ours', [met, met])).toBe('For “Ours”: 2 of 2 criteria met.');
  expect(tellCriteria('Ours', [met, finding('linkability', 'fail')])).toMatch(
    /^For “Ours”: 1 of 2 criteria met\. .* These are open: linking two lists \(not met\)\.$/,
  );
});

describe('the label of pooled values', () => {
  const handle = (...columns: ReturnType<typeof levels>[]) => {
    const source = table(...columns);
    const { columns: kept } = schemaOf(source);
    const done = applyHandling(source, [...kept], DEFAULT_HANDLING, Rng.fromSeed(1));
    const basis = { handling: DEFAULT_HANDLING, split: DEFAULT_SPLIT, schema: schemaOf(source) };
    return tellPooled({ handlingLog: done.log, nTrain: 100, basis: basis as unknown as RunBasis });
  };
  const cells = (nRare: number) =>
    Array.from({ length: 100 }, (_, row) => (row < nRare ? `rare ${row >> 1}` : 'common'));

  it('is told with its columns and their share of cells, the largest first', () => {
    expect(handle(levels('ward', cells(10)), levels('code', cells(40)), levels('sex', cells(0)))).toBe(
      '“Other” stands for values that fewer than 5 rows of train have, pooled into one, in code (40 % of its cells in train) and ward (10 % of its cells in train).',
    );
  });

  it('is not told of where rare values were replaced by frequent ones, or none was rare', () => {
    expect(handle(levels('ward', cells(2)))).toBeNull();
    expect(handle(levels('ward', cells(0)))).toBeNull();
  });

  it('names six columns at most', () => {
    const many = Array.from({ length: 8 }, (_, i) => levels(`c${i}`, cells(10 + i)));
    expect(handle(...many)).toMatch(/in c7 \(.*c2 \([^)]*\) and 2 more columns, listed in run\.json\.$/);
  });
});
