import { FailureError } from '../../data/failure';
import type { ModelConfig } from '../synthesizer';
import type { GrowthLimits } from './grow-tree';

export interface TreesSettings {
  /** Rows of train behind a level, and at or beyond each end of a range. */
  readonly k: number;
  /** Rows behind a number that is written as it is. */
  readonly atomRows: number;
  /** Rows behind a range of other numbers. */
  readonly binRows: number;
  /** Groups of neighbouring values that a tree tells apart, about; 0 = as many as pay by rows left out. */
  readonly groups: number;
  /** Rows in a leaf at least; 0 = by the size of the table. */
  readonly minLeaf: number;
  /** Smallest gain that is worth a split; 0 = by the size of the table. */
  readonly minGain: number;
  /** Rows by which even the best split is held back towards the node above it. */
  readonly shrinkage: number;
  /** Rows of a node behind a level of an earlier column that a split sends its own way; levels of fewer go together. */
  readonly levelRows: number;
  /** Rows of a node that share a code where it is drawn; 1 = a single row is enough. */
  readonly nodeRows: number;
  /** 1 = the say of each split is judged by rows left out; 0 = every split keeps all that shrinkage leaves it. */
  readonly weighSplits: number;
  /** Rounds of boosting for the target; 0 = one tree as for other columns. */
  readonly boostRounds: number;
}

export const TREES_DEFAULTS: TreesSettings & ModelConfig = {
  k: 5,
  atomRows: 10,
  binRows: 20,
  groups: 0,
  minLeaf: 0,
  minGain: 0,
  shrinkage: 8,
  levelRows: 30,
  nodeRows: 3,
  weighSplits: 1,
  boostRounds: 80,
};

const MAY_BE_ZERO: readonly string[] = [
  'groups',
  'minLeaf',
  'minGain',
  'shrinkage',
  'weighSplits',
  'boostRounds',
];

/** Reads a config over the defaults. Throws `option-invalid` for an unknown key or a value out of range. */
export function readTreesSettings(config: ModelConfig): TreesSettings {
  const unknown = Object.keys(config).find((key) => !(key in TREES_DEFAULTS));
  if (unknown !== undefined) throw invalid(`has no setting "${unknown}"`);
  const settings: Record<string, unknown> = { ...TREES_DEFAULTS, ...config };
  for (const [key, value] of Object.entries(settings)) {
    const least = MAY_BE_ZERO.includes(key) ? 0 : 1;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least)
      throw invalid(`needs a whole number of at least ${least} for "${key}"`);
  }
  return settings as unknown as TreesSettings;
}

/** Columns from which a table counts as wide. */
const WIDE = 30;
/** Rows from which a wide table affords smaller leaves. */
const LARGE = 5000;

/** Smallest leaves and gains for a table of that size. */
export function chooseLimits(
  { minLeaf, minGain, levelRows: minBin }: TreesSettings,
  nRows: number,
  nColumns: number,
): { readonly numbers: GrowthLimits; readonly levels: GrowthLimits } {
  const isWide = nColumns >= WIDE && nRows >= LARGE;
  const leaf = minLeaf > 0 ? minLeaf : isWide ? 10 : 30;
  return {
    numbers: { minLeaf: leaf, minBin, minGain: minGain > 0 ? minGain : isWide ? 4 : 6 },
    levels: { minLeaf: leaf, minBin, minGain: minGain > 0 ? minGain : 6 },
  };
}

/** Controls against memorisation in force, in words. */
export function describeTreesControls(settings: TreesSettings, nRows: number, nColumns: number): string[] {
  const { k, atomRows, binRows, groups, levelRows, nodeRows, shrinkage, weighSplits } = settings;
  const { minLeaf } = chooseLimits(settings, nRows, nColumns).levels;
  const leaves = `every value is drawn from at least ${minLeaf} rows of train that are alike in some columns, and leaves are drawn towards the nodes above them`;
  return [
    `a number is written as it is only when at least ${atomRows} rows of train share it; all others are drawn afresh from ranges of at least ${binRows} rows`,
    `levels of fewer than ${k} rows are not learnt, and ranges end where at least ${k} rows lie at or beyond`,
    `a split tells a level apart only where at least ${levelRows} rows of its node have it, and a leaf draws a value of its own only where at least ${nodeRows} of its rows share it; other values come from the nodes above it`,
    weighSplits > 0
      ? `${leaves}, as far as rows left out of the count say that they should be`
      : `${leaves} (strength ${shrinkage})`,
    ...(groups > 0
      ? [
          `trees tell about ${groups} groups of neighbouring values apart; which of a group is drawn from all of train`,
        ]
      : []),
  ];
}

function invalid(problem: string): FailureError {
  return new FailureError({ code: 'option-invalid', message: `The model "trees" ${problem}.` });
}
