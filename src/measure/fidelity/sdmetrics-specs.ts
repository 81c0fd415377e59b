import { jackknifeInterval, meanReplicates, SHARE, type Replicates } from '../group-jackknife';
import type { MeasurePart } from '../measure';
import type { Estimate, FidelitySpec, Reason } from './hold-against-train';
import { DEFAULT_THRESHOLDS, isAboveThreshold, qualityReport, type QualityReport } from './quality-report';
import { QUALITY_SPECS, type Comparison } from './quality-specs';
import { replicateReport, type ReportReplicates } from './report-replicates';
import { apart } from '../watch';

/** How the interval of one figure of the report is come by. */
type Spread = (report: QualityReport, replicates: ReportReplicates) => Replicates | null;

const shapes: Spread = (_, replicates) => meanReplicates(replicates.shapes);
const pairsAll: Spread = (_, replicates) => meanReplicates(replicates.pairs);
const pairsStrong: Spread = (report, replicates) =>
  meanReplicates(
    replicates.pairs.filter((_, at) => {
      const pair = report.pairs[at];
      return pair !== undefined && isAboveThreshold(pair, DEFAULT_THRESHOLDS);
    }),
  );
const both =
  (first: Spread, second: Spread): Spread =>
  (report, replicates) =>
    meanReplicates([first, second].flatMap((spread) => spread(report, replicates) ?? []));

const SPREADS: Readonly<Record<string, Spread>> = {
  'sdmetrics-column-shapes': shapes,
  'sdmetrics-pair-trends': pairsStrong,
  'sdmetrics-overall': both(shapes, pairsStrong),
  'sdmetrics-pair-trends-all': pairsAll,
  'sdmetrics-overall-all': both(shapes, pairsAll),
  'pair-trends-train-edges': (_, replicates) => meanReplicates(replicates.pairsTrainEdges),
};

const SPECS = QUALITY_SPECS.filter(({ id }) => id in SPREADS);

/** The figures of SDMetrics' quality report, and pairs on train's bin edges, of whole tables. */
export const SDMETRICS_SPEC: FidelitySpec = {
  titles: SPECS.map(({ id, sentence }) => ({
    id,
    direction: 'higher-is-better',
    sentence: ({ value, parts = [] }) => sentence(value, parts),
  })),
  sizes: 'whole',
  minRows: 1,
  prepare: (train, context) => (other) => {
    const report = qualityReport(train, other, context.kinds);
    // Floor and ceiling are figures without an interval, so only the synthetic table's rows are left out in turn.
    const replicates =
      other === context.compared.synthetic
        ? apart(context, 'interval', () => replicateReport(train, other))
        : null;
    const comparison: Comparison = { report, missing: { value: null, parts: [] } };
    return SPECS.map((spec): Estimate | Reason => {
      const value = spec.value(comparison);
      if (value === null) return { reason: spec.whenSkipped };
      const spread = replicates === null ? null : (SPREADS[spec.id]?.(report, replicates) ?? null);
      const interval =
        spread === null ? { low: value, high: value } : jackknifeInterval(spread, SHARE, value);
      const parts: readonly MeasurePart[] = spec.parts(comparison);
      const { isRanked = false } = spec;
      return { value, interval, n: spec.n(comparison), parts, isRanked };
    });
  },
};
