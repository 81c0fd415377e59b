import { evaluate } from '../../src/measure/evaluate';
import { EVALUATION_SPECS } from '../../src/measure/evaluation-specs';
import { Rng } from '../../src/math/rng';
import { makePeople, PEOPLE_KINDS } from './made-people';

/** Value, ends of the interval, floor and ceiling by id. */
export type KnownFigures = Readonly<Record<string, readonly (number | null)[]>>;

/** The figures of made-up tables: the same wherever they are computed. */
export async function evaluateKnown(): Promise<KnownFigures> {
  const { measures } = await evaluate(EVALUATION_SPECS, {
    train: makePeople(300, 'known/train'),
    holdout: makePeople(150, 'known/holdout'),
    synthetic: makePeople(200, 'known/synthetic'),
    kinds: PEOPLE_KINDS,
    options: { seed: 11, target: 'smoker' },
    likelihood: { train: drawNormals(300, 'known/of-train'), holdout: drawNormals(150, 'known/of-holdout') },
  });
  return Object.fromEntries(
    measures.map(({ id, value, interval, floor, ceiling }) => [
      id,
      [value, interval.low, interval.high, floor, ceiling],
    ]),
  );
}

function drawNormals(n: number, seed: string): Float64Array {
  const rng = Rng.fromSeed(seed);
  return Float64Array.from({ length: n }, () => rng.normal());
}
