import { describe, expect, it } from 'vitest';
import {
  bestScore,
  describeLosses,
  describeScores,
  lossSeries,
  scoreSeries,
} from '../../../src/ui/charts/curves';
import { drawLines, tracePath } from '../../../src/ui/charts/lines';
import {
  captionBins,
  captionLevels,
  captionPicture,
  describeOverlay,
  drawOverlay,
  overlayRows,
  widestGap,
} from '../../../src/ui/charts/overlay';
import { drawStrip } from '../../../src/ui/charts/strip';
import type { ColumnOverlay, StopScore } from '../../../src/models/synthesizer';

const unit = { domain: [0, 1], range: [0, 100] } as const;

describe('tracePath', () => {
  it('breaks at a point that is not finite', () => {
    const points = [0, 0.1, NaN, 0.3, 0.4].map((x) => ({ x, y: x }));
    expect(tracePath(points, unit, unit)).toBe('M0 0L10 10M30 30L40 40');
  });

  it('shows a single point', () => {
    expect(tracePath([{ x: 0.5, y: 0.5 }], unit, unit)).toBe('M50 50h0.01');
    expect(tracePath([], unit, unit)).toBe('');
  });
});

describe('captionBins', () => {
  const days = ['2024-01-01 to 2024-01-08', '2024-01-08 to 2024-01-15', '2024-12-24 to 2024-12-31'];

  it('names the outer bins, their outer ends, or the first end only, as there is room', () => {
    expect(captionBins(days, 60, false)).toEqual({ left: days[0], right: days[2] });
    expect(captionBins(days, 26, false)).toEqual({ left: '2024-01-01', right: '2024-12-31' });
    expect(captionBins(days, 20, false)).toEqual({ left: '2024-01-01', right: '' });
  });

  it('leaves the right side to missing values, and names a single bin once', () => {
    expect(captionBins(days, 60, true).right).toBe('');
    expect(captionBins(['3'], 60, false)).toEqual({ left: '3', right: '' });
  });
});

describe('drawLines', () => {
  const frame = { width: 300, height: 120, top: 10, right: 10, bottom: 10, left: 50 };

  it('runs from the left end to the right end, large values on top', () => {
    const points = [
      { x: 10, y: 0 },
      { x: 20, y: 1 },
    ];
    expect(drawLines([{ id: 'a', label: 'a', points }], frame).paths[0]?.d).toBe('M50 110L290 10');
  });

  it('survives having nothing to draw', () => {
    expect(drawLines([], frame).paths).toEqual([]);
    expect(drawLines([{ id: 'a', label: 'a', points: [] }], frame).paths[0]?.d).toBe('');
  });
});

describe('loss and score series', () => {
  const score = (step: number, value: number, best: boolean): StopScore => ({
    step,
    oneWay: value + 0.1,
    twoWay: value - 0.1,
    score: value,
    best,
  });
  const scores = [score(10, 0.5, true), score(20, 0.7, true), score(30, 0.6, false)];

  it('leaves a gap where a loss is not there', () => {
    const series = lossSeries([
      { step: 1, losses: { a: 1 } },
      { step: 2, losses: { a: 2, b: 3 } },
    ]);
    expect(series.map((one) => one.id)).toEqual(['a', 'b']);
    expect(series[1]?.points[0]?.y).toBeNaN();
  });

  it('marks the last best, not the last', () => {
    expect(bestScore(scores)?.step).toBe(20);
    expect(bestScore([])).toBeNull();
    expect(scoreSeries(scores)[1]?.points[1]).toEqual({ x: 20, y: 0.6 });
    expect(describeScores(scores)).toBe('Best 0.700 at step 20; now 0.600 at step 30.');
  });

  it('says where the losses came from and where they are', () => {
    const losses = [
      { step: 1, losses: { critic: 2 } },
      { step: 500, losses: { critic: -0.25 } },
    ];
    expect(describeLosses(losses)).toBe('Steps 1 to 500: critic from 2 to −0.25.');
    expect(describeLosses([])).toBe('No losses yet.');
  });
});

