import type { ColumnOverlay } from '../../data/overlay-columns';
import { formatScore, formatShare } from '../parts/NumberText';
import { round, tracePath, type Point } from './lines';
import { drawMissing, roomForValues, type OverlayPicture } from './overlay';
import type { Scale } from './scale';

/** Shares of the values that are not missing up to the upper edge of a bin, in each table. */
export interface EcdfEdge {
  /** The edge as the bin's label writes it. */
  readonly label: string;
  readonly train: number;
  readonly synthetic: number;
  /** Null where there is no holdout, or it has no values here. */
  readonly holdout: number | null;
}

/** Empirical distribution functions of one column of numbers or dates, known at the edges of its bins. */
export interface Ecdf {
  readonly column: string;
  /** In order; the last edge is the end, where every share is 1. */
  readonly edges: readonly EcdfEdge[];
  /** Index of the edge at which train and synthetic are furthest apart. */
  readonly widest: number;
  /** How far apart they are there: the Kolmogorov–Smirnov distance of the binned values, never above that of all values. */
  readonly distance: number;
}

/**
 * The curves of an overlay of numbers, from the shares in its bins: no value of a row is needed that the histogram does not show
 * already. Null where bins cannot show one: fewer than two of them, or nothing but missing values on a side.
 */
export function cumulate(overlay: ColumnOverlay): Ecdf | null {
  const [train, synthetic, holdout] = [overlay.train, overlay.synthetic, overlay.holdout?.shares ?? []].map(
    addUp,
  );
  if (overlay.labels.length < 2 || !train || !synthetic) return null;
  const edges = overlay.labels.map((label, i) => ({
    label: upperEdge(label),
    train: train[i] ?? 1,
    synthetic: synthetic[i] ?? 1,
    holdout: holdout?.[i] ?? null,
  }));
  const distances = edges.map((edge) => Math.abs(edge.train - edge.synthetic));
  const distance = Math.max(...distances);
  return { column: overlay.column, edges, widest: distances.indexOf(distance), distance };
}

/** Running sums as shares of the whole; null where the whole is nothing. */
function addUp(shares: readonly number[]): readonly number[] | null {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  if (!(whole > 0)) return null;
  let sum = 0;
  return shares.map((share) => Math.min(1, (sum += share) / whole));
}

function upperEdge(label: string): string {
  return (
    label
      .replace(/^[≤≥] /, '')
      .split(' to ')
      .at(-1) ?? ''
  );
}

export interface EcdfPicture {
  readonly train: string;
  readonly synthetic: string;
  /** Null where there is no holdout. */
  readonly holdout: string | null;
  /** Where the curves are furthest apart, from one to the other, in pixels. */
  readonly mark: { readonly x: number; readonly top: number; readonly bottom: number };
  readonly missing: OverlayPicture['missing'];
  /** Right end of the curves in pixels. */
  readonly end: number;
}

/** The curves in a picture whose height is a share of 1. */
export function drawEcdf(ecdf: Ecdf, overlay: ColumnOverlay, width: number, height: number): EcdfPicture {
  const end = roomForValues(overlay, width);
  const x: Scale = { domain: [0, ecdf.edges.length], range: [0, end] };
  const y: Scale = { domain: [0, 1], range: [height, 0] };
  const trace = (key: 'train' | 'synthetic' | 'holdout') => tracePath(pointsOf(ecdf, key), x, y);
  const edge = ecdf.edges[ecdf.widest];
  const ends = [edge?.train ?? 0, edge?.synthetic ?? 0].map((share) => round(height * (1 - share)));
  return {
    train: trace('train'),
    synthetic: trace('synthetic'),
    holdout: ecdf.edges.every(({ holdout }) => holdout === null) ? null : trace('holdout'),
    mark: {
      x: round(((ecdf.widest + 1) / ecdf.edges.length) * end),
      top: Math.min(...ends),
      bottom: Math.max(...ends),
    },
    missing: drawMissing(overlay, width, y),
    end,
  };
}

function pointsOf({ edges }: Ecdf, key: 'train' | 'synthetic' | 'holdout'): readonly Point[] {
  return [{ x: 0, y: 0 }, ...edges.map((edge, i) => ({ x: i + 1, y: edge[key] ?? NaN }))];
}

/** The words of the mark: `0.031 apart at 64`, or `0.031 at 64` where there is no room for more. */
export function tellDistance({ edges, widest, distance }: Ecdf, roomInLetters: number): string {
  if (distance < ALIKE) return 'not apart';
  const place = `at ${edges[widest]?.label ?? ''}`;
  const long = `${formatScore(distance)} apart ${place}`;
  return long.length <= roomInLetters ? long : `${formatScore(distance)} ${place}`;
}

/** Below this the curves lie on each other. */
const ALIKE = 0.0005;

/** One sentence for people who do not see the picture. */
export function describeEcdf(ecdf: Ecdf): string {
  const edge = ecdf.edges[ecdf.widest];
  if (edge === undefined || ecdf.distance < ALIKE)
    return `${ecdf.column}: the curves of train and synthetic lie on each other.`;
  return `${ecdf.column}: the curves are furthest apart at ${edge.label}, by ${formatScore(ecdf.distance)}: up to there lie ${formatShare(edge.train)} of train and ${formatShare(edge.synthetic)} of synthetic.`;
}

/** The curves as rows of a table: edge, train, synthetic, holdout where one is known, and how far train and synthetic are apart. */
export function ecdfRows(ecdf: Ecdf, hasHoldout: boolean): readonly (readonly string[])[] {
  return ecdf.edges.map(({ label, train, synthetic, holdout }, i) => [
    `${ecdf.column}: ${i === ecdf.edges.length - 1 ? 'to the end' : `up to ${label}`}`,
    formatShare(train),
    formatShare(synthetic),
    ...(hasHoldout ? [holdout === null ? '–' : formatShare(holdout)] : []),
    formatScore(Math.abs(train - synthetic)),
  ]);
}
