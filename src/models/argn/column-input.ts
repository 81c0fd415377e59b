/**
 * How the classes of a column enter the nets of columns after it. Missing has a row of its own. Levels have a row each;
 * numbers lie between knots that are evenly spaced over their ranks, and add the rows of the two next to them by how near
 * they are, so that neighbours mean nearly the same and a net cannot tell single values apart. Plain data.
 */
export interface ColumnInput {
  readonly nRows: number;
  /** For each class, the rows that it adds and their weights; the entry after the last class is of values not learnt. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly lowWeight: Float32Array;
  readonly highWeight: Float32Array;
}

/** The input of a column of that many classes; `knots` is null for levels. */
export function layInput(nClasses: number, knots: number | null): ColumnInput {
  const nValues = Math.max(0, nClasses - 1);
  const nKnots = knots === null ? nValues : Math.min(knots, nValues);
  const input = {
    nRows: 1 + nKnots,
    low: new Int32Array(nClasses + 1),
    high: new Int32Array(nClasses + 1),
    lowWeight: new Float32Array(nClasses + 1).fill(1, 0, nClasses),
    highWeight: new Float32Array(nClasses + 1),
  };
  for (let value = 0; value < nValues; value++) {
    const place = nValues > 1 ? (value * (nKnots - 1)) / (nValues - 1) : 0;
    const knot = Math.max(0, Math.min(Math.floor(place), nKnots - 2));
    input.low[value + 1] = 1 + knot;
    input.high[value + 1] = Math.min(2 + knot, nKnots);
    input.lowWeight[value + 1] = 1 - (place - knot);
    input.highWeight[value + 1] = place - knot;
  }
  return input;
}
