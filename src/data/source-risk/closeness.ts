import { countBelow } from '../../math/bisect';
/** Persons who have one value of a column. */
export interface ValueCount {
  readonly code: number;
  readonly n: number;
}

/** How the values of a whole table are spread, for measuring classes against it. */
export interface Spread {
  /** Distance of a class's values from the table's, 0–1; null where no value counts. */
  readonly distanceTo: (counts: readonly ValueCount[]) => number | null;
}

/** Total variation: half the sum of differences of shares. Every value is as far from every other (Li et al. 2007). */
export function spreadOfCategories(totals: Float64Array): Spread {
  const sum = totals.reduce((a, b) => a + b, 0);
  return {
    distanceTo: (counts) => {
      const n = counts.reduce((a, count) => a + count.n, 0);
      if (n === 0 || sum === 0) return null;
      let covered = 0;
      let differences = 0;
      for (const { code, n: own } of counts) {
        const share = (totals[code] ?? 0) / sum;
        covered += share;
        differences += Math.abs(own / n - share);
      }
      return Math.min(1, (differences + Math.max(0, 1 - covered)) / 2);
    },
  };
}

/**
 * Earth mover's distance of ordered values, each a step from the next: the mean over the m − 1 steps of the difference of
 * cumulative shares (Li, Li & Venkatasubramanian 2007, section 5.1). `totals` by code in ascending order. A class costs
 * as much as it has values, not as the table has.
 */
export function spreadOfOrdered(totals: Float64Array): Spread {
  const m = totals.length;
  const sum = totals.reduce((a, b) => a + b, 0);
  const cumulative = new Float64Array(m);
  const summed = new Float64Array(m + 1);
  let running = 0;
  totals.forEach((n, code) => {
    running += n;
    cumulative[code] = sum === 0 ? 0 : running / sum;
    summed[code + 1] = (summed[code] ?? 0) + (cumulative[code] ?? 0);
  });
  const area = (from: number, to: number, level: number): number => {
    const turn = countBelow(cumulative, level, from, to);
    const below = level * (turn - from) - ((summed[turn] ?? 0) - (summed[from] ?? 0));
    return below + ((summed[to] ?? 0) - (summed[turn] ?? 0)) - level * (to - turn);
  };
  return {
    distanceTo: (counts) => {
      const ordered = [...counts].sort((a, b) => a.code - b.code);
      const n = ordered.reduce((a, count) => a + count.n, 0);
      if (n === 0 || sum === 0) return null;
      if (m < 2) return 0;
      let [from, level, distance] = [0, 0, 0];
      for (const { code, n: own } of ordered) {
        distance += area(from, Math.min(code, m - 1), level);
        from = code;
        level += own / n;
      }
      return Math.min(1, Math.max(0, (distance + area(from, m - 1, 1)) / (m - 1)));
    },
  };
}
