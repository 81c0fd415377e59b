import { describe, expect, it } from 'vitest';
import type { Evidence, Measure } from '../../../src/measure/measure';
import {
  columnScores,
  describeFinding,
  orderWorstFirst,
  worstParts,
} from '../../../src/ui/steps/synthetic/findings';

function measure(id: string, value: number, patch: Partial<Measure> = {}): Measure {
  const base = { id, value, n: 3, ceiling: 0.98, floor: 0.7, sentence: '', parts: [] };
  return { ...base, direction: 'higher-is-better', ...patch };
}

const shapes = measure('sdmetrics-column-shapes', 0.9, {
  parts: [
    { columns: ['age'], value: 0.8, note: null },
    { columns: ['sex'], value: 1, note: null },
    { columns: ['void'], value: null, note: 'empty' },
  ],
});

function finding(...measures: Measure[]): string {
  return describeFinding({ measures, skipped: [] });
}

describe('describeFinding', () => {
  it('sets the value between holdout and shuffled columns and names the worst', () => {
    expect(finding(measure('sdmetrics-overall', 0.9), shapes)).toBe(
      'The synthetic records agree with train to 0.900, against 0.980 for the holdout and 0.700 for train with its columns shuffled apart: nearer to the holdout. Furthest off: age (0.800).',
    );
  });

  it('names the pair that the table of pairs names first', () => {
    const pairs = [
      measure('sdmetrics-pair-trends', 0.9, { parts: [{ columns: ['age', 'sex'], value: 0.4, note: null }] }),
      measure('pair-trends-train-edges', 0.9, {
        parts: [{ columns: ['age', 'bmi'], value: 0.5, note: null }],
      }),
    ];
    expect(finding(measure('sdmetrics-overall', 0.9), shapes, ...pairs)).toContain(
      'Furthest off: age (0.800) and age with bmi (0.500, numbers cut at train’s edges).',
    );
  });

  it.each([
    [0.75, 'nearer to the shuffled columns'],
    [0.99, 'closer to train than the holdout is, as with a small holdout or with copying'],
  ])('says of %d: %s', (value, words) => {
    expect(finding(measure('sdmetrics-overall', value))).toContain(`: ${words}.`);
  });

  it.each([0.7, 0.65])('says of %d first that it does not exceed the floor', (value) => {
    expect(finding(measure('sdmetrics-overall', value), shapes)).toBe(
      `The synthetic records agree with train no better than columns drawn on their own: ${value.toFixed(3)}, against 0.700 for train with its columns shuffled apart and 0.980 for the holdout. Furthest off: age (0.800).`,
    );
  });

  it('says when the holdout lies below the floor, and does not compare with it', () => {
    const yardsticks = { ceiling: 0.667, floor: 0.844 };
    expect(finding(measure('sdmetrics-overall', 0.83, yardsticks), shapes)).toBe(
      'The synthetic records agree with train to 0.830. Floor and ceiling cannot tell good from bad here: train with its columns shuffled apart (0.844) agrees better than the holdout does (0.667), as with columns of many levels or a small holdout. Furthest off: age (0.800).',
    );
    expect(finding(measure('sdmetrics-overall', 0.9, yardsticks))).toBe(
      'The synthetic records agree with train to 0.900. Floor and ceiling cannot tell good from bad here: train with its columns shuffled apart (0.844) agrees better than the holdout does (0.667), as with columns of many levels or a small holdout.',
    );
  });

  it('says without a holdout, too, when the floor is not exceeded', () => {
    expect(finding(measure('sdmetrics-overall', 0.6, { ceiling: null }))).toBe(
      'The synthetic records agree with train no better than columns drawn on their own: 0.600, against 0.700 for train with its columns shuffled apart. There is no holdout to compare with.',
    );
  });

  it('takes no floor that shuffling costs nothing for', () => {
    expect(finding(measure('sdmetrics-overall', 0.9, { floor: 1 }))).toBe(
      'The synthetic records agree with train to 0.900, against 0.980 for the holdout: 0.080 below fresh records of the same source.',
    );
  });

  it('says when there is no holdout', () => {
    expect(finding(measure('sdmetrics-overall', 0.9, { ceiling: null }))).toContain('There is no holdout');
    expect(describeFinding({ measures: [measure('sdmetrics-overall', 0.9)], skipped: [] }, true)).toBe(
      'The synthetic records agree with train to 0.900, against 0.700 for train with its columns shuffled apart. The holdout is set beside it once the criteria are locked.',
    );
    expect(describeFinding({ measures: [], skipped: [] }, true)).toContain('shown once they are locked');
    expect(finding(measure('sdmetrics-overall', 0.9, { ceiling: null, floor: null }))).toBe(
      'The synthetic records agree with train to 0.900. There is no holdout to compare with.',
    );
  });

  it('does not invent a figure where there is none', () => {
    expect(finding()).not.toMatch(/\d/);
  });
});

describe('parts', () => {
  const evidence: Evidence = { measures: [shapes], skipped: [] };

  it('leaves out what does not count', () => {
    expect(worstParts(shapes, 9).map((bar) => bar.label)).toEqual(['age', 'sex']);
    expect(worstParts(null, 9)).toEqual([]);
  });

  it('puts the least agreeing column first and unknown ones last', () => {
    const overlay = (column: string) => ({
      column,
      labels: [],
      train: [],
      synthetic: [],
      trainMissing: 0,
      syntheticMissing: 0,
    });
    const ordered = orderWorstFirst(['void', 'sex', 'age'].map(overlay), columnScores(evidence));
    expect(ordered.map((one) => one.column)).toEqual(['age', 'sex', 'void']);
  });
});
