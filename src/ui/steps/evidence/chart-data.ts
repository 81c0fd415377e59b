import type { Curve, FinishedMeasure, MeasurePart } from '../../../measure/measure';
import type { CellPair } from '../../charts/heatmap';
import type { Series } from '../../charts/lines';
import type { Mark } from '../../charts/mark-strip';
import { formatFigure } from './figure-text';
import type { AttackMeasure } from './summarise-privacy';

/** Parts that hold a figure of two columns in both tables, in their own order. */
export function listPairs(parts: readonly MeasurePart[]): readonly (CellPair & { readonly kind: string })[] {
  return parts.flatMap(({ columns, sides, note }) =>
    columns.length === 2 && sides !== undefined ? [{ columns, ...sides, kind: note ?? '' }] : [],
  );
}

/** A chart of a measure: its lines, and the line of no skill or of perfect truth. */
export interface CurveChart {
  readonly chart: Curve['chart'];
  readonly measureId: string;
  readonly series: readonly Series[];
}

const DIAGONAL = { roc: 'guessing', calibration: 'true probabilities' } as const;

/** The charts of all measures that have curves. */
export function listCharts(measures: readonly FinishedMeasure[]): readonly CurveChart[] {
  return measures.flatMap(({ id, curves = [] }) =>
    (['roc', 'calibration'] as const).flatMap((chart) => {
      const own = curves.filter((curve) => curve.chart === chart);
      if (own.length === 0) return [];
      const diagonal = { chart, series: DIAGONAL[chart], x: [0, 1], y: [0, 1] };
      return [
        {
          chart,
          measureId: id,
          series: [...own.map(drawCurve), { ...drawCurve(diagonal), tone: 'faint' as const }],
        },
      ];
    }),
  );
}

function drawCurve({ series, x, y }: Curve): Series {
  const points = x.map((value, i) => ({ x: value, y: y[i] ?? NaN }));
  const tone = series.includes('synthetic') ? 'synthetic' : 'train';
  return { id: series, label: series, points, tone };
}

/** Points of the lines of a chart, but for the diagonal, as texts. */
export function curveRows({ series }: CurveChart): readonly (readonly string[])[] {
  return series
    .filter(({ tone }) => tone !== 'faint')
    .flatMap(({ label, points }) => points.map(({ x, y }) => [label, formatFigure(x), formatFigure(y)]));
}

/** Success, control and baseline of an attack, each on a line of its own. */
export function markAttack({ attack: { success, control, baseline } }: AttackMeasure): readonly Mark[] {
  return [
    { kind: 'value', ...success },
    { kind: 'ceiling', ...control },
    ...(baseline === null ? [] : [{ kind: 'floor' as const, ...baseline }]),
  ];
}
