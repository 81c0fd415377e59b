import { takeRows, type Column, type Table } from '../../data/table';
import { fitBoostedTrees, predictBoosted } from '../../math/learners/boosted-trees';
import { codeFeatures, type Target } from '../../math/learners/features';
import type { Rng } from '../../math/rng';
import { alignTables } from '../align-tables';
import type { ColumnKind } from '../fidelity/column-kinds';
import type { JudgeId } from '../judge-ids';
import { chooseSettings } from '../learners';
import { isSkipped, type Measured, type Skipped } from '../measure';
import { findLack, sizesOf, type Needs } from '../needs';
import { assessRisk, type AttackRisk, type Tally } from './attack-risk';
import { NearestWithout } from './nearest-without';

/** How well a secret column is told from all others, by the better of two attackers. */
export interface InferredSecret {
  readonly column: string;
  /** `boosted`: trees taught on the synthetic table; `nearest`: the secret of the nearest synthetic row. */
  readonly attacker: 'boosted' | 'nearest';
  readonly risk: AttackRisk;
}

export interface AttributeInference {
  /** The secret with the largest residual first. */
  readonly secrets: readonly InferredSecret[];
  readonly skipped: readonly Skipped[];
  /** All secrets and rows together, for the attacker of each. */
  readonly pooled: AttackRisk;
  /** Rows of train attacked for each secret, at most. */
  readonly nTargets: number;
}

export interface InferenceOptions {
  /** Columns that the attacker wants to know; all by default. */
  readonly secrets?: readonly string[];
  /** Rows attacked on either side for each secret. */
  readonly nTargets?: number;
  /** Synthetic rows that the learner is taught on, at most. */
  readonly nTaught?: number;
}

const MIN_ROWS = 50;
/** What it takes of the tables. */
export const INFERENCE_NEEDS = {
  noHoldout: 'there is no holdout to say what the population gives away',
  minRows: MIN_ROWS,
  minColumns: 2,
  tooNarrow: 'there is no column to guess another one from',
} as const satisfies Needs;
const DEFAULT_TARGETS = 1000;
/** Synthetic rows that the learner is taught on. */
const MAX_TAUGHT = 10_000;
const N_ROUNDS = 40;
/** Classes above which teaching costs more than it tells, and only the nearest row is asked. */
const MAX_CLASSES = 12;
/** A number is told when the guess lies within this share of the column's interquartile range. */
const TOLERANCE = 0.05;

/**
 * The attacker knows all of a person's record but one column, has the synthetic table, and guesses the rest. What is
 * guessed of people in train beyond what the same attacker guesses of people in the holdout is what the table gives away
 * about its own people; the rest is knowledge about the population, which is what the table is for. Two attackers: the
 * nearest synthetic row, as Anonymeter (Giomi et al. 2023, PoPETs, section 4.3), and boosted trees taught on the synthetic
 * table; of each secret the one that guesses the holdout better is taken, so that the choice does not lean on train. A
 * number counts as told within 5 % of train's interquartile range, which, unlike Anonymeter's share of the guess, holds for
 * negative numbers too; a missing value is told by guessing that it is missing, by the nearest row only. Baseline: the
 * secret of a random synthetic row. Skipped without a holdout of 50 rows.
 */
