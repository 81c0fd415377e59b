import { takeFirst, type EvaluationContext } from '../evaluation-context';
import { countAsked } from './count-asked';
import { spanSpace } from './gower-space';
import { growGowerTree } from './gower-tree';
import { findNearest } from './nearest-rows';

/** A record of train that the synthetic table gives away more than others. For the page alone: it is never exported. */
export interface ExposedRecord {
  /** Row of train as it was given, from 0. */
  readonly row: number;
  /** Distance to the nearest synthetic row, and to the nearest other person of train, each in [0, 1]. */
  readonly toSynthetic: number;
  readonly toOthers: number;
  /** In one sentence, without any of its values. */
  readonly reason: string;
}

export interface ExposedRecords {
  /** The most exposed first. */
  readonly records: readonly ExposedRecord[];
  /** Rows of train that were looked at. */
  readonly nLookedAt: number;
}

const MAX_RECORDS = 20;
/** Rows that a table needs for distances to say anything. */
const MIN_ROWS = 20;
/** Keeps the ratio finite where a record is met exactly; smaller than any distance that is not 0. */
const TINY = 1e-9;

/**
 * The records of train to which a synthetic row lies nearer than any other person of train, by how much nearer (the score
 * of {@link attackByDistance}, with train's other rows as the population): whoever knows of such a record finds it first.
 * No measure rests on it and no interval stands beside it. Empty for tables of fewer than 20 rows.
 */
export function findExposed({ compared, kinds, train }: EvaluationContext): ExposedRecords {
  const people = takeFirst(
    compared.train,
    Math.min(countAsked(compared.synthetic), countAsked(compared.train)),
  );
  if (kinds.length === 0 || Math.min(people.nRows, compared.synthetic.nRows) < MIN_ROWS)
    return { records: [], nLookedAt: 0 };
  const space = spanSpace(compared.synthetic);
  const toMade = findNearest(growGowerTree(space, compared.synthetic), people).distances;
  // A row is its own nearest: the second nearest is the nearest other person, at 0 for a row that repeats.
  const toPeople = findNearest(growGowerTree(space, compared.train), people, 2).distances;
  const found = Array.from(toMade, (toSynthetic, row) => {
    const toOthers = toPeople[2 * row + 1] ?? 0;
    const score = (toOthers + TINY) / (toSynthetic + TINY);
    return { row: train.rowsOf[row] ?? -1, toSynthetic, toOthers, score };
  });
  const records = found
    .filter(({ toSynthetic, toOthers }) => toOthers > toSynthetic)
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_RECORDS)
    .map(({ row, toSynthetic, toOthers }) => ({
      row,
      toSynthetic,
      toOthers,
      reason: explain(toSynthetic, toOthers),
    }));
  return { records, nLookedAt: people.nRows };
}

function explain(toSynthetic: number, toOthers: number): string {
  const show = (distance: number) => String(Number(distance.toPrecision(3)));
  const others = `the nearest other person of train lies ${show(toOthers)} away`;
  return toSynthetic === 0
    ? `A synthetic row equals this record in every column, and ${others}.`
    : `The nearest synthetic row lies ${show(toSynthetic)} away, and ${others}.`;
}
