import { FailureError } from '../../data/failure';
import type { ModelConfig } from '../synthesizer';

export interface ArgnSettings {
  /** Rows of train behind a level, and at or beyond each end of a range. */
  readonly k: number;
  /** Rows behind a number that is written as it is. */
  readonly atomRows: number;
  /** Rows behind a range of other numbers. */
  readonly binRows: number;
  /** Groups of neighbouring values that a net tells apart in a number, about; 0 = by the size of the table. */
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
  /** Adam's largest rate, in units of 1e-4; 0 = by the size of the table. */
  readonly learningRate: number;
}

export const ARGN_DEFAULTS: ArgnSettings & ModelConfig = {
  k: 5,
  atomRows: 10,
  binRows: 20,
  groups: 0,
  knots: 0,
  hidden: 0,
  parents: 0,
  batchSize: 0,
  epochs: 15,
  learningRate: 0,
};

/** Largest number any setting takes: classes are numbered in 16 bits. */
const MOST = 10_000;

const MAY_BE_ZERO: readonly string[] = ['groups', 'knots', 'hidden', 'parents', 'batchSize', 'learningRate'];

/** Reads a config over the defaults. Throws `option-invalid` for an unknown key or a value out of range. */
export function readArgnSettings(config: ModelConfig): ArgnSettings {
  const unknown = Object.keys(config).find((key) => !(key in ARGN_DEFAULTS));
  if (unknown !== undefined) throw invalid(`has no setting "${unknown}"`);
  const settings: Record<string, unknown> = { ...ARGN_DEFAULTS, ...config };
  for (const [key, value] of Object.entries(settings)) {
    const least = MAY_BE_ZERO.includes(key) ? 0 : 1;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > MOST)
      throw invalid(`needs a whole number from ${least} to ${MOST} for "${key}"`);
  }
  return settings as unknown as ArgnSettings;
}

/** The size of each net and how it is taught. */
export interface NetSize {
  readonly groups: number;
  readonly knots: number;
  readonly hidden: number;
  /** Most columns that a net looks at. */
  readonly parents: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** Adam's largest rate. */
  readonly learningRate: number;
}

/** Sizes by rows of the table, the largest first: the fewer rows, the less room a net has to learn them by heart. */
const SIZES = [
  { from: 20_000, knots: 8, hidden: 32, parents: Infinity, rate: 60 },
  { from: 5000, knots: 6, hidden: 16, parents: 16, rate: 100 },
  { from: 0, knots: 3, hidden: 8, parents: 6, rate: 100 },
] as const;

/** What is left to the size of the table, chosen. */
export function chooseSize(settings: ArgnSettings, nRows: number): NetSize {
  const size = SIZES.find(({ from }) => nRows >= from) ?? SIZES[2];
  const batch = 2 ** Math.round(Math.log2(Math.max(1, nRows / 100)));
  const { groups, knots, hidden, parents, batchSize, epochs, learningRate } = settings;
  return {
    groups: groups > 0 ? groups : Math.min(100, Math.max(8, Math.round(0.6 * Math.sqrt(nRows)))),
    knots: knots > 0 ? knots : size.knots,
    hidden: hidden > 0 ? hidden : size.hidden,
    parents: parents > 0 ? parents : size.parents,
    batchSize: batchSize > 0 ? batchSize : Math.min(1024, Math.max(32, batch)),
    epochs,
    learningRate: 1e-4 * (learningRate > 0 ? learningRate : size.rate),
  };
}

/** Controls against memorisation in force, in words. */
export function describeArgnControls(settings: ArgnSettings, nRows: number): string[] {
  const { k, atomRows, binRows } = settings;
  const { groups, knots, hidden, parents, epochs } = chooseSize(settings, nRows);
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
