import { describe, expect, it } from 'vitest';
import { curveRows, listCharts, listPairs, markAttack } from '../../../../src/ui/steps/evidence/chart-data';
import { describePlan, describeSampling } from '../../../../src/ui/steps/evidence/describe-plan';
import { FAMILIES } from '../../../../src/ui/state/evaluation.svelte';
import {
  formatFigure,
  formatInterval,
  joinNames,
  keepUnits,
} from '../../../../src/ui/steps/evidence/figure-text';
import { groupSkipped } from '../../../../src/ui/steps/evidence/group-skipped';
import { listAttacks } from '../../../../src/ui/steps/evidence/summarise-privacy';
import { makeAttack, makeMeasure } from './made-measure';

describe('data of the pictures', () => {
  it('takes pairs that have a figure on both sides', () => {
    const sides = { train: 0.2, other: 0.3 };
    const parts = [
      { columns: ['a', 'b'], value: 0.1, note: 'Cramér’s V', sides },
      { columns: ['a', 'c'], value: null, note: 'does not vary' },
      { columns: ['a'], value: 0.1, note: null, sides },
    ];
    expect(listPairs(parts)).toEqual([{ columns: ['a', 'b'], ...sides, kind: 'Cramér’s V' }]);
  });

  it('draws each chart of a measure with its diagonal, which the table leaves out', () => {
    const curve = { chart: 'roc' as const, series: 'taught on synthetic', x: [0, 1], y: [0.25, 1] };
    const charts = listCharts([
      makeMeasure('train-synthetic-linear', { curves: [curve, { ...curve, series: 'taught on train' }] }),
      makeMeasure('density'),
    ]);
    expect(charts.map(({ series }) => series.map(({ label, tone }) => [label, tone]))).toEqual([
      [
        ['taught on synthetic', 'synthetic'],
        ['taught on train', 'train'],
        ['guessing', 'faint'],
      ],
    ]);
    expect(charts[0] && curveRows(charts[0]).slice(0, 2)).toEqual([
      ['taught on synthetic', '0.000', '0.250'],
      ['taught on synthetic', '1.000', '1.000'],
    ]);
  });

  it('marks success and control of an attack, and guessing where there is a baseline', () => {
    const kinds = listAttacks([
      makeAttack('linkability', 0.1),
      makeAttack('membership-distance', 0, null),
      makeMeasure('density'),
    ]).map((attack) => markAttack(attack).map(({ kind }) => kind));
    expect(kinds).toEqual([
      ['value', 'ceiling', 'floor'],
      ['value', 'ceiling'],
    ]);
  });
});

describe('figures in words', () => {
  it('keep a number and what belongs to it on one line', () => {
    expect(keepUnits('(95 % CI 0 to 1) at 0.1 % of %')).toBe('(95\u00a0%\u00a0CI 0 to 1) at 0.1\u00a0% of %');
  });

  it('have three decimals, more where they would read as nothing', () => {
    expect([0.5, -0.0127, 0, 0.00042, 12.3456].map(formatFigure)).toEqual([
      '0.500',
      '−0.013',
      '0.000',
      '0.00042',
      '12.346',
    ]);
    expect(formatInterval({ low: -0.1, high: 0.25 })).toBe('−0.100 to 0.250');
  });

  it('are joined as a person would', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(joinNames)).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });
});

describe('describePlan', () => {
  it('says what is compared, that no holdout costs the ceilings, and what is sampled', () => {
    expect(describePlan({ nTrain: 800, nHoldout: 200 }, 12, FAMILIES)).toBe(
      '800 synthetic records will be drawn again and held against 800 train records and 200 holdout records, over 12 columns.',
    );
    expect(describePlan({ nTrain: 800, nHoldout: 0 }, 12, FAMILIES)).toContain('There is no holdout');
    const plain = (text: string) => text.replaceAll('\u202f', ' ');
    expect(plain(describePlan({ nTrain: 80_000, nHoldout: 20_000 }, 50, FAMILIES))).toContain(
      'over 50 columns. A random sample stands in where a table has more records: fidelity tells tables apart ' +
        'on 30 000 and looks at neighbourhoods of 5000; utility teaches models on 50 000; privacy looks for the ' +
        'nearest neighbours of 3000 and tries attacks on 2000. What a figure rests on is said beside it.',
    );
    expect(plain(describePlan({ nTrain: 4000, nHoldout: 1000 }, 30, ['fidelity', 'utility']))).not.toContain(
      'sample',
    );
    expect(plain(describeSampling(Infinity, 1, ['fidelity']))).toContain('fidelity compares 200 000, tells');
    expect(plain(describeSampling(Infinity, 1, ['privacy']))).toContain(
      'nearest neighbours of 30 000 (fewer of long, wide tables) and tries attacks on 2000.',
    );
  });

  it('names no sample of a table that is just as large as one', () => {
    expect(describeSampling(50_000, 50, ['utility'])).toBe('');
    expect(describeSampling(50_001, 50, ['utility'])).toContain('utility teaches models on');
  });
});

describe('groupSkipped', () => {
  it('says each reason once', () => {
    const skipped = [
      { id: 'a', reason: 'no holdout' },
      { id: 'b', reason: 'one class.' },
      { id: 'c', reason: 'no holdout' },
    ];
    expect(groupSkipped(skipped)).toEqual([
      { reason: 'no holdout', ids: ['a', 'c'] },
      { reason: 'one class', ids: ['b'] },
    ]);
  });
});
