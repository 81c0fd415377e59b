import { describe, expect, it } from 'vitest';
import { EVALUATION_SPECS } from '../../src/measure/evaluation-specs';
import { JUDGE_IDS } from '../../src/measure/judge-ids';
import { familyOf, nameMeasure, titleMeasure } from '../../src/release/measure-titles';

const ids = [...new Set([...EVALUATION_SPECS.flatMap((spec) => spec.ids), ...JUDGE_IDS])];

describe('titles of measures', () => {
  it('are there for every measure of an evaluation', () => {
    expect(ids.length).toBeGreaterThan(25);
    expect(ids.filter((id) => titleMeasure(id) === id)).toEqual([]);
  });

  it('are short, and tell measures apart', () => {
    const titles = ids.map(titleMeasure);
    expect(titles.filter((title) => title.length > 48)).toEqual([]);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('are filed under the family that computes the measure', () => {
    for (const spec of EVALUATION_SPECS)
      for (const id of spec.ids) expect([id, familyOf(id)]).toEqual([id, spec.family]);
  });

  it('stand within a sentence in small letters, but for names', () => {
    expect(nameMeasure('detection-linear')).toBe('detection by logistic regression');
    expect(nameMeasure('sdmetrics-overall')).toBe('SDMetrics quality score');
  });

  it('fall back on the id', () => {
    expect(titleMeasure('new-measure')).toBe('new-measure');
    expect(familyOf('new-measure')).toBeNull();
  });
});
