import type { Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import type { EvaluationContext } from '../evaluation-context';
import type { JudgeId } from '../judge-ids';
import type { Measured } from '../measure';
import { findLack, sizesOf, type Needs } from '../needs';
import { assessRisk, type AttackRisk, type Tally } from './attack-risk';
import { codeCells, countKeys, joinCells, type CellCodes } from './cell-keys';

export interface ReplicatedUniques {
  readonly risk: AttackRisk;
  /** Columns that the attacker knows; null where every person's is another choice of four. */
  readonly known: readonly string[] | null;
  readonly nKnown: number;
  /** Rows of train and of the holdout among which people are unique. */
  readonly nEqual: number;
}

export interface UniquesOptions {
  /** Table that people are looked up in; the synthetic one where left out. */
  readonly synthetic?: Table;
  /** Choices of columns, where no column is a quasi-identifier. */
  readonly nSets?: number;
}

/** What it takes of the tables. */
export const UNIQUES_NEEDS = {
  noHoldout: 'there is no holdout to say whose uniqueness is met by chance',
  minRows: 50,
} as const satisfies Needs;
const MIN_UNIQUES = 20;
const N_KNOWN = 4;
const N_SETS = 50;

/**
 * The attacker knows a few columns of a person who is the only one with them, and finds exactly one synthetic row that has
 * the same: identity disclosure as by replicated uniques (Raab, Nowok & Dibben 2024, "Practical privacy metrics for
 * synthetic data", repU). Uniques of train beside uniques of as many rows of the holdout. Known are the
 * quasi-identifiers of the options; else each person's are one of fifty random choices of four columns. Baseline: the
 * same with each synthetic column shuffled. Skipped without a holdout of 50 rows, and where hardly anybody is unique.
 */
export function replicateUniques(
  context: EvaluationContext,
  rng: Rng,
  { synthetic = context.compared.synthetic, nSets = N_SETS }: UniquesOptions = {},
): Measured<ReplicatedUniques> {
  const id: JudgeId = 'replicated-uniques';
  const { kinds, options, equal } = context;
  const lack = findLack(sizesOf(equal.train, equal.holdout, synthetic, kinds), UNIQUES_NEEDS);
  if (lack !== null || equal.holdout === null) return { id, reason: lack?.reason ?? UNIQUES_NEEDS.noHoldout };
  const named = kinds.flatMap(({ name }, at) =>
    options.quasiIdentifiers?.includes(name) === true ? [at] : [],
  );
  const sets = named.length > 0 ? [named] : drawSets(kinds.length, nSets, rng.fork('sets'));
  const cells = codeCells([equal.train, equal.holdout, synthetic]);
  const guess = withShuffled(cells, rng.fork('baseline'));
  const tallies = { attack: open(), control: open(), baseline: open() };
  sets.forEach((set, s) => {
    const [own, held, made] = joinCells(cells, set);
    const [ownAgain, , mixed] = joinCells(guess, set);
    if (own === undefined || held === undefined || made === undefined) return;
    if (ownAgain === undefined || mixed === undefined) return;
    const share = { nth: s, of: sets.length };
    add(tallies.attack, countFound(own, made, share));
    add(tallies.control, countFound(held, made, share));
    add(tallies.baseline, countFound(ownAgain, mixed, share));
  });
  const { attack, control, baseline } = tallies;
  if (Math.min(attack.nAttempts, control.nAttempts) < MIN_UNIQUES)
    return {
      id,
      reason: `fewer than ${MIN_UNIQUES} people are unique in the columns that an attacker would know`,
    };
  return {
    risk: assessRisk(attack, control, baseline),
    known: named.length > 0 ? named.map((at) => kinds[at]?.name ?? '') : null,
    nKnown: sets[0]?.length ?? 0,
    nEqual: equal.train.nRows,
  };
}

function drawSets(nAll: number, nSets: number, rng: Rng): readonly (readonly number[])[] {
  const n = Math.min(N_KNOWN, nAll);
  return Array.from({ length: nSets }, () => [...rng.permutation(nAll).subarray(0, n)].sort((a, b) => a - b));
}

/** The same cells, but each column of the synthetic table in an order of its own. */
function withShuffled({ tables, sizes }: CellCodes, rng: Rng): CellCodes {
  const [own = [], held = [], made = []] = tables;
  const mixed = made.map((codes, at) => rng.fork(`${at}`).shuffle(codes.slice()));
  return { tables: [own, held, mixed], sizes };
}

interface OpenTally {
  nSuccesses: number;
  nAttempts: number;
}

const open = (): OpenTally => ({ nSuccesses: 0, nAttempts: 0 });

function add(tally: OpenTally, { nSuccesses, nAttempts }: Tally): void {
  tally.nSuccesses += nSuccesses;
  tally.nAttempts += nAttempts;
}

/** Of every `of`-th row that is unique among `people`: those whose key exactly one synthetic row has. */
function countFound(
  people: Float64Array,
  made: Float64Array,
  { nth, of }: { readonly nth: number; readonly of: number },
): Tally {
  const [counts, found] = [countKeys(people), countKeys(made)];
  const tally = open();
  for (let row = nth; row < people.length; row += of) {
    const key = people[row] ?? NaN;
    if (counts.get(key) !== 1) continue;
    tally.nAttempts++;
    if (found.get(key) === 1) tally.nSuccesses++;
  }
  return tally;
}
