import { LEVELS_FIRST_FROM, measureAssociations, type OrderColumn } from '../trees/order';

/** Classes that an association is measured between, missing included. */
const MOST = 255;

/** Which columns each net looks at. */
export interface ParentPlan {
  /** Columns in the order in which they are drawn. */
  readonly order: Int32Array;
  /** For each column of the table, the columns before it that its net looks at, in the order of the table. */
  readonly parents: readonly Int32Array[];
}

/**
 * Columns are drawn in the order of the table, in wide tables levels before numbers, the target last. What levels a number
 * was worked out from is lost in the number's classes: they are drawn better before it. A net looks at the columns before its own that say most
 * about it, by mutual information less what chance would give.
 */
export function planParents(
  classed: readonly Uint16Array[],
  isNominal: readonly boolean[],
  target: number | null,
  nMost: number,
): ParentPlan {
  const d = classed.length;
  const others = [...classed.keys()].filter((index) => index !== target);
  if (d >= LEVELS_FIRST_FROM)
    others.sort((a, b) => Number(isNominal[b] ?? false) - Number(isNominal[a] ?? false) || a - b);
  const order = Int32Array.from(target === null ? others : [...others, target]);
  const isShort = d > nMost + 1;
  const information = isShort ? measureAll(classed, isNominal) : new Float64Array(d * d);
  const parents: Int32Array[] = classed.map(() => new Int32Array());
  order.forEach((index, step) => {
    const strength = (other: number) => information[index * d + other] ?? 0;
    const before = [...order.subarray(0, step)].sort((a, b) => strength(b) - strength(a) || a - b);
    parents[index] = Int32Array.from(before.slice(0, nMost)).sort();
  });
  return { order, parents };
}

function measureAll(classed: readonly Uint16Array[], isNominal: readonly boolean[]): Float64Array {
  const columns = classed.map((classes, index): OrderColumn => {
    const codes = Uint8Array.from(classes, (c) => Math.min(c, MOST - 1));
    return { codes, nCodes: MOST, isNominal: isNominal[index] ?? false };
  });
  return measureAssociations(columns, classed[0]?.length ?? 0);
}
