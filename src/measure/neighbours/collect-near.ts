import type { NearRows } from './near-rows';

/** What a device found for some queries that follow each other. */
export interface FoundBlock {
  readonly nQueries: number;
  /** For each query the number of rows about as near as was asked for, and the number of those certainly nearer. */
  readonly counts: Uint32Array;
  /** For each query, `capacity` places of a row and the bits of its sum, in no order; those beyond its count hold nothing. */
  readonly places: Uint32Array;
}

/** Puts blocks together, rows ascending; a query with more rows than capacity is crowded and has none. */
export function collectNear(blocks: readonly FoundBlock[], capacity: number, error: number): NearRows {
  const nQueries = blocks.reduce((n, block) => n + block.nQueries, 0);
  const starts = new Uint32Array(nQueries + 1);
  const nNearer = new Uint32Array(nQueries);
  const isCrowded = new Uint8Array(nQueries);
  const rows: number[] = [];
  const sums: number[] = [];
  let query = 0;
  for (const block of blocks)
    for (let q = 0; q < block.nQueries; q++, query++) {
      const nFound = block.counts[2 * q] ?? 0;
      nNearer[query] = block.counts[2 * q + 1] ?? 0;
      if (nFound > capacity) isCrowded[query] = 1;
      else
        for (const { row, sum } of readPlaces(block.places, q * capacity, nFound)) {
          rows.push(row);
          sums.push(sum);
        }
      starts[query + 1] = rows.length;
    }
  return { starts, rows: Uint32Array.from(rows), sums: Float32Array.from(sums), error, nNearer, isCrowded };
}

function readPlaces(
  places: Uint32Array,
  from: number,
  nFound: number,
): readonly { readonly row: number; readonly sum: number }[] {
  const asSums = new Float32Array(places.buffer, places.byteOffset, places.length);
  return Array.from({ length: nFound }, (_, i) => {
    const at = 2 * (from + i);
    return { row: places[at] ?? 0, sum: asSums[at + 1] ?? NaN };
  }).sort((a, b) => a.row - b.row);
}
