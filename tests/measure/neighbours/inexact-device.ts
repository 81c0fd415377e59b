import type { Rng } from '../../../src/math/rng';
import { collectNear } from '../../../src/measure/neighbours/collect-near';
import type { NearQuestion, NearRows } from '../../../src/measure/neighbours/near-rows';
import { sumDistances, toSingle } from '../../../src/measure/neighbours/single-precision';

/** The worst device that still keeps its word: each sum is off by up to the error that is allowed, in either direction. */
export function answerInexactly(
  question: NearQuestion,
  rng: Rng,
  { capacity = 128, wrongBy = 0 }: { readonly capacity?: number; readonly wrongBy?: number } = {},
): NearRows | null {
  const single = toSingle(question, 8);
  if (single === null) return null;
  const { points, queries, metric } = question;
  const counts = new Uint32Array(2 * queries.nRows);
  const places = new Uint32Array(2 * capacity * queries.nRows);
  const bits = new Float32Array(places.buffer);
  for (let query = 0; query < queries.nRows; query++) {
    const sums = Float32Array.from(
      { length: points.nRows },
      (_, row) =>
        sumDistances(points, row, queries, query, metric) + 0.9 * single.error * pick(rng) + wrongBy,
    );
    const [low, high] = [single.bands[2 * query] ?? -1, single.bands[2 * query + 1] ?? -1];
    const most = (sums.slice().sort()[Math.min(single.k, sums.length) - 1] ?? 0) + single.reach;
    sums.forEach((sum, row) => {
      const [found, nearer] = [2 * query, 2 * query + 1];
      if (sum < low) counts[nearer] = (counts[nearer] ?? 0) + 1;
      else if (sum <= Math.max(high, most)) {
        const at = counts[found] ?? 0;
        counts[found] = at + 1;
        if (at >= capacity) return;
        places[2 * (query * capacity + at)] = row;
        bits[2 * (query * capacity + at) + 1] = sum;
      }
    });
  }
  return collectNear([{ nQueries: queries.nRows, counts, places }], capacity, single.error);
}

function pick(rng: Rng): number {
  return rng.int(3) - 1;
}
