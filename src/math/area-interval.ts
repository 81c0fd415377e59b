import { Z95 } from './proportions';

/**
 * The 95 % interval of an area under the ROC curve: ± 1.96 standard errors or Newcombe's, whichever reaches further at
 * either end, in [0, 1]. Where every positive outranks every negative a standard error is 0 and Newcombe's interval is not.
 */
export function boundArea(
  auc: number,
  error: number,
  nPositive: number,
  nNegative: number,
): { readonly low: number; readonly high: number } {
  const low = Math.min(auc - Z95 * error, findLow(auc, nPositive, nNegative));
  const high = Math.max(auc + Z95 * error, 1 - findLow(1 - auc, nPositive, nNegative));
  return { low: Math.max(0, low), high: Math.min(1, high) };
}

const N_HALVINGS = 60;

/**
 * The lower end of Newcombe's interval (2006, "Confidence intervals for an effect size measure based on the Mann–Whitney
 * statistic. Part 2", method 5): the area from which the one found lies 1.96 of its own standard errors away, by the
 * variance of Hanley and McNeil 1982 with (m + n) / 2 − 1 for both numbers of rows.
 */
function findLow(auc: number, m: number, n: number): number {
  const half = (m + n) / 2 - 1;
  const varianceAt = (area: number) =>
    (area * (1 - area) * (1 + (half * (1 - area)) / (2 - area) + (half * area) / (1 + area))) / (m * n);
  let [low, high] = [0, auc];
  for (let i = 0; i < N_HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (auc - middle > Z95 * Math.sqrt(varianceAt(middle))) low = middle;
    else high = middle;
  }
  return low;
}
