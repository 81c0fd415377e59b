import type { Table } from '../../data/table';
import type { Target } from '../../math/learners/features';
import type { Rng } from '../../math/rng';
import { chooseGroupings } from '../fidelity/subgroup-accuracy';
import type { EvaluationOptions } from '../evaluation-context';
import type { MeasurePart } from '../measure';
import { showBounded } from '../tell';
import { bootstrapPair, type PairedScores } from './bootstrap';
import { openScorer, type Scorer } from './prediction-scores';
import type { Task } from './read-target';

/** Scores within groups of people, of a model taught on synthetic rows and of one taught on train. */
export interface SubgroupScores {
  /** Means over groups. */
  readonly mean: PairedScores;
  /** Mean over groups of the same prediction for everybody. */
  readonly floor: number | null;
  readonly nGroups: number;
  /** Groups by how much is lost against train, most first; those without a figure last. */
  readonly parts: readonly MeasurePart[];
}

const MIN_GROUP = 50;
const N_DRAWS = 300;

interface Group {
  readonly column: string;
  readonly name: string;
  readonly rows: Int32Array;
}

interface ScoredGroup extends Group {
  readonly made: Scorer;
  readonly own: Scorer;
}

/** Predictions of the same rows of holdout by three models. */
export interface Predictions {
  readonly synthetic: readonly Float64Array[];
  readonly train: readonly Float64Array[];
  readonly majority: readonly Float64Array[];
}

/** Scores within the levels of chosen columns; null where no group has enough rows. */
export function scoreSubgroups(
  people: Table,
  train: Table,
  { target, rows }: Task,
  targetName: string,
  predictions: Predictions,
  options: EvaluationOptions,
  rng: Rng,
): SubgroupScores | null {
  const groups = chooseGroupings(train, { options }).flatMap((at) =>
    listGroups(people, at, rows, targetName),
  );
  const large = groups.filter((group) => group.rows.length >= MIN_GROUP);
  const scored = large.flatMap((group): ScoredGroup[] => {
    const open = (all: readonly Float64Array[]) => openWithin(target, all, group.rows);
    const [made, own] = [open(predictions.synthetic), open(predictions.train)];
    return made(new Float64Array(rows.length).fill(1)) === null ? [] : [{ ...group, made, own }];
  });
  const average =
    (read: (group: ScoredGroup) => Scorer): Scorer =>
    (weights) =>
      meanOf(scored.map((group) => read(group)(weights)));
  const mean = bootstrapPair(
    average(({ made }) => made),
    average(({ own }) => own),
    rows.length,
    rng.fork('mean'),
    N_DRAWS,
  );
  if (mean === null) return null;
  const judged = scored.map((group) => judgeGroup(group, rows.length, rng.fork(group.name)));
  const missing = groups.filter((group) => !scored.some(({ name }) => name === group.name));
  const even = new Float64Array(rows.length).fill(1);
  return {
    mean,
    floor: meanOf(scored.map((group) => openWithin(target, predictions.majority, group.rows)(even))),
    nGroups: scored.length,
    parts: [...judged.sort((a, b) => (a.value ?? 0) - (b.value ?? 0)), ...missing.map(excuse)],
  };
}

function excuse({ column, name, rows }: Group): MeasurePart {
  const note =
    rows.length < MIN_GROUP
      ? `${rows.length} rows of holdout: too few to judge`
      : 'the target does not vary enough among its rows of holdout';
  return { columns: [column], group: name, value: null, note };
}

function listGroups(people: Table, at: number, rows: Int32Array, targetName: string): readonly Group[] {
  const column = people.columns[at];
  if (column?.kind !== 'level' || column.name === targetName) return [];
  const places = Int32Array.from(rows.keys());
  return column.levels.map((level, code) => ({
    column: column.name,
    name: `${column.name} = ${level}`,
    rows: places.filter((place) => column.codes[rows[place] ?? -1] === code),
  }));
}

/** A scorer of some rows, which is given weights of all. */
function openWithin(target: Target, predictions: readonly Float64Array[], rows: Int32Array): Scorer {
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] ?? NaN);
  const own: Target =
    target.kind === 'number'
      ? { kind: 'number', values: pick(target.values) }
      : { ...target, classes: Int32Array.from(rows, (row) => target.classes[row] ?? 0) };
  const score = openScorer(own, predictions.map(pick));
  return (weights) => score(pick(weights));
}

function judgeGroup({ column, name, rows, made, own }: ScoredGroup, nRows: number, rng: Rng): MeasurePart {
  const spread = (scorer: Scorer): Scorer => {
    const weights = new Float64Array(nRows);
    return (ofGroup) => {
      rows.forEach((row, i) => (weights[row] = ofGroup[i] ?? 0));
      return scorer(weights);
    };
  };
  const scores = bootstrapPair(spread(made), spread(own), rows.length, rng, N_DRAWS);
  if (scores === null)
    return { columns: [column], group: name, value: null, note: 'the score is not defined' };
  const { first, second, difference } = scores;
  return {
    columns: [column],
    group: name,
    value: difference.value,
    note: `${rows.length} rows of holdout; difference ${showBounded(difference)}`,
    sides: { train: second.value, other: first.value },
  };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
