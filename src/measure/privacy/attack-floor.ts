import type { Table } from '../../data/table';
import { takeFirst, type EvaluationContext } from '../evaluation-context';
import { isSkipped, type Measured, type NoYardstick } from '../measure';

/** People of either side, or predicates, that an attack on train's shuffled columns tries: enough to say where the floor lies. */
export const FLOOR_ATTACKS = 500;
/** People of either side whom membership is asked about there, and as many as small rates of false alarms take. */
const FLOOR_ASKED = 2000;
const FLOOR_ASKED_FOR_RATES = 10_100;
/** Rows of shuffled columns that are searched for near ones, and rows of them that a learner is taught on. */
const FLOOR_ROWS = 10_000;
export const FLOOR_TAUGHT = 2000;

/** Train's columns, each shuffled, as many rows as the synthetic table has: what an attack gets from a table of no record. */
export function takeFloor({ compared: { shuffled, synthetic } }: EvaluationContext): Table {
  return takeFirst(shuffled, synthetic.nRows);
}

/** {@link takeFloor}, at most 10,000 rows of it, for attacks that search for near rows. */
export function takeSmallFloor(context: EvaluationContext): Table {
  return takeFirst(takeFloor(context), FLOOR_ROWS);
}

/** People of either side whom membership is asked about: as many as show every rate that such a holdout can show. */
export function countFloorAsked(nHoldout: number): number {
  return nHoldout < FLOOR_ASKED_FOR_RATES ? Math.min(FLOOR_ASKED, nHoldout) : FLOOR_ASKED_FOR_RATES;
}

/** Floor of a finding from the same attack on shuffled columns, or the reason for none. */
export function floorOf<T extends object>(
  found: Measured<T>,
  read: (result: T) => number,
): { readonly floor: number | null; readonly noYardstick?: NoYardstick } {
  return isSkipped(found)
    ? { floor: null, noYardstick: { floor: `asked of train's shuffled columns, ${found.reason}` } }
    : { floor: read(found) };
}