describe('drawOverlay', () => {
  const overlay: ColumnOverlay = {
    column: 'sex',
    labels: ['female', 'male'],
    train: [0.5, 0.25],
    synthetic: [0.25, 0.5],
    trainMissing: 0.25,
    syntheticMissing: 0.25,
  };
  const complete = {
    ...overlay,
    train: [0.5, 0.5],
    synthetic: [0.4, 0.6],
    trainMissing: 0,
    syntheticMissing: 0,
  };

  it('gives touching bins the whole width and the tallest one the whole height', () => {
    const picture = drawOverlay(complete, 'bins', 100, 60);
    expect(picture.slots).toEqual([
      [0, 50],
      [50, 100],
    ]);
    expect(picture.synthetic).toBe('M0 60V20H50V0H100V60');
    expect(picture.missing).toBeNull();
    expect(picture.top).toBe(0.6);
  });

  it('keeps a slot for missing values, on the same scale, when either side has some', () => {
    const picture = drawOverlay({ ...complete, syntheticMissing: 0.3 }, 'levels', 132, 60);
    expect(picture.slots.at(-1)?.[1]).toBeLessThan(100);
    expect(picture.missing?.train).toBe('M114 60V60H132V60Z');
    expect(picture.missing?.synthetic).toBe('M115 60V30H131V60Z');
  });

  it('draws a column in which everything is missing on both sides', () => {
    const picture = drawOverlay(
      { ...overlay, train: [], synthetic: [], labels: [], trainMissing: 1 },
      'bins',
      90,
      50,
    );
    expect(picture.train).toBe('');
    expect(picture.synthetic).toBe('');
    expect(picture.missing?.train).toContain('V0H');
  });

  it('has no NaN in an overlay of zeros', () => {
    const zeros = { ...complete, train: [0, 0], synthetic: [0, 0] };
    expect(drawOverlay(zeros, 'bins', 90, 50).train).not.toContain('NaN');
  });

  it('names the slot in which the two sides differ most', () => {
    expect(widestGap(overlay)?.label).toBe('female');
    expect(describeOverlay({ ...overlay, syntheticMissing: 0.9 })).toBe(
      'sex: widest gap at missing, train 25\u202f%, synthetic 90\u202f%.',
    );
    expect(describeOverlay({ ...complete, synthetic: [0.5, 0.5] })).toBe(
      'sex: train and synthetic are alike.',
    );
    expect(overlayRows(overlay).map((row) => row.label)).toEqual(['female', 'male', 'missing']);
  });
});

describe('drawStrip', () => {
  it('places value and yardsticks on one line from 0 to 1', () => {
    const { marks } = drawStrip(0.5, 0.25, 1, 220, 10);
    expect(marks).toEqual([
      { id: 'floor', value: 0.25, at: 60, anchor: 'start' },
      { id: 'ceiling', value: 1, at: 210, anchor: 'end' },
      { id: 'value', value: 0.5, at: 110, anchor: 'middle' },
    ]);
  });

  it('leaves out what is not known', () => {
    expect(drawStrip(0.01, null, null, 400, 10).marks).toEqual([
      { id: 'value', value: 0.01, at: 13.8, anchor: 'start' },
    ]);
  });
});

describe('captionLevels', () => {
  const named = Array.from({ length: 11 }, (_, i) => `level ${i}`);

  it('counts the levels that have a slot of their own', () => {
    expect(captionLevels(['a', 'b'], 99)).toEqual({ left: '2 levels', right: '' });
  });

  it('counts the pooled ones and names their slot, in what room there is', () => {
    const labels = [...named, '111 other levels'];
    expect(captionLevels(labels, 40)).toEqual({ left: '11 of 122 levels and the rest', right: 'other' });
    expect(captionLevels(labels, 25)).toEqual({ left: '11 of 122 levels', right: 'other' });
  });
});

describe('captionPicture', () => {
  const slots = [
    [0, 60],
    [60, 120],
  ] as const;

  it('names each level in the middle of its slot where all have room', () => {
    expect(captionPicture({ labels: ['no', 'yes'] }, 'levels', slots, false)).toEqual([
      { text: 'no', x: 30, anchor: 'middle' },
      { text: 'yes', x: 90, anchor: 'middle' },
    ]);
  });

  it('says how many levels there are where one has none, and the ends of bins in any case', () => {
    expect(captionPicture({ labels: ['no', 'not at all'] }, 'levels', slots, false)).toEqual([
      { text: '2 levels', x: 0, anchor: 'start' },
    ]);
    expect(captionPicture({ labels: ['1', '2'] }, 'bins', slots, false)).toEqual([
      { text: '1', x: 0, anchor: 'start' },
      { text: '2', x: 120, anchor: 'end' },
    ]);
  });

  it('has no word for a picture without slots', () => {
    expect(captionPicture({ labels: [] }, 'bins', [], true)).toEqual([]);
    expect(captionPicture({ labels: [] }, 'levels', [], true)).toEqual([]);
  });
});
