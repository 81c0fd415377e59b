import { GroupedCounts, type Replicates } from '../group-jackknife';

/** Steps of the shares 0 … 1 over which curves are summed, as in synthcity. */
const N_STEPS = 30;

/** Radii that hold 0, 1/29, … 1 of the distances, with a straight line between neighbours. */
export function findRadii(distances: Float64Array): Float64Array {
  const sorted = distances.slice().sort();
  return Float64Array.from({ length: N_STEPS }, (_, step) => {
    const place = (step / (N_STEPS - 1)) * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? NaN;
    const above = sorted[Math.ceil(place)] ?? NaN;
    return below + (above - below) * (place - Math.floor(place));
  });
}

/**
 * 1 − Σ |α − P(α)| / Σ α, with P(α) the share of rows that are counted and no farther than the radius of α: 1 where P
 * follows α all the way. With each group of rows left out as well. Source: Alaa et al. 2022, "How faithful is your synthetic
 * data?", as summed by synthcity.
 */
export function followRadii(
  distances: Float64Array,
  radii: Float64Array,
  isCounted: (row: number) => boolean = () => true,
): Replicates {
  const grouped = new GroupedCounts(N_STEPS + 1);
  for (let row = 0; row < distances.length; row++) {
    let step = 0;
    if (!isCounted(row)) step = N_STEPS;
    else while (step < N_STEPS && (distances[row] ?? 0) > (radii[step] ?? 0)) step++;
    grouped.add(row, step);
  }
  return grouped.replicate((counts) => {
    let n = 0;
    for (const count of counts) n += count;
    let [within, gap, sum] = [0, 0, 0];
    for (let step = 0; step < N_STEPS; step++) {
      const alpha = step / (N_STEPS - 1);
      within += counts[step] ?? 0;
      gap += Math.abs(alpha - within / n);
      sum += alpha;
    }
    return 1 - gap / sum;
  });
}
