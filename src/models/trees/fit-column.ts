import type { ColumnSchema } from '../../data/schema';
import type { Column, LevelColumn, NumberColumn } from '../../data/table';
import { chooseRounding } from '../encode/rounding';
import type { Rounding } from '../encode/encoding';
import { fitBoosted } from './boost';
import { BOOST, LEAST_BOOSTED_ROWS, MAX_BOOSTED, MAX_BOOSTED_ROWS } from './boost-settings';
import { chooseGroups } from './choose-groups';
import type { CodeGroups } from './code-groups';
import type { Boosted } from './boosted';
import { describeCodes } from './describe-codes';
import { fitCodes, fitNumbers } from './fit-codes';
import { growTree } from './grow-tree';
import { embedNumbers } from './number-target';
import { pairGroups, type GroupPair } from './pair-groups';
import { findCopies, findOffsetBase, type EarlierNumbers } from './relations';
import type { chooseLimits, TreesSettings } from './settings';
import { poolCodes } from './shared-codes';
import { ChannelTarget, ClassTarget, type SplitFeature } from './split-target';
import { spaceOut } from './space-out';
import type { TreeDraw } from './tree';
import { weighSplits } from './weigh-splits';
import { countCodes, MISSING, type LevelCodes, type NumberCodes } from './value-codes';

/** One column given those drawn before it. Plain data. */
export type ColumnModel = NumberModel | LevelModel;

export interface NumberModel extends TreeDraw {
  readonly kind: 'number';
  readonly codes: NumberCodes;
  /** Earlier column to which the drawn number is added; null = the number is the value. */
  readonly base: number | null;
  /** What the tree tells apart. */
  readonly groups: CodeGroups;
  /** What orders the values within each group. */
  readonly pairs: readonly GroupPair[];
  /** Earlier columns whose value the groups after those of `groups` stand for. */
  readonly copies: readonly number[];
  /** What the column can hold. */
  readonly range: { readonly rounding: Rounding; readonly min: number; readonly max: number };
}

export interface LevelModel extends TreeDraw {
  readonly kind: 'level';
  readonly codes: LevelCodes;
  /** Takes the place of the tree for a target of few classes; class 0 is code `firstCode`. */
  readonly boosted: Boosted | null;
  readonly firstCode: number;
}

/** What a column is learnt from. */
export interface ColumnTask {
  readonly column: Column;
  /** Feature code of each row. */
  readonly ranks: Uint8Array;
  readonly schema: ColumnSchema;
  /** Columns before it, as features. */
  readonly features: readonly SplitFeature[];
  readonly earlier: readonly EarlierNumbers[];
  readonly limits: ReturnType<typeof chooseLimits>;
  readonly settings: TreesSettings;
}

export function fitColumn(task: ColumnTask): ColumnModel {
  return task.column.kind === 'level' ? fitLevel(task, task.column) : fitNumber(task, task.column);
}

function fitLevel({ schema, features, limits, settings }: ColumnTask, column: LevelColumn): LevelModel {
  const { codes, coded } = fitCodes(column, schema, settings);
  if (codes.kind !== 'level') throw new TypeError('levels have codes of levels');
  const known = Int32Array.from(coded.keys()).filter((row) => (coded[row] ?? -1) >= 0);
  const target = new ClassTarget(
    coded.map((code) => Math.max(code, 0)),
    countCodes(codes),
  );
  const firstCode = known.some((row) => coded[row] === MISSING) ? 0 : 1;
  const nClasses = countCodes(codes) - firstCode;
  const isBoosted =
    schema.role === 'target' &&
    settings.boostRounds > 0 &&
    nClasses >= 2 &&
    nClasses <= MAX_BOOSTED &&
    coded.length >= LEAST_BOOSTED_ROWS;
  const boosted = isBoosted
    ? fitBoosted(
        features,
        coded.map((code) => Math.max(code - firstCode, 0)),
        nClasses,
        spaceOut(known, MAX_BOOSTED_ROWS),
        { ...BOOST, nRounds: settings.boostRounds, minBin: settings.levelRows },
      )
    : null;
  const tree = growTree(target, boosted === null ? features : [], coded, known, limits.levels);
  const { weights } = weighSplits(tree, countCodes(codes), settings.shrinkage, settings.weighSplits > 0);
  const pools = poolCodes(tree, countCodes(codes), settings.nodeRows);
  return { kind: 'level', codes, tree, weights, pools, boosted, firstCode };
}

function fitNumber(
  { ranks, schema, features, earlier, limits, settings }: ColumnTask,
  { values }: NumberColumn,
): NumberModel {
  const base = findOffsetBase(values, earlier);
  const baseValues = earlier.find(({ index }) => index === base)?.values ?? null;
  const drawn = baseValues === null ? values : values.map((value, row) => value - (baseValues[row] ?? NaN));
  const range = rangeOf(values, schema);
  const rounding = baseValues === null ? range.rounding : chooseRounding(schema, present(drawn));
  const bounds = baseValues === null ? schema.bounds : null;
  const { codes, coded } = fitNumbers(drawn, { bounds }, rounding, settings);
  const copies = base === null ? findCopies(values, earlier) : [];
  const copied = markCopies(values, copies, earlier);
  const nCodes = countCodes(codes);
  const { counts, means } = describeCodes(coded, drawn, nCodes);
  const embedding = embedNumbers(coded, means, copied, copies.length);
  const target = new ChannelTarget(embedding.channelOf, embedding.channels, embedding.nChannels);
  const targetCodes = coded.map((code, row) => (copied[row] === 0 ? code : nCodes + (copied[row] ?? 1) - 1));
  const rows = Int32Array.from(coded.keys());
  const fine = growTree(target, features, targetCodes, rows, limits.numbers);
  const { groups, tree, weights } = chooseGroups(fine, { counts, means, nCopies: copies.length }, settings);
  const groupOfRow = targetCodes.map((code) => groups.groupOf[code] ?? groups.nGroups);
  const pairs = pairGroups(drawn, ranks, groupOfRow, groups.nGroups, earlier);
  const pools = poolCodes(tree, groups.nGroups + copies.length, settings.nodeRows);
  return { kind: 'number', codes, groups, pairs, base, copies, range, tree, weights, pools };
}

function present(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

function rangeOf(values: Float64Array, schema: ColumnSchema): NumberModel['range'] {
  const there = present(values);
  const min = there.reduce((least, value) => Math.min(least, value), Infinity);
  const max = there.reduce((most, value) => Math.max(most, value), -Infinity);
  return {
    rounding: chooseRounding(schema, there),
    min: Math.max(min, schema.bounds?.min ?? -Infinity),
    max: Math.min(max, schema.bounds?.max ?? Infinity),
  };
}

/** Number of the copy that each row is, from 1; 0 = none. */
function markCopies(
  values: Float64Array,
  copies: readonly number[],
  earlier: readonly EarlierNumbers[],
): Uint8Array {
  const marks = new Uint8Array(values.length);
  copies.forEach((index, i) => {
    const base = earlier.find((column) => column.index === index)?.values;
    values.forEach((value, row) => {
      if (marks[row] === 0 && value === base?.[row]) marks[row] = i + 1;
    });
  });
  return marks;
}
