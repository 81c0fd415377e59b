import { round } from './lines';

/** A figure of two columns, in both tables. */
export interface CellPair {
  readonly columns: readonly string[];
  readonly train: number;
  readonly other: number;
}

export interface Matrix {
  readonly names: readonly string[];
  /** Row by row; null where there is no figure. Symmetric, with an empty diagonal. */
  readonly train: readonly (number | null)[];
  readonly other: readonly (number | null)[];
  readonly difference: readonly (number | null)[];
}

/** Figures of pairs as matrices over `names`, in that order; pairs of other columns are left out. */
export function fillMatrix(pairs: readonly CellPair[], names: readonly string[]): Matrix {
  const n = names.length;
  const at = new Map(names.map((name, i) => [name, i]));
  const [train, other, difference] = [0, 1, 2].map(() => new Array<number | null>(n * n).fill(null));
  if (train === undefined || other === undefined || difference === undefined)
    throw new RangeError('three matrices are needed');
  for (const pair of pairs) {
    const [i, j] = pair.columns.map((name) => at.get(name));
    if (i === undefined || j === undefined) continue;
    for (const cell of [i * n + j, j * n + i]) {
      train[cell] = pair.train;
      other[cell] = pair.other;
      difference[cell] = pair.other - pair.train;
    }
  }
  return { names, train, other, difference };
}

/** All columns of the pairs in the order of `known`, or the `nMost` that take part in the largest differences. */
export function chooseColumns(
  pairs: readonly CellPair[],
  known: readonly string[],
  nMost: number,
): readonly string[] {
  const largest = new Map<string, number>();
  for (const { columns, train, other } of pairs)
    for (const name of columns) largest.set(name, Math.max(largest.get(name) ?? 0, Math.abs(other - train)));
  const rank = (name: string) => largest.get(name) ?? 0;
  const chosen = new Set([...largest.keys()].sort((a, b) => rank(b) - rank(a)).slice(0, nMost));
  const order = new Map(known.map((name, i) => [name, i]));
  const place = (name: string) => order.get(name) ?? known.length;
  return [...chosen].sort((a, b) => place(a) - place(b));
}

/** Cells of one shade, as one path. */
export interface Shade {
  readonly sign: 'plus' | 'minus';
  /** Opacity in (0, 1]. */
  readonly strength: number;
  readonly d: string;
}

const N_SHADES = 10;

/** A matrix as few paths: cells of a tenth of `top` share one. Cells below half a tenth are left blank. */
export function shadeMatrix(
  values: readonly (number | null)[],
  n: number,
  top: number,
  cell: number,
): readonly Shade[] {
  const paths = new Map<number, string>();
  values.forEach((value, i) => {
    if (value === null || !(top > 0)) return;
    const level = Math.sign(value) * Math.min(N_SHADES, Math.round((Math.abs(value) / top) * N_SHADES));
    if (level === 0) return;
    const [x, y] = [round((i % n) * cell), round(Math.floor(i / n) * cell)];
    const size = round(cell - 1);
    paths.set(level, `${paths.get(level) ?? ''}M${x} ${y}h${size}v${size}h-${size}Z`);
  });
  return [...paths].map(([level, d]) => ({
    sign: level > 0 ? 'plus' : 'minus',
    strength: Math.abs(level) / N_SHADES,
    d,
  }));
}
