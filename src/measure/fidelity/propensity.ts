import { fitDesign, designRows, type DesignRows } from '../../math/learners/design-matrix';
import { fitLogistic, scoreRows } from '../../math/learners/linear-models';
import { Z95 } from '../../math/proportions';
import type { Table } from '../../data/table';
import { stackTables } from '../align-tables';
import type { Interval } from '../measure';
import type { FidelitySpec } from './hold-against-train';
import { show } from '../tell';

/** Propensity scores of synthetic rows among train's. */
export interface Propensity {
  /** Mean squared distance of the scores from the share of synthetic rows. */
  readonly pMse: number;
  /** What a table drawn from the right model of train is expected to show. */
  readonly expected: number;
  /** Free coefficients of the model, without its intercept. */
  readonly nFree: number;
  readonly n: number;
}

/** Small enough to leave the coefficients as they are; it settles those that the data leave open. */
const RIDGE = 1e-3;

/**
 * How well logistic regression on all columns tells the rows of two tables apart: pMSE, and its ratio to what a table drawn
 * from the right model of train is expected to show. Fresh people, whose table holds chance of its own beside train's, show
 * twice as much. As many rows of train as of the other table. Source: Snoke, Raab, Nowok, Dibben and Slavkovic 2018,
 * "General and specific utility measures for synthetic data".
 */
export const PROPENSITY: FidelitySpec = {
  titles: [
    {
      id: 'propensity-pmse',
      direction: 'lower-is-better',
      sentence: ({ value, expected = 0 }) =>
        `Propensity scores lie ${showSmall(value)} (mean squared) from saying nothing; a table drawn from the` +
        ` right model of train is expected to show ${showSmall(expected)}.`,
    },
    {
      id: 'propensity-pmse-ratio',
      direction: 'lower-is-better',
      sentence: ({ value }) =>
        `A linear model tells the synthetic table from train ${show(value)} times as well as chance alone makes it;` +
        ' below 3 is close, above 10 is far.',
    },
  ],
  sizes: 'equal',
  minRows: 50,
  prepare:
    (_, { equal }) =>
    (other) => {
      const { pMse, expected, nFree, n } = measurePropensity(equal.train, other, RIDGE);
      if (nFree === 0) return Array(2).fill({ reason: 'no column varies, so no model can be fitted' });
      const ratio = pMse / expected;
      const { low, high } = intervalOfRatio(ratio, nFree);
      return [
        { value: pMse, interval: { low: low * expected, high: high * expected }, n, expected },
        { value: ratio, interval: { low, high }, n, expected: 1 },
      ];
    },
};

/** pMSE of two aligned tables by logistic regression with main effects and the given ridge. */
export function measurePropensity(train: Table, other: Table, ridge: number): Propensity {
  const both = stackTables(train, other);
  const rows = Int32Array.from({ length: both.nRows }, (_, row) => row);
  const design = fitDesign(both.columns, rows);
  const entries = designRows(design, both.columns, rows);
  const isSynthetic = Uint8Array.from(rows, (row) => (row < train.nRows ? 0 : 1));
  const scores = scoreRows(entries, fitLogistic(entries, design.width, isSynthetic, ridge));
  const share = other.nRows / both.nRows;
  const squares = scores.reduce((sum, eta) => sum + (1 / (1 + Math.exp(-eta)) - share) ** 2, 0);
  const nFree = countFree(entries, design.width);
  return {
    pMse: squares / both.nRows,
    expected: expectPropensity(nFree + 1, train.nRows, other.nRows),
    nFree,
    n: both.nRows,
  };
}

/** (k − 1) (1 − c)² c / N for k coefficients with the intercept and a share c of synthetic rows among N, train given. */
export function expectPropensity(k: number, nTrain: number, nOther: number): number {
  const n = nTrain + nOther;
  const share = nOther / n;
  return ((k - 1) * (1 - share) ** 2 * share) / n;
}

/** Train given, the ratio times k free coefficients is noncentral χ², whose variance is 2 (k + 2 λ) with mean k + λ. */
function intervalOfRatio(ratio: number, nFree: number): Interval {
  const error = Math.sqrt((2 * Math.max(1, 2 * ratio - 1)) / nFree);
  return { low: Math.max(0, ratio - Z95 * error), high: ratio + Z95 * error };
}

/** Smallest share of a column's sum of squares that must be its own to count as free. */
const TOLERANCE = 1e-9;

/** Rank of the design beside an intercept, by Cholesky's steps on the centred sums of products, the largest left first. */
function countFree({ nRows, nEntries, places, values }: DesignRows, width: number): number {
  const gram = new Float64Array(width * width);
  const sums = new Float64Array(width);
  for (let row = 0; row < nRows; row++) {
    const end = (row + 1) * nEntries;
    for (let a = row * nEntries; a < end; a++) {
      const [place, value] = [places[a] ?? 0, values[a] ?? 0];
      sums[place] = (sums[place] ?? 0) + value;
      for (let b = row * nEntries; b < end; b++) {
        const at = place * width + (places[b] ?? 0);
        gram[at] = (gram[at] ?? 0) + value * (values[b] ?? 0);
      }
    }
  }
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++)
      gram[i * width + j] = (gram[i * width + j] ?? 0) - ((sums[i] ?? 0) * (sums[j] ?? 0)) / nRows;
  return eliminate(gram, width);
}

function eliminate(gram: Float64Array, width: number): number {
  const whole = Float64Array.from({ length: width }, (_, i) => gram[i * width + i] ?? 0);
  for (let rank = 0; rank < width; rank++) {
    let [pivot, most] = [-1, TOLERANCE];
    for (let i = 0; i < width; i++) {
      const left = (gram[i * width + i] ?? 0) / Math.max(whole[i] ?? 0, 1e-6);
      if (left > most) [pivot, most] = [i, left];
    }
    if (pivot < 0) return rank;
    const divisor = gram[pivot * width + pivot] ?? 1;
    const row = gram.slice(pivot * width, (pivot + 1) * width);
    for (let i = 0; i < width; i++) {
      const factor = (row[i] ?? 0) / divisor;
      if (factor === 0) continue;
      for (let j = 0; j < width; j++)
        gram[i * width + j] = (gram[i * width + j] ?? 0) - factor * (row[j] ?? 0);
    }
  }
  return width;
}

/** Two digits of a small number, written out. */
function showSmall(value: number): string {
  return String(Number(value.toPrecision(2)));
}
