/** How long something took for `n` items. */
export interface Timing {
  readonly n: number;
  readonly ms: number;
}

/**
 * Milliseconds for `n` items from two trials, the second of more items: what does not grow with the items counts once,
 * and each item beyond the larger trial as much as those by which that was larger, times `slowdown`. Where the larger
 * trial was not slower all of its time is taken to grow.
 */
export function extrapolate(small: Timing, large: Timing, n: number, slowdown = 1): number {
  if (n <= large.n) return large.ms;
  const perItem =
    large.ms > small.ms && large.n > small.n
      ? (large.ms - small.ms) / (large.n - small.n)
      : large.ms / large.n;
  return large.ms + perItem * slowdown * (n - large.n);
}
