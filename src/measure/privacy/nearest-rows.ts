import type { Table } from '../../data/table';
import { runAlone, type Asking, type NearRows } from '../neighbours/near-rows';
import { GowerSearch, ROUNDING } from './gower-search';
import { placeRows } from './gower-space';
import type { GowerTree } from './gower-tree';

/** The k nearest rows of a tree for each row asked about, nearest first. */
export interface Nearest {
  readonly k: number;
  /** k distances a row, each in [0, 1]; Infinity where the tree has fewer rows than k. */
  readonly distances: Float64Array;
  /** Row of the tree's table at that distance; −1 where there is none. */
  readonly rows: Int32Array;
}

/**
 * Exact k nearest neighbours by branch and bound: a part of the tree is left out when what its rows have in common already
 * puts them as far away as the best found, and a row as soon as its first columns do. `table` is aligned with the tree's.
 */
export function findNearest(tree: GowerTree, table: Table, k = 1): Nearest {
  return runAlone(askNearest(tree, table, k));
}

/** {@link findNearest}, where only rows that are answered need be measured. */
export function* askNearest(tree: GowerTree, table: Table, k = 1): Asking<Nearest> {
  const queries = placeRows(tree.space, table);
  const near = yield { points: tree.rows, queries, metric: 'clipped', k, bands: null };
  const search = new GowerSearch(tree, queries, k);
  const distances = new Float64Array(table.nRows * k);
  const rows = new Int32Array(table.nRows * k);
  const nColumns = Math.max(1, tree.space.nNumbers + tree.space.nLevels);
  for (let query = 0; query < table.nRows; query++) {
    search.run(query, placesOf(near, query));
    for (let i = 0; i < k; i++) {
      distances[query * k + i] = (search.sums[i] ?? Infinity) / nColumns;
      const at = search.places[i] ?? -1;
      rows[query * k + i] = at < 0 ? -1 : (tree.sources[at] ?? -1);
    }
  }
  return { k, distances, rows };
}

/** For each row asked about: rows of the tree nearer than its radius, and rows no farther. */
export interface Within {
  readonly nearer: Int32Array;
  readonly asNear: Int32Array;
}

/** Counts the rows of a tree within a radius of each row of `table`, which is aligned with the tree's. */
export function countWithin(tree: GowerTree, table: Table, radii: Float64Array): Within {
  return runAlone(askWithin(tree, table, radii));
}

/** {@link countWithin}, where only rows that lie about at the radius need be measured. */
export function* askWithin(tree: GowerTree, table: Table, radii: Float64Array): Asking<Within> {
  const queries = placeRows(tree.space, table);
  const nColumns = Math.max(1, tree.space.nNumbers + tree.space.nLevels);
  const bands = {
    low: radii.map((radius) => radius * nColumns * (1 - 2 * ROUNDING)),
    high: radii.map((radius) => radius * nColumns * (1 + 2 * ROUNDING)),
  };
  const near = yield { points: tree.rows, queries, metric: 'clipped', k: 0, bands };
  const search = new GowerSearch(tree, queries, 0);
  const nearer = new Int32Array(table.nRows);
  const asNear = new Int32Array(table.nRows);
  for (let query = 0; query < table.nRows; query++) {
    const places = placesOf(near, query);
    const nCertain = places === null ? 0 : (near?.nNearer[query] ?? 0);
    const counts = search.count(query, radii[query] ?? 0, places);
    nearer[query] = nCertain + counts.nearer;
    asNear[query] = nCertain + counts.asNear;
  }
  return { nearer, asNear };
}

/** Rows that may count for a query; null where nothing is known of it. */
function placesOf(near: NearRows | null, query: number): Uint32Array | null {
  if (near === null || near.isCrowded[query] === 1) return null;
  return near.rows.subarray(near.starts[query] ?? 0, near.starts[query + 1] ?? 0);
}
