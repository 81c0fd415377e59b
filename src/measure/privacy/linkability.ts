import { MAX_ATTACKED_ROWS } from '../../data/sampled-rows';
import { takeRows, type Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import { alignTables } from '../align-tables';
import type { ColumnKind } from '../fidelity/column-kinds';
import type { JudgeId } from '../judge-ids';
import type { Measured } from '../measure';
import { findLack, sizesOf, type Needs } from '../needs';
import { runAlone, type Asking } from '../neighbours/near-rows';
import { assessRisk, type AttackRisk, type Tally } from './attack-risk';
import { spanSpace } from './gower-space';
import { growGowerTree } from './gower-tree';
import { askNearest } from './nearest-rows';

export interface Linkability {
  readonly risk: AttackRisk;
  /** Columns of the one source and of the other. */
  readonly sources: readonly [readonly string[], readonly string[]];
  readonly nTargets: number;
  /** Synthetic rows near a half record that count. */
  readonly nNeighbours: number;
}

export interface LinkOptions {
  /** Columns that the attacker has from two sources; by default every other column each. */
  readonly sources?: readonly [readonly string[], readonly string[]];
  /** Rows attacked on either side. */
  readonly nTargets?: number;
  readonly nNeighbours?: number;
}

/** What it takes of the tables. */
export const LINK_NEEDS = {
  noHoldout: 'there is no holdout to say what the population gives away',
  minRows: 50,
  minColumns: 2,
  tooNarrow: 'both sources need at least one column',
} as const satisfies Needs;

/**
 * The attacker has two lists of people with different columns (a hospital's and an insurer's) and the synthetic table, and
 * says that a record of the one and a record of the other are the same person when both are nearest to the same synthetic
 * row. Anonymeter's linkability (Giomi et al. 2023, PoPETs, section 4.2): the share of people of train whose two halves are
 * linked so, against the holdout. Baseline: k random synthetic rows for each half. Skipped without a holdout of 50 rows and
 * for fewer than two columns.
 */
export function linkRecords(...given: Parameters<typeof askLinks>): Measured<Linkability> {
  return runAlone(askLinks(...given));
}

/** {@link linkRecords}, where others may be asked which rows lie near. */
export function* askLinks(
  train: Table,
  holdout: Table | null,
  synthetic: Table,
  kinds: readonly ColumnKind[],
  rng: Rng,
  {
    sources = halve(kinds.map(({ name }) => name)),
    nTargets = MAX_ATTACKED_ROWS,
    nNeighbours = 1,
  }: LinkOptions = {},
): Asking<Measured<Linkability>> {
  const id: JudgeId = 'linkability';
  const lack = findLack(sizesOf(train, holdout, synthetic, kinds), LINK_NEEDS);
  if (lack !== null || holdout === null) return { id, reason: lack?.reason ?? LINK_NEEDS.noHoldout };
  if (sources.some((names) => names.length === 0))
    return { id, reason: 'both sources need at least one column' };
  const [own, held, made] = alignTables(
    kinds,
    ['train', train],
    ['holdout', holdout],
    ['synthetic', synthetic],
  );
  const choose = (table: Table, name: string) =>
    takeRows(table, rng.fork(name).permutation(table.nRows).slice(0, nTargets).sort());
  const searches = sources.map((names) => openSearch(made, names, nNeighbours));
  const [targets, controls] = [choose(own, 'train'), choose(held, 'holdout')];
  const baseline = {
    nSuccesses: targets.nRows * chanceOfLink(made.nRows, nNeighbours),
    nAttempts: targets.nRows,
  };
  const success = yield* askLinked(targets, searches);
  const control = yield* askLinked(controls, searches);
  return {
    risk: assessRisk(success, control, baseline),
    sources,
    nTargets: targets.nRows,
    nNeighbours,
  };
}

function halve(names: readonly string[]): readonly [readonly string[], readonly string[]] {
  return [names.filter((_, i) => i % 2 === 0), names.filter((_, i) => i % 2 === 1)];
}

/** The nearest synthetic rows of people, by some columns alone. */
function openSearch(made: Table, names: readonly string[], k: number): Search {
  const part = (table: Table): Table => ({
    nRows: table.nRows,
    columns: table.columns.filter(({ name }) => names.includes(name)),
  });
  const tree = growGowerTree(spanSpace(part(made)), part(made));
  return function* (people) {
    return (yield* askNearest(tree, part(people), k)).rows;
  };
}

type Search = (people: Table) => Asking<Int32Array>;

function* askLinked(people: Table, searches: readonly Search[]): Asking<Tally> {
  const near: Int32Array[] = [];
  for (const search of searches) near.push(yield* search(people));
  return countLinked(people.nRows, near);
}

function countLinked(nRows: number, [first, second]: readonly Int32Array[]): Tally {
  if (first === undefined || second === undefined || nRows === 0) return { nSuccesses: 0, nAttempts: nRows };
  const k = first.length / nRows;
  let nSuccesses = 0;
  for (let row = 0; row < nRows; row++) {
    const near = first.subarray(row * k, (row + 1) * k);
    if (second.subarray(row * k, (row + 1) * k).some((place) => place >= 0 && near.includes(place)))
      nSuccesses++;
  }
  return { nSuccesses, nAttempts: nRows };
}

/** Probability that two random sets of k out of n have a row in common. */
function chanceOfLink(n: number, k: number): number {
  let none = 1;
  for (let i = 0; i < k; i++) none *= Math.max(0, n - k - i) / Math.max(1, n - i);
  return 1 - none;
}
