import type { Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import type { EvaluationSpec, Finding } from '../evaluate';
import { MIN_EQUAL_ROWS, type EvaluationContext } from '../evaluation-context';
import { NO_HOLDOUT, type Interval, type Measured, type MeasurePart } from '../measure';
import { foreseeAll, sizesOf, type Lack, type Sizes } from '../needs';
import { runAlone, type Asking } from '../neighbours/near-rows';
import { askApart } from '../watch';

/** A figure of one table held against train. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
  readonly n: number;
  readonly parts?: readonly MeasurePart[];
  /** True where parts come worst first by another rule than their value. */
  readonly isRanked?: boolean;
  readonly expected?: number;
  /** What was sampled, as a further sentence; left out where every row was compared. */
  readonly sampled?: string;
}

/** Why there is no figure. */
export interface Reason {
  readonly reason: string;
}

/** What a fidelity measure is called and how it reads. */
export interface FidelityTitle {
  readonly id: string;
  readonly direction: Finding['direction'];
  /** Parts come worst first. */
  readonly sentence: (estimate: Estimate) => string;
}

export interface FidelitySpec {
  readonly titles: readonly FidelityTitle[];
  /** `whole` tables, or as many rows of each as the smallest has: for figures that depend on the number of rows. */
  readonly sizes: 'whole' | 'equal';
  /** Rows that every table needs. */
  readonly minRows: number;
  /** Reads train once, and answers how to hold another table against it: one result a title. */
  readonly prepare: (train: Table, context: EvaluationContext, rng: Rng) => Compare;
}

/** A fidelity measure that asks which rows lie near. */
export interface AskingFidelitySpec extends Omit<FidelitySpec, 'prepare'> {
  readonly ask: (train: Table, context: EvaluationContext, rng: Rng) => Asking<AskingCompare>;
}

type Compare = (other: Table) => readonly (Estimate | Reason)[];
type AskingCompare = (other: Table) => Asking<readonly (Estimate | Reason)[]>;

/**
 * A fidelity measure as a step of an evaluation: the synthetic table held against train, train's shuffled columns for the
 * floor and the holdout for the ceiling, all by the same random draws. Under `equal` the other tables have as many rows as
 * the smallest one, and train is whole unless the measure itself takes fewer.
 */
export function holdAgainstTrain(spec: FidelitySpec | AskingFidelitySpec): EvaluationSpec {
  const ask = (context: EvaluationContext, rng: Rng) => askComparisons(spec, context, rng);
  return {
    ...('ask' in spec ? { ask } : {}),
    family: 'fidelity',
    ids: spec.titles.map(({ id }) => id),
    foresee: ({ sizes }) =>
      foreseeAll(
        spec.titles.map(({ id }) => id),
        findLack(sizes, spec.minRows),
      ),
    measure: (context, rng) => runAlone(ask(context, rng)),
  };
}

function* askComparisons(
  spec: FidelitySpec | AskingFidelitySpec,
  context: EvaluationContext,
  rng: Rng,
): Asking<readonly Measured<Finding>[]> {
  const { synthetic, shuffled, holdout } = spec.sizes === 'whole' ? context.compared : context.equal;
  const { kinds, train, synthetic: drawn } = context;
  const lack = findLack(sizesOf(train, holdout, drawn, kinds), spec.minRows);
  if (lack !== null) return spec.titles.map(({ id }) => ({ id, reason: lack.reason }));
  const compare = yield* askCompare(spec, context, rng);
  const own = yield* compare(synthetic);
  if (own.every((each) => 'reason' in each)) return spec.titles.map((title, i) => build(title, own[i]));
  const floor = yield* askApart(context, 'floor', compare(shuffled));
  const wanting = findWanting(holdout, spec, synthetic.nRows);
  const ceiling =
    holdout === null || wanting !== null ? null : yield* askApart(context, 'ceiling', compare(holdout));
  return spec.titles.map((title, i) =>
    build(title, own[i], floor[i], ceiling === null ? { reason: wanting ?? '' } : ceiling[i]),
  );
}

/** Why there is no ceiling; null where there is one. */
function findWanting(
  holdout: Table | null,
  { sizes, minRows }: Pick<FidelitySpec, 'sizes' | 'minRows'>,
  nCompared: number,
): string | null {
  if (holdout === null) return NO_HOLDOUT;
  const { nRows } = holdout;
  const least = sizes === 'equal' && nRows < nCompared ? MIN_EQUAL_ROWS : minRows;
  return nRows < least ? `the holdout has ${nRows} rows, and this takes at least ${least}` : null;
}

function* askCompare(
  spec: FidelitySpec | AskingFidelitySpec,
  context: EvaluationContext,
  rng: Rng,
): Asking<AskingCompare> {
  const { train } = context.compared;
  if ('ask' in spec) return yield* spec.ask(train, context, rng);
  const compare = spec.prepare(train, context, rng);
  return function* (other) {
    return compare(other);
  };
}

function findLack({ train, synthetic, nColumns }: Sizes, minRows: number): Lack | null {
  if (nColumns === 0) return { reason: 'there is no column to compare', wanting: 'columns' };
  for (const [name, nRows] of [['train', train] as const, ['the synthetic table', synthetic] as const])
    if (nRows < minRows)
      return { reason: `${name} has ${nRows} rows, and this takes at least ${minRows}`, wanting: 'rows' };
  return null;
}

function build(
  { id, direction, sentence }: FidelityTitle,
  own: Estimate | Reason = { reason: 'there is no result' },
  floor?: Estimate | Reason,
  ceiling?: Estimate | Reason,
): Measured<Finding> {
  if ('reason' in own) return { id, reason: own.reason };
  const parts = own.isRanked === true ? (own.parts ?? []) : rankParts(own.parts ?? [], direction);
  const estimate = { ...own, parts };
  return {
    id,
    value: own.value,
    interval: own.interval,
    n: own.n,
    direction,
    floor: valueOf(floor),
    ceiling: valueOf(ceiling),
    ...tellNone({ floor, ceiling }),
    sentence: sentence(estimate),
    parts,
    ...(own.expected === undefined ? {} : { expected: own.expected }),
  };
}

/** Worst first, and what has no figure last. */
function rankParts(parts: readonly MeasurePart[], direction: Finding['direction']): readonly MeasurePart[] {
  const sign = direction === 'higher-is-better' ? 1 : -1;
  const rank = ({ value }: MeasurePart) => (value === null ? Infinity : sign * value);
  return [...parts].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

/** Why floor or ceiling is null, where it is. */
function tellNone(yardsticks: Readonly<Record<'floor' | 'ceiling', Estimate | Reason | undefined>>) {
  const reasons = Object.entries(yardsticks).flatMap(([name, result]) =>
    result === undefined || !('reason' in result) ? [] : [[name, result.reason] as const],
  );
  return reasons.length === 0 ? {} : { noYardstick: Object.fromEntries(reasons) };
}

function valueOf(result: Estimate | Reason | undefined): number | null {
  return result === undefined || 'reason' in result ? null : result.value;
}
