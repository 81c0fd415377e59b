import type { FinishedMeasure } from '../../../measure/measure';

/**
 * Where a value lies between its yardsticks. `reached`: at its ceiling, or beyond it, by the interval. `near` and `far`: nearer
 * to the ceiling or to the floor. `floor`: no better than the floor. `unknown`: there is no ceiling to hold it against.
 */
export type Place = 'reached' | 'near' | 'far' | 'floor' | 'unknown';

type Placed = Pick<FinishedMeasure, 'value' | 'interval' | 'floor' | 'ceiling' | 'direction'>;

/** Yardsticks that lie closer together than this tell nothing apart. */
const SAME = 1e-9;

/** Where a measure lies, its interval taken into account at the ceiling only. */
export function placeMeasure(measure: Placed): Place {
  const { value, interval, floor, ceiling, direction } = measure;
  if (ceiling === null) return 'unknown';
  const sign = direction === 'higher-is-better' ? 1 : -1;
  const best = sign > 0 ? interval.high : -interval.low;
  if (best >= sign * ceiling - SAME) return 'reached';
  if (floor === null || sign * (ceiling - floor) <= SAME) return 'far';
  if (sign * (value - floor) <= 0) return 'floor';
  return measureShortfall(measure) < 0.5 ? 'near' : 'far';
}

/** How far a value falls short of its ceiling: 0 at the ceiling, 1 at the floor, above 1 below the floor; NaN without both. */
export function measureShortfall({ value, floor, ceiling }: Placed): number {
  if (floor === null || ceiling === null || Math.abs(ceiling - floor) <= SAME) return NaN;
  return (ceiling - value) / (ceiling - floor);
}

/** True where the floor is better than the ceiling, so that the two cannot tell good from bad: no place between them says anything. */
export function isCrossed({ floor, ceiling, direction }: Omit<Placed, 'value' | 'interval'>): boolean {
  if (floor === null || ceiling === null) return false;
  return (direction === 'higher-is-better' ? 1 : -1) * (ceiling - floor) < -SAME;
}

const PLACE_WORDS: Readonly<Record<Place, string>> = {
  reached: 'at the ceiling',
  near: 'nearer the ceiling',
  far: 'short of the ceiling',
  floor: 'no better than the floor',
  unknown: 'no ceiling',
};

/** The place of a measure in words; attacks are told by their control. */
export function tellPlace(measure: Placed & Pick<FinishedMeasure, 'attack'>): string {
  if (measure.attack === undefined && isCrossed(measure))
    return 'not told: the floor is better than the ceiling';
  const place = placeMeasure(measure);
  if (measure.attack === undefined || place === 'unknown') return PLACE_WORDS[place];
  return place === 'reached' ? 'not above the control' : 'above the control';
}
