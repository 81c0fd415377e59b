import { evaluate } from '../../src/measure/evaluate';
import { FIDELITY_SPECS } from '../../src/measure/fidelity/fidelity-specs';
import { makePeople, PEOPLE_KINDS } from './made-people';

/** Value, ends of the interval, floor and ceiling by id. */
export type KnownFigures = Readonly<Record<string, readonly (number | null)[]>>;

/** The figures of made-up tables: the same wherever they are computed. */
export async function evaluateKnown(): Promise<KnownFigures> {
  const { measures } = await evaluate(FIDELITY_SPECS, {
    train: makePeople(300, 'known/train'),
    holdout: makePeople(150, 'known/holdout'),
    synthetic: makePeople(200, 'known/synthetic'),
    kinds: PEOPLE_KINDS,
    options: { seed: 11 },
  });
  return Object.fromEntries(
    measures.map(({ id, value, interval, floor, ceiling }) => [
      id,
      [value, interval.low, interval.high, floor, ceiling],
    ]),
  );
}
