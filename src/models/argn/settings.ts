import { FailureError } from '../../data/failure';
import type { ModelConfig } from '../synthesizer';

export interface ArgnSettings {
  /** Rows of train behind a level, and at or beyond each end of a range. */
  readonly k: number;
  /** Rows behind a number that is written as it is. */
  readonly atomRows: number;
  /** Rows behind a range of other numbers. */
  readonly binRows: number;
  /** Groups of neighbouring values that a net tells apart in a number, about. */
  readonly groups: number;
  /** Knots by which a number enters the nets after it; 0 = by the size of the table. */
  readonly knots: number;
  /** Hidden units of each net; 0 = by the size of the table. */
  readonly hidden: number;
  /** Columns that a net looks at, those that say most about its own; 0 = by the size of the table. */
  readonly parents: number;
  /** Rows a step; 0 = by the size of the table. */
  readonly batchSize: number;
  /** Times that each net sees all of train. */
  readonly epochs: number;
  /** Adam's largest rate, in units of 1e-4. */
  readonly learningRate: number;
}

export const ARGN_DEFAULTS: ArgnSettings & ModelConfig = {
  k: 5,
  atomRows: 10,
  binRows: 20,
  groups: 100,
  knots: 0,
  hidden: 0,
  parents: 0,
  batchSize: 0,
  epochs: 10,
  learningRate: 60,
};

const MAY_BE_ZERO: readonly string[] = ['knots', 'hidden', 'parents', 'batchSize'];

/** Reads a config over the defaults. Throws `option-invalid` for an unknown key or a value out of range. */
export function readArgnSettings(config: ModelConfig): ArgnSettings {
  const unknown = Object.keys(config).find((key) => !(key in ARGN_DEFAULTS));
  if (unknown !== undefined) throw invalid(`has no setting "${unknown}"`);
  const settings: Record<string, unknown> = { ...ARGN_DEFAULTS, ...config };
  for (const [key, value] of Object.entries(settings)) {
    const least = MAY_BE_ZERO.includes(key) ? 0 : 1;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least)
      throw invalid(`needs a whole number of at least ${least} for "${key}"`);
  }
  return settings as unknown as ArgnSettings;
}

/** The size of each net and how it is taught. */
export interface NetSize {
  readonly knots: number;
  readonly hidden: number;
  /** Most columns that a net looks at. */
  readonly parents: number;
  readonly batchSize: number;
}

/** Rows from which a table affords larger nets that look at all columns. */
const LARGE = 20_000;

/** What is left to the size of the table, chosen: small tables get small nets, which have no room to learn rows by heart. */
export function chooseSize(settings: ArgnSettings, nRows: number): NetSize {
  const isLarge = nRows >= LARGE;
  const batch = 2 ** Math.round(Math.log2(Math.max(1, nRows / 100)));
  const { knots, hidden, parents, batchSize } = settings;
  return {
    knots: knots > 0 ? knots : isLarge ? 8 : 6,
    hidden: hidden > 0 ? hidden : isLarge ? 32 : 16,
    parents: parents > 0 ? parents : isLarge ? Infinity : 16,
    batchSize: batchSize > 0 ? batchSize : Math.min(1024, Math.max(32, batch)),
  };
}

/** Controls against memorisation in force, in words. */
export function describeArgnControls(settings: ArgnSettings, nRows: number): string[] {
  const { k, atomRows, binRows, groups, epochs } = settings;
  const { knots, hidden, parents } = chooseSize(settings, nRows);
  const looks = Number.isFinite(parents)
    ? `at most ${parents} columns before it, those that say most about it`
    : 'the columns before it';
  return [
    `a number is written as it is only when at least ${atomRows} rows of train share it; all others are drawn afresh from ranges of at least ${binRows} rows`,
    `levels of fewer than ${k} rows are not learnt, and ranges end where at least ${k} rows lie at or beyond`,
    `nets tell about ${groups} groups of neighbouring values apart; which of a group is drawn from all of train`,
    `each column has a net of ${hidden} hidden units that looks at ${looks}, numbers smoothed over ${knots} knots, and sees train ${epochs} times`,
  ];
}

function invalid(problem: string): FailureError {
  return new FailureError({ code: 'option-invalid', message: `The model "argn" ${problem}.` });
}