export function inferAttributes(
  train: Table,
  holdout: Table | null,
  synthetic: Table,
  kinds: readonly ColumnKind[],
  rng: Rng,
  {
    secrets = kinds.map(({ name }) => name),
    nTargets = DEFAULT_TARGETS,
    nTaught = MAX_TAUGHT,
  }: InferenceOptions = {},
): Measured<AttributeInference> {
  const id: JudgeId = 'attribute-inference';
  const lack = findLack(sizesOf(train, holdout, synthetic, kinds), INFERENCE_NEEDS);
  if (lack !== null || holdout === null) return { id, reason: lack?.reason ?? INFERENCE_NEEDS.noHoldout };
  const [own, held, made] = alignTables(
    kinds,
    ['train', train],
    ['holdout', holdout],
    ['synthetic', synthetic],
  );
  const choose = (table: Table, name: string) =>
    takeRows(table, rng.fork(name).permutation(table.nRows).slice(0, nTargets).sort());
  const sides = { own: choose(own, 'train'), held: choose(held, 'holdout'), made, train: own, nTaught };
  const nearest = findNearestRows(sides, secrets);
  const results = secrets.map((name) => attackColumn(name, sides, nearest, rng.fork(`secret/${name}`)));
  const found = results.flatMap((result) => (isSkipped(result) ? [] : [result]));
  if (found.length === 0) return { id, reason: 'no column varies enough to be guessed' };
  const add = (pick: (tallies: Tallies) => Tally): Tally => ({
    nSuccesses: found.reduce((sum, { tallies }) => sum + pick(tallies).nSuccesses, 0),
    nAttempts: found.reduce((sum, { tallies }) => sum + pick(tallies).nAttempts, 0),
  });
  return {
    secrets: found
      .map(({ secret }) => secret)
      .sort((a, b) => b.risk.residual - a.risk.residual || (a.column < b.column ? -1 : 1)),
    skipped: results.filter(isSkipped),
    pooled: assessRisk(
      add(({ attack }) => attack),
      add(({ control }) => control),
      add(({ baseline }) => baseline),
    ),
    nTargets: sides.own.nRows,
  };
}

interface Sides {
  readonly own: Table;
  readonly held: Table;
  readonly made: Table;
  readonly train: Table;
  /** Rows of `made` that the learner is taught on, at most. */
  readonly nTaught: number;
}

interface Tried {
  readonly attacker: InferredSecret['attacker'];
  readonly tallies: Tallies;
}

interface Tallies {
  readonly attack: Tally;
  readonly control: Tally;
  readonly baseline: Tally;
}

function attackColumn(
  name: string,
  { own, held, made, train, nTaught }: Sides,
  nearest: NearestRows,
  rng: Rng,
): { readonly secret: InferredSecret; readonly tallies: Tallies } | Skipped {
  const id = `attribute-inference/${name}`;
  const [secret, known] = [pickColumn(made, name), pickColumn(train, name)];
  if (secret === null || known === null) return { id, reason: `there is no column "${name}"` };
  if (!varies(secret)) return { id, reason: `the column "${name}" does not vary in the synthetic table` };
  const tolerance = known.kind === 'number' ? TOLERANCE * measureSpread(known.values) : 0;
  const judge = (side: Table, guesses: Column): Tally => {
    const truth = pickColumn(side, name);
    return truth === null ? { nSuccesses: 0, nAttempts: 0 } : countTold(truth, guesses, tolerance);
  };
  const random = Int32Array.from({ length: own.nRows }, () => rng.int(made.nRows));
  const baseline = judge(own, takeColumn(secret, random));
  const ofNearest = (rows: Int32Array | undefined) => takeColumn(secret, rows ?? new Int32Array());
  const learnt = learnSecret(name, made, nTaught, rng.fork('learner'));
  const tried: readonly Tried[] = [
    {
      attacker: 'nearest',
      tallies: {
        attack: judge(own, ofNearest(nearest.own.get(name))),
        control: judge(held, ofNearest(nearest.held.get(name))),
        baseline,
      },
    },
    ...(learnt === null
      ? []
      : [
          {
            attacker: 'boosted' as const,
            tallies: { attack: judge(own, learnt(own)), control: judge(held, learnt(held)), baseline },
          },
        ]),
  ];
  const best = tried.reduce((a, b) => (rateOf(b.tallies.control) > rateOf(a.tallies.control) ? b : a));
  const { attack, control } = best.tallies;
  return {
    secret: { column: name, attacker: best.attacker, risk: assessRisk(attack, control, baseline) },
    tallies: best.tallies,
  };
}

const rateOf = ({ nSuccesses, nAttempts }: Tally) => nSuccesses / Math.max(1, nAttempts);

/** Nearest synthetic rows over all columns but the secret, by secret, of the people of either side. */
interface NearestRows {
  readonly own: ReadonlyMap<string, Int32Array>;
  readonly held: ReadonlyMap<string, Int32Array>;
}

