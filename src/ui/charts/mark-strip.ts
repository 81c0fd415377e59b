import { chooseDomain, formatTick, project, type Scale } from './scale';
import { round } from './lines';

/** One figure on a line, with the interval around it where it has one. */
export interface Mark {
  /** Its shape and colour: a diamond, an upright bar, a ring. */
  readonly kind: 'value' | 'ceiling' | 'floor';
  readonly value: number;
  readonly interval?: { readonly low: number; readonly high: number };
}

export interface PlacedMark {
  readonly kind: Mark['kind'];
  /** Per cent of the width from the left. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface MarkPicture {
  readonly marks: readonly PlacedMark[];
  /** Ends of the line in words. */
  readonly left: string;
  readonly right: string;
}

/** Per cent of the width kept free on both sides, so that marks at the ends are whole. */
const MARGIN = 3;
const N_TICKS = 4;

/** Marks on a line of its own scale; `reversed` puts small values on the right. */
export function placeMarks(marks: readonly Mark[], reversed: boolean): MarkPicture {
  const all = marks.flatMap(({ value, interval }) => [
    value,
    ...(interval ? [interval.low, interval.high] : []),
  ]);
  const [min, max] = chooseDomain(all, N_TICKS);
  const scale: Scale = {
    domain: [min, max],
    range: reversed ? [100 - MARGIN, MARGIN] : [MARGIN, 100 - MARGIN],
  };
  const place = (value: number): number => round(project(scale, value));
  const ends = [min, max].map((end) => formatTick(end, (max - min) / N_TICKS));
  return {
    marks: marks.map(({ kind, value, interval }) => {
      const [a, b] = [place(interval?.low ?? value), place(interval?.high ?? value)];
      return { kind, at: place(value), from: Math.min(a, b), to: Math.max(a, b) };
    }),
    left: ends[reversed ? 1 : 0] ?? '',
    right: ends[reversed ? 0 : 1] ?? '',
  };
}
