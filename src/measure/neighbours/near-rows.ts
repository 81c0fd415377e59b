import type { Metric, Points } from './points';

/**
 * Which rows lie near: asked of a device that computes distances fast and inexactly, of whose answer every row is measured
 * again. Distances here are sums over columns.
 */
export interface NearQuestion {
  readonly points: Points;
  readonly queries: Points;
  readonly metric: Metric;
  /** Wanted are all rows that may be among the k nearest of a query; 0 = none for that reason. */
  readonly k: number;
  /** Wanted are all rows, too, whose sum may lie in a query's band; of those certainly nearer the number is enough. */
  readonly bands: { readonly low: Float64Array; readonly high: Float64Array } | null;
}

/** The rows that were asked for, and others that lie about as near. */
export interface NearRows {
  /** Where each query's rows begin in `rows`, and where the last one's end. */
  readonly starts: Uint32Array;
  /** Ascending for each query. */
  readonly rows: Uint32Array;
  /** The device's own sum for each of `rows`: within `error` of the exact one. */
  readonly sums: Float32Array;
  readonly error: number;
  /** Rows certainly nearer than a query's band. */
  readonly nNearer: Uint32Array;
  /** 1 where a query has too many rows that lie about as near: nothing is said of it. */
  readonly isCrowded: Uint8Array;
}

/** A computation that asks which rows lie near, and finds out for itself where the answer is null. */
export type Asking<T> = Generator<NearQuestion, T, NearRows | null>;

/** Runs a computation that gets no answers. */
export function runAlone<T>(asking: Asking<T>): T {
  let step = asking.next();
  while (step.done !== true) step = asking.next(null);
  return step.value;
}

/** Runs a computation, its questions put to a device that may answer null. */
export async function runWith<T>(
  asking: Asking<T>,
  answer: (question: NearQuestion) => Promise<NearRows | null>,
): Promise<T> {
  let step = asking.next();
  while (step.done !== true) step = asking.next(await answer(step.value));
  return step.value;
}
