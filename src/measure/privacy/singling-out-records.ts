import { MAX_ATTACKED_ROWS } from '../../data/sampled-rows';
import type { Column, Table } from '../../data/table';
import { sortPresent } from '../../math/statistics';
import { chanceOfOne } from '../../math/proportions';
import type { Rng } from '../../math/rng';
import { alignTables } from '../align-tables';
import type { ColumnKind } from '../fidelity/column-kinds';
import type { Measured } from '../measure';
import { findLack, sizesOf, type Needs } from '../needs';
import { groupOf, jackknifeReach, N_GROUPS } from '../group-jackknife';
import { assessRisk, type AttackRisk, type Tally } from './attack-risk';
import type { JudgeId } from '../judge-ids';

export interface RecordSinglingOut {
  readonly risk: AttackRisk;
  /** Different predicates that one synthetic row meets. */
  readonly nAttacks: number;
  readonly nColumns: number;
  /** Rows of train and of control that each predicate is held against. */
  readonly nEqual: number;
}

export interface RecordAttackSettings {
  readonly nAttacks: number;
  /** Columns a predicate speaks of. */
  readonly nColumns: number;
}

/** Claims below 1 % need two thousand attacks (half-widths of about 0.01). */
export const RECORD_ATTACKS: RecordAttackSettings = { nAttacks: MAX_ATTACKED_ROWS, nColumns: 4 };

/** What it takes of the tables. */
export const RECORD_NEEDS = {
  noHoldout: 'there is no holdout to say what the population gives away',
  minRows: 50,
  minColumns: 2,
  tooNarrow: 'there are fewer than two columns to combine',
} as const satisfies Needs;
const MIN_ATTACKS = 50;
/** Rows drawn for each attack that is wanted, before giving up. */
const TRIES_PER_ATTACK = 50;

/** What a predicate says of one column. */
interface Clause {
  readonly column: number;
  readonly operator: 'missing' | 'atLeast' | 'atMost' | 'equal';
  readonly value: number;
}

/**
 * The attacker takes a synthetic row and a few of its columns, says "at least 61, at most 2 children, widowed, from Lima",
 * keeps what only this synthetic row meets, and bets that exactly one person of train does, too. Anonymeter's multivariate
 * singling out (Giomi et al. 2023, PoPETs, section 4.1): numbers as ≥ above the synthetic median, else ≤; levels as =;
 * missing as missing. Train and control have equal size by the exact expectation over all samples. Baseline: the clauses of
 * different random rows put together. Skipped without a holdout, with fewer than two columns, and where too few
 * predicates single out a synthetic row.
 */
export function singleOutByRecord(
  train: Table,
  holdout: Table | null,
  synthetic: Table,
  kinds: readonly ColumnKind[],
  rng: Rng,
  settings: RecordAttackSettings = RECORD_ATTACKS,
): Measured<RecordSinglingOut> {
  const id: JudgeId = 'singling-out-multivariate';
  const lack = findLack(sizesOf(train, holdout, synthetic, kinds), RECORD_NEEDS);
  if (lack !== null || holdout === null) return { id, reason: lack?.reason ?? RECORD_NEEDS.noHoldout };
  const [own, held, made] = alignTables(
    kinds,
    ['train', train],
    ['holdout', holdout],
    ['synthetic', synthetic],
  );
  const nColumns = Math.min(settings.nColumns, kinds.length);
  const attacks = findPredicates(made, nColumns, settings.nAttacks, rng.fork('attacks'));
  if (attacks.length < MIN_ATTACKS)
    return {
      id,
      reason: `only ${attacks.length} combinations of ${nColumns} columns single out a synthetic row`,
    };
  const nEqual = Math.min(own.nRows, held.nRows);
  const tally = (table: Table, predicates: readonly (readonly Clause[])[]) =>
    countSingledOut(table, predicates, nEqual);
  const guesses = mixPredicates(made, nColumns, attacks.length, rng.fork('baseline'));
  return {
    risk: assessRisk(tally(own, attacks), tally(held, attacks), tally(own, guesses)),
    nAttacks: attacks.length,
    nColumns,
    nEqual,
  };
}

/**
 * Predicates that exactly one row meets, in a sample of `nEqual` rows. One person can be singled out by many predicates, so
 * the error is that of other people in the table: the jackknife over groups of its rows.
 */
