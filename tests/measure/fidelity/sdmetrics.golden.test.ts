import { describe, expect, it } from 'vitest';
import { CATEGORY_ADHERENCE, RANGE_ADHERENCE } from '../../../src/measure/fidelity/adherence';
import { SDMETRICS_SPEC } from '../../../src/measure/fidelity/sdmetrics-specs';
import { isSkipped, type FinishedMeasure } from '../../../src/measure/measure';
import { hasGolden, loadGoldenJson, loadGoldenKinds, loadGoldenTable } from '../load-golden';
import { judge } from './judge';

interface GoldenReport {
  readonly overall: number;
  readonly column_shapes: readonly { readonly Score: number | null }[];
  readonly column_pair_trends: readonly { readonly Score: number | null }[];
}

interface GoldenDiagnostic {
  readonly data_validity: readonly { readonly Column: string; readonly Score: number }[];
}

const TOLERANCE = 1e-6;

function meanScore(scores: readonly { readonly Score: number | null }[]): number {
  const present = scores.flatMap(({ Score }) => (Score === null ? [] : [Score]));
  return present.reduce((sum, score) => sum + score, 0) / present.length;
}

// SDMetrics 0.29.1.dev0 @54362a3. The report itself is held to every golden table in quality-report.golden.test.ts.
describe.skipIf(!hasGolden)('an evaluation says what SDMetrics says', () => {
  const load = () => {
    const kinds = loadGoldenKinds('support2');
    const read = (part: string) => loadGoldenTable(`support2_${part}`, kinds, ['']);
    return { kinds, train: read('train'), synthetic: read('tvae') };
  };

  it('under stable ids, with a part for each column and pair', () => {
    const { kinds, train, synthetic } = load();
    const results = new Map<string, FinishedMeasure>();
    for (const result of judge(SDMETRICS_SPEC, train, synthetic, { kinds }))
      if (!isSkipped(result)) results.set(result.id, result);
    const prefix = 'sdmetrics/sdmetrics_support2_tvae';
    const golden = loadGoldenJson<GoldenReport>(`${prefix}_default_0.5_0.3.json`);
    const goldenAll = loadGoldenJson<GoldenReport>(`${prefix}_thresholds_0.json`);
    const expected = {
      'sdmetrics-column-shapes': meanScore(golden.column_shapes),
      'sdmetrics-pair-trends': meanScore(golden.column_pair_trends),
      'sdmetrics-overall': golden.overall,
      'sdmetrics-pair-trends-all': meanScore(goldenAll.column_pair_trends),
      'sdmetrics-overall-all': goldenAll.overall,
    };
    for (const [id, value] of Object.entries(expected)) {
      const result = results.get(id);
      expect(Math.abs((result?.value ?? NaN) - value), id).toBeLessThanOrEqual(TOLERANCE);
      expect(result?.interval.low, id).toBeLessThan(value);
      expect(result?.interval.high, id).toBeGreaterThan(value);
    }
    expect(results.get('sdmetrics-column-shapes')?.parts).toHaveLength(kinds.length);
    for (const id of ['sdmetrics-pair-trends', 'sdmetrics-pair-trends-all'])
      expect(results.get(id)?.parts).toHaveLength((kinds.length * (kinds.length - 1)) / 2);
    for (const [id, trends] of [
      ['sdmetrics-overall', golden.column_pair_trends],
      ['sdmetrics-overall-all', goldenAll.column_pair_trends],
    ] as const) {
      const [shapes, pairs, ...rest] = results.get(id)?.parts ?? [];
      expect([shapes?.group, pairs?.group], id).toEqual(['Column Shapes', 'Column Pair Trends']);
      expect(Math.abs((shapes?.value ?? NaN) - meanScore(golden.column_shapes))).toBeLessThanOrEqual(
        TOLERANCE,
      );
      expect(Math.abs((pairs?.value ?? NaN) - meanScore(trends)), id).toBeLessThanOrEqual(TOLERANCE);
      expect(results.get(id)?.value).toBeCloseTo(((shapes?.value ?? NaN) + (pairs?.value ?? NaN)) / 2, 9);
      const nPairs = trends.filter(({ Score }) => Score !== null).length;
      expect(rest, id).toHaveLength(kinds.length + nPairs);
      expect(rest.map(({ value }) => value ?? 2)).toEqual(rest.map(({ value }) => value ?? 2).sort());
    }
  });

  it('of ranges and categories', () => {
    const { kinds, train, synthetic } = load();
    const { data_validity } = loadGoldenJson<GoldenDiagnostic>(
      'sdmetrics/sdmetrics_support2_tvae_diagnostic.json',
    );
    const golden = new Map(data_validity.map(({ Column, Score }) => [Column, Score]));
    for (const spec of [RANGE_ADHERENCE, CATEGORY_ADHERENCE]) {
      const [result] = judge(spec, train, synthetic, { kinds });
      if (result === undefined || isSkipped(result)) throw new Error('no adherence');
      for (const { columns, value } of result.parts)
        expect(value, columns[0]).toBeCloseTo(golden.get(columns[0] ?? '') ?? NaN, 12);
    }
  });
});
