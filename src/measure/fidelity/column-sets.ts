import type { Rng } from '../../math/rng';

/** All sets of `size` of the columns, in order; `nMost` of them, chosen at random, where there are more. */
export function chooseSets(
  nColumns: number,
  size: number,
  nMost: number,
  rng: Rng,
): readonly (readonly number[])[] {
  if (countSets(nColumns, size) <= nMost) return listSets(nColumns, size);
  const chosen = new Map<string, readonly number[]>();
  while (chosen.size < nMost) {
    const set = new Set<number>();
    while (set.size < size) set.add(rng.int(nColumns));
    const sorted = [...set].sort((a, b) => a - b);
    chosen.set(sorted.join(), sorted);
  }
  return [...chosen.values()];
}

function countSets(nColumns: number, size: number): number {
  let nSets = 1;
  for (let i = 0; i < size; i++) nSets = (nSets * Math.max(0, nColumns - i)) / (i + 1);
  return nSets;
}

function listSets(nColumns: number, size: number, from = 0): readonly (readonly number[])[] {
  if (size === 0) return [[]];
  const sets: (readonly number[])[] = [];
  for (let first = from; first < nColumns; first++)
    for (const rest of listSets(nColumns, size - 1, first + 1)) sets.push([first, ...rest]);
  return sets;
}
