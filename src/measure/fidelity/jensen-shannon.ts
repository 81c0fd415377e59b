import { GroupedCounts, SHARE } from '../group-jackknife';
import { averageColumns } from './average-columns';
import { type FidelitySpec } from './hold-against-train';
import { isZero, nameWorst } from './name-worst';
import { show } from '../tell';
import { codeMargin, fitMarginRule } from './margin-codes';

/**
 * Jensen–Shannon distance (base 2, in [0, 1]) of each column to train's, over tenths of train, its ten most frequent levels
 * and missing; the mean over columns. Source: Endres & Schindelin 2003, "A new metric for probability distributions".
 */
export const JENSEN_SHANNON: FidelitySpec = {
  titles: [
    {
      id: 'jensen-shannon',
      direction: 'lower-is-better',
      sentence: (estimate) =>
        `The Jensen–Shannon distance of single columns to train's is ${show(estimate.value)} on average; 0 is the same,` +
        ` 1 is nothing in common${nameWorst(estimate.parts ?? [], isZero)}.`,
    },
  ],
  sizes: 'equal',
  minRows: 20,
  prepare: (train) => {
    const rules = train.columns.map((column) => fitMarginRule(column));
    const shares = train.columns.map((column, i) => {
      const rule = rules[i] ?? fitMarginRule(column);
      const counts = new Float64Array(rule.nCodes);
      for (const code of codeMargin(rule, column)) counts[code] = (counts[code] ?? 0) + 1 / train.nRows;
      return counts;
    });
    return (other) => [
      averageColumns(
        other.columns,
        (column, at) => {
          const [rule, share] = [rules[at], shares[at]];
          if (rule === undefined || share === undefined) return null;
          const grouped = new GroupedCounts(rule.nCodes);
          codeMargin(rule, column).forEach((code, row) => grouped.add(row, code));
          return grouped.replicate((counts) => measureJensenShannon(share, counts));
        },
        SHARE,
        'there is no column to compare',
      ),
    ];
  },
};

/** Divergences below are rounding, which the root would blow up. */
const ROUNDING = 1e-14;

/** Square root of the Jensen–Shannon divergence to base 2 of shares and of counts; NaN where there are no counts. */
export function measureJensenShannon(shares: Float64Array, counts: Float64Array): number {
  let n = 0;
  for (const count of counts) n += count;
  if (n === 0) return NaN;
  let divergence = 0;
  for (let i = 0; i < shares.length; i++) {
    const [p, q] = [shares[i] ?? 0, (counts[i] ?? 0) / n];
    const middle = (p + q) / 2;
    if (p > 0) divergence += (p / 2) * Math.log2(p / middle);
    if (q > 0) divergence += (q / 2) * Math.log2(q / middle);
  }
  return divergence < ROUNDING ? 0 : Math.sqrt(divergence);
}
