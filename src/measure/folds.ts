import type { Rng } from '../math/rng';

/** Rows to learn from and rows to judge. */
export interface Fold {
  readonly learn: Int32Array;
  readonly judge: Int32Array;
}

/** Cuts rows into `nFolds` folds in which every label keeps its share to within one row. */
export function stratifyFolds(labels: ArrayLike<number>, nFolds: number, rng: Rng): readonly Fold[] {
  const foldOf = new Int32Array(labels.length);
  const next = new Map<number, number>();
  for (const row of rng.permutation(labels.length)) {
    const label = labels[row] ?? 0;
    const at = next.get(label) ?? 0;
    foldOf[row] = at % nFolds;
    next.set(label, at + 1);
  }
  return Array.from({ length: nFolds }, (_, fold) => {
    const rows = Int32Array.from(foldOf.keys());
    return {
      learn: rows.filter((row) => foldOf[row] !== fold),
      judge: rows.filter((row) => foldOf[row] === fold),
    };
  });
}
