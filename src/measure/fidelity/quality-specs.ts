import type { MeasurePart } from '../measure';
import { show } from '../tell';
import { isOne, nameWorst } from './name-worst';
import type { PairTrend } from './pair-trends';
import type { QualityReport } from './quality-report';
import { DEFAULT_THRESHOLDS, isAboveThreshold } from './quality-report';

/** One table compared with train. */
export interface Comparison {
  readonly report: QualityReport;
  readonly missing: { readonly value: number | null; readonly parts: readonly MeasurePart[] };
}

/** How one fidelity measure is read off a comparison; its definition is the entry of that id in docs/measures.md. */
export interface MeasureSpec {
  readonly id: string;
  readonly value: (comparison: Comparison) => number | null;
  /** Columns or pairs the value rests on. */
  readonly n: (comparison: Comparison) => number;
  readonly parts: (comparison: Comparison) => readonly MeasurePart[];
  /** True where `parts` are in their order as they are; else they are put worst first. */
  readonly isRanked?: boolean;
  /** `parts` come worst first. */
  readonly sentence: (value: number, parts: readonly MeasurePart[]) => string;
  readonly whenSkipped: string;
}

export const QUALITY_SPECS: readonly MeasureSpec[] = [
  {
    id: 'sdmetrics-column-shapes',
    value: ({ report }) => report.columnShapes,
    n: ({ report }) => countScored(shapeParts(report)),
    parts: ({ report }) => shapeParts(report),
    sentence: (value, parts) =>
      `Single columns agree with train to ${show(value)} on average${nameWorst(parts, isOne)}.`,
    whenSkipped: 'no column has a value on both sides',
  },
  {
    id: 'sdmetrics-pair-trends',
    value: ({ report }) => report.pairTrends,
    n: ({ report }) => countScored(strongPairParts(report)),
    parts: ({ report }) => strongPairParts(report),
    sentence: (value, parts) =>
      `Pairs of columns that are clearly related in train agree to ${show(value)} on average${nameWorst(parts, isOne, isWeak)}.`,
    whenSkipped: 'no pair of columns is related above the thresholds (|r| > 0.5 or V > 0.3) in train',
  },
  {
    id: 'sdmetrics-overall',
    value: ({ report }) => report.overall,
    n: ({ report }) => countScored(shapeParts(report)) + countScored(strongPairParts(report)),
    parts: ({ report }) => overallParts(report, report.pairTrends, strongPairParts(report)),
    isRanked: true,
    sentence: (value) =>
      `Columns and clearly related pairs together agree with train to ${show(value)}; this is SDMetrics' quality score.`,
    whenSkipped: 'no column has a value on both sides',
  },
  {
    id: 'sdmetrics-pair-trends-all',
    value: ({ report }) => report.pairTrendsAll,
    n: ({ report }) => countScored(allPairParts(report)),
    parts: ({ report }) => allPairParts(report),
    sentence: (value, parts) =>
      `All pairs of columns agree with train to ${show(value)} on average${nameWorst(parts, isOne)}.`,
    whenSkipped: 'no pair of columns can be compared',
  },
  {
    id: 'sdmetrics-overall-all',
    value: ({ report }) => report.overallAll,
    n: ({ report }) => countScored(shapeParts(report)) + countScored(allPairParts(report)),
    parts: ({ report }) => overallParts(report, report.pairTrendsAll, allPairParts(report)),
    isRanked: true,
    sentence: (value) =>
      `Columns and all pairs together agree with train to ${show(value)}; this is SDMetrics' quality score without thresholds.`,
    whenSkipped: 'no column has a value on both sides',
  },
  {
    id: 'pair-trends-train-edges',
    value: ({ report }) => report.pairTrendsTrainEdges,
    n: ({ report }) => countScored(trainEdgesParts(report)),
    parts: ({ report }) => trainEdgesParts(report),
    sentence: (value, parts) =>
      `All pairs of columns, numbers cut at train's bin edges, agree to ${show(value)} on average${nameWorst(parts, isOne)}.`,
    whenSkipped: 'no pair of columns can be compared',
  },
  {
    id: 'missing-value-similarity',
    value: ({ missing }) => missing.value,
    n: ({ missing }) => countScored(missing.parts),
    parts: ({ missing }) => missing.parts,
    sentence: (value, parts) =>
      `Shares of missing values agree with train to ${show(value)} on average${nameWorst(parts, isOne)}.`,
    whenSkipped: 'a table has no rows or no columns',
  },
];

function shapeParts(report: QualityReport): readonly MeasurePart[] {
  return report.shapes.map(({ column, score, note }) => ({ columns: [column], value: score, note }));
}

function allPairParts(report: QualityReport): readonly MeasurePart[] {
  return report.pairs.map(({ columns, score, note }) => ({ columns, value: score, note }));
}

function trainEdgesParts(report: QualityReport): readonly MeasurePart[] {
  return report.pairs.map(({ columns, trainEdgesScore, note }) => ({
    columns,
    value: trainEdgesScore,
    note,
  }));
}

function strongPairParts(report: QualityReport): readonly MeasurePart[] {
  return report.pairs.map((pair) =>
    isAboveThreshold(pair, DEFAULT_THRESHOLDS)
      ? { columns: pair.columns, value: pair.score, note: pair.note }
      : { columns: pair.columns, value: null, note: describeWeakness(pair) },
  );
}

function describeWeakness({ metric, trainStrength }: PairTrend): string {
  if (trainStrength === null) return 'does not count: no relation can be computed in train';
  const symbol = metric === 'correlation-similarity' ? 'r' : 'V';
  return `${WEAK} (${symbol} = ${trainStrength.toFixed(2)})`;
}

const WEAK = 'does not count: hardly related in train';
const isWeak = ({ note }: MeasurePart) => note?.startsWith(WEAK) === true;

/** Properties of SDMetrics' report, by the names that it has for them. */
const SHAPES = 'Column Shapes';
const TRENDS = 'Column Pair Trends';

/** What an overall score is made of: the two properties, then columns and the pairs that count, worst first. */
function overallParts(
  report: QualityReport,
  trends: number | null,
  pairs: readonly MeasurePart[],
): readonly MeasurePart[] {
  const columns = shapeParts(report);
  const counted = pairs.filter(({ value }) => value !== null);
  const property = (group: string, value: number | null, parts: readonly MeasurePart[], what: string) => ({
    columns: [],
    group,
    value,
    note: value === null ? `does not count: no ${what} does` : `mean of ${countScored(parts)}, by ${what}`,
  });
  return [
    property(SHAPES, report.columnShapes, columns, 'column'),
    property(TRENDS, trends, counted, 'pair'),
    ...[...columns, ...counted].sort(byValue),
  ];
}

/** Worst first, and what does not count last. */
export function byValue(a: MeasurePart, b: MeasurePart): number {
  return (a.value ?? Infinity) === (b.value ?? Infinity) ? 0 : (a.value ?? Infinity) - (b.value ?? Infinity);
}

function countScored(parts: readonly MeasurePart[]): number {
  return parts.filter((part) => part.value !== null).length;
}
