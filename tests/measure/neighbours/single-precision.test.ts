import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import type { NearQuestion } from '../../../src/measure/neighbours/near-rows';
import { MISSING, type Points } from '../../../src/measure/neighbours/points';
import {
  isSound,
  sumDistances,
  toSingle,
  type SingleQuestion,
} from '../../../src/measure/neighbours/single-precision';
import { placeRows, spanSpace } from '../../../src/measure/privacy/gower-space';
import { makeAwkward } from './awkward-tables';
import { answerInexactly } from './inexact-device';

const single = Math.fround;

function ask(points: Points, queries: Points, k = 1): NearQuestion {
  return { points, queries, metric: 'clipped', k, bands: null };
}

function mustFit(question: NearQuestion): SingleQuestion {
  const found = toSingle(question, 8);
  if (found === null) throw new Error('does not fit');
  return found;
}

/** As a device adds up, in single precision throughout. */
function sumSingle(
  { points, queries }: SingleQuestion,
  nNumbers: number,
  nLevels: number,
  row: number,
  query: number,
) {
  let sum = 0;
  for (let l = 0; l < nLevels; l++)
    if (points.levels[l * points.stride + row] !== queries.levels[l * queries.stride + query])
      sum = single(sum + 1);
  for (let n = 0; n < nNumbers; n++) {
    const [a, b] = [
      queries.numbers[n * queries.stride + query] ?? 0,
      points.numbers[n * points.stride + row] ?? 0,
    ];
    sum = single(sum + Math.min(1, Math.abs(single(a - b))));
  }
  return sum;
}

const line = (values: readonly number[]): Points => ({
  nRows: values.length,
  nNumbers: 1,
  nLevels: 0,
  numbers: Float64Array.from(values),
  levels: new Int32Array(),
});

describe('distances in single precision', () => {
  it('lie within the error that is said of them', () => {
    const [reference, query] = makeAwkward(Rng.fromSeed('error'), 200, 60);
    const space = spanSpace(reference);
    const [points, queries] = [placeRows(space, reference), placeRows(space, query)];
    const fitted = mustFit(ask(points, queries));
    let worst = 0;
    for (let row = 0; row < points.nRows; row++)
      for (let q = 0; q < queries.nRows; q++) {
        const exact = sumDistances(points, row, queries, q, 'clipped');
        const off = sumSingle(fitted, points.nNumbers, points.nLevels, row, q) - exact;
        worst = Math.max(worst, Math.abs(off));
      }
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(fitted.error);
    expect(fitted.error).toBeLessThan(1e-4);
  });

  it('keep missing values and those beyond the range at distance 1 or 0, by hand', () => {
    const points = line([0, 0.25, MISSING, 1]);
    const queries = line([MISSING, -40, 1e300, 0.5]);
    const fitted = mustFit(ask(points, queries));
    const sums = [0, 1, 2, 3].map((query) => [0, 1, 2, 3].map((row) => sumSingle(fitted, 1, 0, row, query)));
    expect(sums).toEqual([
      [1, 1, 0, 1],
      [1, 1, 1, 1],
      [1, 1, 1, 1],
      [0.5, 0.25, 1, 0.5],
    ]);
    expect(fitted.queries.stride).toBe(8);
  });

  it('are not computed where numbers are too large or none', () => {
    expect(toSingle(ask(line([0, 2000]), line([1])), 8)).toBeNull();
    expect(toSingle(ask(line([0, -2000]), line([1])), 8)).toBeNull();
    expect(toSingle(ask(line([0, 1]), line([NaN])), 8)).toBeNull();
    expect(toSingle({ ...ask(line([0, 1.5]), line([1])), metric: 'squared' }, 8)).toBeNull();
    expect(toSingle({ ...ask(line([0, 1]), line([1.5])), metric: 'squared' }, 8)).toBeNull();
    expect(toSingle(ask(line([0, 1]), line([1.5])), 8)).not.toBeNull();
  });

  it('hold a band open for sums that are off by the error', () => {
    const bands = { low: Float64Array.of(0.5), high: Float64Array.of(0.75) };
    const { bands: widened, error, reach } = mustFit({ ...ask(line([0, 1]), line([0.5]), 0), bands });
    expect(widened[0]).toBeLessThan(0.5 - error);
    expect(widened[1]).toBeGreaterThan(0.75 + error);
    expect(reach).toBeGreaterThan(2 * error);
    expect([...mustFit(ask(line([0, 1]), line([0.5]))).bands]).toEqual([-1, -1]);
  });
});

describe('an answer is taken at its word', () => {
  const question = ask(line([0, 0.5, 1]), line([0.1, 0.9]));
  const answer = (options?: { readonly wrongBy?: number }) => {
    const near = answerInexactly(question, Rng.fromSeed('sound'), options);
    if (near === null) throw new Error('no answer');
    return near;
  };

  it('where its sums are as exact as is said', () => {
    expect(isSound(question, answer())).toBe(true);
  });

  it('but not where a sum is further off, is no number, or a row is wanting', () => {
    expect(isSound(question, answer({ wrongBy: 1e-3 }))).toBe(false);
    const near = answer();
    expect(isSound(question, { ...near, sums: near.sums.map(() => NaN) })).toBe(false);
    const none = near.starts.map(() => 0);
    expect(isSound(question, { ...near, starts: none })).toBe(false);
    expect(isSound({ ...question, k: 0 }, { ...near, starts: none })).toBe(false);
    expect(
      isSound({ ...question, k: 0 }, { ...near, starts: none, nNearer: near.nNearer.map(() => 2) }),
    ).toBe(true);
    const crowded = { starts: none, isCrowded: near.isCrowded.map(() => 1) };
    expect(isSound(question, { ...near, ...crowded })).toBe(true);
  });
});
