/** A number the program shows, with its yardsticks. What could not be computed is a Skipped, never a score. */
export interface Measure {
  /** Stable id, documented in docs/measures.md. */
  readonly id: string;
  readonly value: number;
  /** Number of rows, columns or pairs it rests on (see its entry in docs/measures.md). */
  readonly n: number;
  readonly direction: 'higher-is-better' | 'lower-is-better';
  /** The same measure of train against holdout; null when there is no holdout. */
  readonly ceiling: number | null;
  /** The same measure of independently shuffled train columns; null where there is none. */
  readonly floor: number | null;
  /** What it means here, in one plain sentence. */
  readonly sentence: string;
  readonly parts: readonly MeasurePart[];
}

export interface MeasurePart {
  /** One column, or two for a pair. */
  readonly columns: readonly string[];
  /** Null when it could not be computed or does not count; `note` says why. */
  readonly value: number | null;
  readonly note: string | null;
  /** People it is limited to, e.g. "sex = female"; of an overall score, the property that it is the score of. */
  readonly group?: string;
  /** What sampling noise alone leaves of a perfect table, where parts are ranked by how far they lie below it. */
  readonly expected?: number;
  /** What is compared, in train and in the other table, where `value` is a difference of two figures. */
  readonly sides?: { readonly train: number; readonly other: number };
}

export type Family = 'fidelity' | 'utility' | 'privacy';
export const FAMILIES: readonly Family[] = ['fidelity', 'utility', 'privacy'];

/** A measure as an evaluation keeps it: with its uncertainty, its family and the seed that repeats it. */
export interface FinishedMeasure extends Measure {
  readonly family: Family;
  /** 95 %; its entry in docs/measures.md says how it was come by. */
  readonly interval: Interval;
  /** What sampling noise alone leaves of a perfect table of this size, where there is a formula for it. */
  readonly expected?: number;
  /** Value less ceiling, with an interval of its own: both are scored on the same rows, so it is the narrower one. */
  readonly difference?: Bounded;
  /** How often an attack succeeded, beside its yardsticks. */
  readonly attack?: AttackFigures;
  /** True for a diagnostic of copying, which is no evidence of privacy. */
  readonly isDiagnostic?: boolean;
  /** Why a yardstick is wanting; for the end of a sentence. */
  readonly noYardstick?: NoYardstick;
  /** Lines of a chart, each of at most about a hundred points. */
  readonly curves?: readonly Curve[];
  /** Where rows that may lie near were looked for, if not by the processor. Figures do not depend on it. */
  readonly distances?: 'graphics';
  readonly seed: number;
}

/** Why there is no ceiling where no rows were held out. */
export const NO_HOLDOUT = 'there is no holdout';

/** Why floor or ceiling is null. */
export interface NoYardstick {
  readonly floor?: string;
  readonly ceiling?: string;
}

/** A figure with its 95 % interval. */
export interface Bounded {
  readonly value: number;
  readonly interval: Interval;
}

/** Shares of attempts that succeeded. */
export interface AttackFigures {
  readonly nAttempts: number;
  /** Against people of train. */
  readonly success: Bounded;
  /** The same attack against people of the holdout. */
  readonly control: Bounded;
  /** Guessing against people of train; null where the control is all there is to guess by. */
  readonly baseline: Bounded | null;
}

/** One line of a chart: the ROC curve (false against true positives), or what was predicted against what came true. */
export interface Curve {
  readonly chart: 'roc' | 'calibration';
  readonly series: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface Skipped {
  readonly id: string;
  readonly reason: string;
}

/** A result, or why there is none: what could not be computed never turns into a number. */
export type Measured<T extends object> = T | Skipped;

export function isSkipped(result: object): result is Skipped {
  return 'reason' in result;
}

/** Ends of a 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Evidence {
  readonly measures: readonly Measure[];
  readonly skipped: readonly Skipped[];
  /** The sample of rows that the measures rest on; left out where every row was compared. */
  readonly sample?: RowSample;
}

/** Rows drawn out of tables too long to be compared whole. */
export interface RowSample {
  readonly train: RowsUsed;
  readonly holdout: RowsUsed | null;
  readonly synthetic: RowsUsed;
  /** Seed of the draw. */
  readonly seed: number;
  readonly sentence: string;
}

export interface RowsUsed {
  readonly nRows: number;
  readonly nUsed: number;
}