function findNearestRows({ own, held, made }: Sides, secrets: readonly string[]): NearestRows {
  const search = new NearestWithout(
    made,
    secrets.filter((name) => pickColumn(made, name) !== null),
  );
  return { own: search.find(own), held: search.find(held) };
}

/** Guesses of boosted trees; null for a column of too many classes, or of one class among rows that have a value. */
function learnSecret(name: string, made: Table, nTaught: number, rng: Rng): ((rows: Table) => Column) | null {
  const secret = pickColumn(made, name);
  if (secret === null) return null;
  const present = Array.from({ length: made.nRows }, (_, row) => row).filter((row) =>
    secret.kind === 'number' ? !Number.isNaN(secret.values[row] ?? NaN) : (secret.codes[row] ?? -1) >= 0,
  );
  if (present.length < MIN_ROWS) return null;
  const step = Math.max(1, present.length / nTaught);
  const rows = Int32Array.from(
    { length: Math.floor(present.length / step) },
    (_, i) => present[Math.floor(i * step)] ?? 0,
  );
  const taught = takeColumn(secret, rows);
  const classes = taught.kind === 'level' ? [...new Set(taught.codes)].sort((a, b) => a - b) : [];
  if (taught.kind === 'level' && (classes.length < 2 || classes.length > MAX_CLASSES)) return null;
  const target: Target =
    taught.kind === 'number'
      ? { kind: 'number', values: taught.values }
      : {
          kind: 'class',
          classes: Int32Array.from(taught.codes, (code) => classes.indexOf(code)),
          nClasses: classes.length,
        };
  const table = takeRows(dropColumn(made, name), rows);
  const features = codeFeatures(table.columns, table.nRows);
  const settings = { ...chooseSettings(rows.length), nRounds: N_ROUNDS, asideShare: 0 };
  const model = fitBoostedTrees(features, target, Int32Array.from(rows.keys()), settings, rng);
  return (asked) => {
    const other = dropColumn(asked, name);
    const predicted = predictBoosted(model, codeFeatures(other.columns, other.nRows, features.binnings));
    return taught.kind === 'number'
      ? { ...taught, values: predicted[0] ?? new Float64Array() }
      : { ...taught, codes: likeliest(predicted, classes, asked.nRows) };
  };
}

function likeliest(
  probabilities: readonly Float64Array[],
  classes: readonly number[],
  nRows: number,
): Int32Array {
  return Int32Array.from({ length: nRows }, (_, row) => {
    let best = 0;
    probabilities.forEach((p, c) => {
      if ((p[row] ?? 0) > (probabilities[best]?.[row] ?? 0)) best = c;
    });
    return classes[best] ?? -1;
  });
}

function countTold(truth: Column, guesses: Column, tolerance: number): Tally {
  let nSuccesses = 0;
  const nAttempts = truth.kind === 'number' ? truth.values.length : truth.codes.length;
  for (let row = 0; row < nAttempts; row++)
    if (truth.kind === 'number' && guesses.kind === 'number') {
      const [own, guess] = [truth.values[row] ?? NaN, guesses.values[row] ?? NaN];
      const isTold = Number.isNaN(own) ? Number.isNaN(guess) : Math.abs(guess - own) <= tolerance;
      if (isTold) nSuccesses++;
    } else if (truth.kind === 'level' && guesses.kind === 'level') {
      if ((truth.codes[row] ?? -1) === (guesses.codes[row] ?? -1)) nSuccesses++;
    }
  return { nSuccesses, nAttempts };
}

function measureSpread(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return at(0.75) - at(0.25);
}

function varies(column: Column): boolean {
  const values = column.kind === 'number' ? column.values.filter((v) => !Number.isNaN(v)) : column.codes;
  return values.some((value) => value !== values[0]);
}

function pickColumn(table: Table, name: string): Column | null {
  return table.columns.find((column) => column.name === name) ?? null;
}

function dropColumn(table: Table, name: string): Table {
  return { nRows: table.nRows, columns: table.columns.filter((column) => column.name !== name) };
}

function takeColumn(column: Column, rows: Int32Array): Column {
  return column.kind === 'number'
    ? { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? NaN) }
    : { ...column, codes: rows.map((row) => column.codes[row] ?? -1) };
}
