import { FailureError } from '../../data/failure';
import type { ModelConfig } from '../synthesizer';
import { MAX_BOOSTED } from '../trees/boost-settings';

export interface ArgnSettings {
  /** Rows of train behind a level, and at or beyond each end of a range. */
  readonly k: number;
  /** Rows behind a number that is written as it is. */
  readonly atomRows: number;
  /** Rows behind a range of other numbers; 0 = by the size of the table. */
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
  /** Times that each net sees all of train; 0 = by the size of the table. */
  readonly epochs: number;
  /** Adam's largest rate, in units of 1e-4; 0 = by the size of the table. */
  readonly learningRate: number;
  /** Pull of the weights towards zero, in units of 1e-4; 0 = by the size of the table. */
  readonly weightDecay: number;
  /** Rounds of boosted trees that a target of few levels is drawn from ({@link countRounds}); 0 = from a net, as other columns. */
  readonly boostRounds: number;
}

export const ARGN_DEFAULTS: ArgnSettings & ModelConfig = {
  k: 5,
  atomRows: 10,
  binRows: 0,
  groups: 0,
  knots: 0,
  hidden: 0,
  parents: 0,
  batchSize: 0,
  epochs: 0,
  learningRate: 0,
  weightDecay: 0,
  boostRounds: 45,
};

/** Largest number any setting takes: classes are numbered in 16 bits. */
const MOST = 10_000;

/** Settings that need a value of their own; 0 leaves the others to the size of the table, but for the rounds of trees. */
const ALWAYS_SET: readonly string[] = ['k', 'atomRows'];
/** Of settings that are small numbers. */
const UNIT = 1e-4;

/** Reads a config over the defaults. Throws `option-invalid` for an unknown key or a value out of range. */
export function readArgnSettings(config: ModelConfig): ArgnSettings {
  const unknown = Object.keys(config).find((key) => !(key in ARGN_DEFAULTS));
  if (unknown !== undefined) throw invalid(`has no setting "${unknown}"`);
  const settings: Record<string, unknown> = { ...ARGN_DEFAULTS, ...config };
  for (const [key, value] of Object.entries(settings)) {
    const least = ALWAYS_SET.includes(key) ? 1 : 0;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > MOST)
      throw invalid(`needs a whole number from ${least} to ${MOST} for "${key}"`);
  }
  return settings as unknown as ArgnSettings;
}

/** The size of each net and how it is taught. */
export interface NetSize {
  readonly binRows: number;
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

/** Rows from which smaller steps suffice. */
const LARGE = 20_000;
/** Rows seen in all epochs together, above which there are fewer of them. */
const MOST_SEEN = 500_000;

/**
 * What is left to the size of the table, chosen. The fewer rows, the less room a net has to learn them by heart: it sees
 * fewer columns and knots through fewer units, and its weights are held more. Measured: docs/argn.md.
 */
export function chooseSize(settings: ArgnSettings, nRows: number): NetSize {
  const root = Math.sqrt(nRows);
  const bySize: NetSize = {
    binRows: between(20, Math.min(40_000 / nRows, nRows / 8), 40),
    groups: between(8, Math.max(0.6 * root, nRows / 140), 200),
    knots: between(3, root / 14, 8),
    hidden: 4 * between(2, nRows / 2500, 5),
    parents: between(4, root / 5, 48),
    batchSize: between(32, 2 ** Math.round(Math.log2(Math.max(1, nRows / 100))), 512),
    epochs: between(3, MOST_SEEN / nRows, 15),
    learningRate: nRows >= LARGE ? 6e-3 : 1.5e-2,
  };
  const set = Object.entries(settings).filter(([key, value]) => key in bySize && value > 0);
  const inUnits = set.map(([key, value]) => [key, key === 'learningRate' ? UNIT * value : value]);
  return { ...bySize, ...(Object.fromEntries(inUnits) as Partial<NetSize>) };
}

/**
 * Pull of the weights of a net towards zero: the stronger, the fewer rows it has for each row of its inputs. A net of few
 * inputs has nothing to learn rows by and is left free.
 */
export function chooseDecay({ weightDecay }: ArgnSettings, nRows: number, nInputRows: number): number {
  if (weightDecay > 0) return UNIT * weightDecay;
  return Math.min(1e-2, Math.max(1e-4, (100 * nInputRows) / nRows ** 2));
}

/** The nearest whole number from `least` to `most`. */
function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round(value)));
}

/**
 * Rounds of boosted trees for a target: twice as many in tables that are not large. There they cost little, and take from the
 * spread of what is learnt without telling more of train (docs/argn.md).
 */
export function countRounds({ boostRounds }: ArgnSettings, nRows: number): number {
  return nRows >= LARGE ? boostRounds : 2 * boostRounds;
}

/** Controls against memorisation in force, in words. */
export function describeArgnControls(settings: ArgnSettings, nRows: number): string[] {
  const { k, atomRows } = settings;
  const nRounds = countRounds(settings, nRows);
  const { binRows, groups, knots, hidden, parents, epochs } = chooseSize(settings, nRows);
  return [
    `a number is written as it is only when at least ${atomRows} rows of train share it; all others are drawn afresh from ranges of at least ${binRows} rows`,
    `levels of fewer than ${k} rows are not learnt, and ranges end where at least ${k} rows lie at or beyond`,
    `nets tell about ${groups} groups of neighbouring values apart; which of a group is drawn from all of train`,
    `each column has a net of ${hidden} hidden units that looks at most at ${parents} columns before it, those that say most about it, numbers smoothed over ${knots} knots; it sees train ${epochs} times, its weights held towards zero the more, the more it looks at and the fewer rows there are`,
    ...(nRounds > 0
      ? [
          `a target of at most ${MAX_BOOSTED} levels is drawn from ${nRounds} small boosted trees, whose leaves are drawn towards zero`,
        ]
      : []),
  ];
}

function invalid(problem: string): FailureError {
  return new FailureError({ code: 'option-invalid', message: `The model "argn" ${problem}.` });
}