function countSingledOut(table: Table, predicates: readonly (readonly Clause[])[], nEqual: number): Tally {
  const enough = Math.ceil((MANY * table.nRows) / nEqual);
  const replicates = new Float64Array(N_GROUPS + 1);
  const inGroup = new Int32Array(N_GROUPS);
  const sizes = Int32Array.from(inGroup, (_, group) => Math.ceil((table.nRows - group) / N_GROUPS));
  for (const clauses of predicates) {
    const matches = findMatches(table, clauses, enough);
    if (matches.length >= enough) continue;
    inGroup.fill(0);
    for (const row of matches) inGroup[groupOf(row)] = (inGroup[groupOf(row)] ?? 0) + 1;
    for (let group = -1; group < N_GROUPS; group++) {
      const [left, gone] = group < 0 ? [0, 0] : [inGroup[group] ?? 0, sizes[group] ?? 0];
      const nRows = table.nRows - gone;
      const chance = chanceOfOne(nRows, Math.min(nRows, nEqual), matches.length - left);
      replicates[group + 1] = (replicates[group + 1] ?? 0) + chance / predicates.length;
    }
  }
  const nAttempts = predicates.length;
  return { nSuccesses: (replicates[0] ?? 0) * nAttempts, nAttempts, error: jackknifeReach(replicates) };
}

/** Expected matches from which a sample with exactly one is out of the question. */
const MANY = 40;

/** Different predicates that exactly one synthetic row meets. */
function findPredicates(
  made: Table,
  nColumns: number,
  nWanted: number,
  rng: Rng,
): readonly (readonly Clause[])[] {
  const medians = made.columns.map(medianOf);
  const found = new Map<string, readonly Clause[]>();
  for (let attempt = 0; attempt < nWanted * TRIES_PER_ATTACK && found.size < nWanted; attempt++) {
    const row = rng.int(made.nRows);
    const clauses = drawColumns(made.columns.length, nColumns, rng).map((at) =>
      describe(made, at, row, medians),
    );
    const key = JSON.stringify(clauses);
    if (!found.has(key) && findMatches(made, clauses, 2).length === 1) found.set(key, clauses);
  }
  return [...found.values()];
}

/** Predicates of which each clause comes from another random row. */
function mixPredicates(made: Table, nColumns: number, n: number, rng: Rng): readonly (readonly Clause[])[] {
  const medians = made.columns.map(medianOf);
  return Array.from({ length: n }, () =>
    drawColumns(made.columns.length, nColumns, rng).map((at) =>
      describe(made, at, rng.int(made.nRows), medians),
    ),
  );
}

/** Different columns, ascending. */
function drawColumns(nAll: number, n: number, rng: Rng): readonly number[] {
  const drawn = new Set<number>();
  while (drawn.size < n) drawn.add(rng.int(nAll));
  return [...drawn].sort((a, b) => a - b);
}

function describe(made: Table, at: number, row: number, medians: readonly number[]): Clause {
  const column = made.columns[at];
  if (column?.kind === 'level') return { column: at, operator: 'equal', value: column.codes[row] ?? -1 };
  const value = column?.values[row] ?? NaN;
  if (Number.isNaN(value)) return { column: at, operator: 'missing', value: 0 };
  return { column: at, operator: value > (medians[at] ?? 0) ? 'atLeast' : 'atMost', value };
}

function medianOf(column: Column): number {
  if (column.kind === 'level') return NaN;
  const sorted = sortPresent(column.values);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** Rows that meet all clauses; stops looking at `enough`. */
function findMatches(table: Table, clauses: readonly Clause[], enough: number): readonly number[] {
  const columns = clauses.map(({ column }) => table.columns[column]);
  const found: number[] = [];
  for (let row = 0; row < table.nRows && found.length < enough; row++) {
    let all = true;
    for (let c = 0; c < clauses.length && all; c++) all = meets(columns[c], clauses[c], row);
    if (all) found.push(row);
  }
  return found;
}

function meets(column: Column | undefined, clause: Clause | undefined, row: number): boolean {
  if (column === undefined || clause === undefined) return false;
  const { operator, value } = clause;
  if (column.kind === 'level') return column.codes[row] === value;
  const own = column.values[row] ?? NaN;
  if (operator === 'missing') return Number.isNaN(own);
  return operator === 'atLeast' ? own >= value : own <= value;
}
