/**
 * Whole numbers in proportion to the weights that make `total` together, each within one of its exact part (largest
 * remainders, the first of equal ones first).
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (sum > 0 ? (total * weight) / sum : 0));
  const counts = exact.map(Math.floor);
  const left = total - counts.reduce((all, count) => all + count, 0);
  const rest = (i: number) => (exact[i] ?? 0) - (counts[i] ?? 0);
  const order = [...weights.keys()].sort((a, b) => rest(b) - rest(a) || a - b);
  for (const i of order.slice(0, left)) counts[i] = (counts[i] ?? 0) + 1;
  return counts;
}
