import { hashRows } from '../data/hash-rows';
import type { Table } from '../data/table';
import { alignTables } from './align-tables';
import { takeFirst } from './evaluation-context';
import type { ColumnKind } from './fidelity/column-kinds';
import { codeCells, countKeys } from './privacy/cell-keys';
import { showCount } from './tell';

/** Tables that an evaluation sets against each other. */
export interface JudgedTables {
  readonly train: Table;
  readonly holdout: Table | null;
  readonly synthetic: Table;
}

/** Least rows of a table of which another may be called a copy. */
const MIN_ROWS = 20;
/** Shared rows that are too few to speak of. */
const MIN_SHARED = 10;
/** What records of other people may share beyond coincidence, and what a generator may take over from train. */
const MOST_SHARED = { holdout: 0.1, train: 0.5 } as const;

/**
 * Sentences on files that are not what an evaluation takes them for: a synthetic one that is the holdout or train, or
 * holds an implausible part of it, and a holdout that is train. Counted are the rows that a table has once, so that
 * common records do not count, against those that a fresh record would meet by chance: as often as it meets a row that
 * the table has twice, each row being left out in turn.
 */
export function findOverlaps(
  kinds: readonly ColumnKind[],
  { train, holdout, synthetic }: JudgedTables,
): readonly string[] {
  const tables = alignTables(
    kinds,
    ['train', train],
    ['synthetic', synthetic],
    ['holdout', holdout ?? takeFirst(train, 0)],
  );
  const { tables: codes } = codeCells(tables);
  const [own, made, held] = tables.map(({ nRows }, t) => countKeys(hashRows(nRows, codes[t] ?? [])));
  if (own === undefined || made === undefined || held === undefined) return [];
  const told = [
    tell(compare(made, own, MOST_SHARED.train), 'synthetic file', 'train', COPY_OF_TRAIN),
    tell(compare(made, held, MOST_SHARED.holdout), 'synthetic file', 'the holdout', COPY_OF_HOLDOUT),
    tell(compare(held, own, MOST_SHARED.holdout), 'holdout', 'train', NO_CONTROL),
  ];
  return told.flatMap((sentence) => sentence ?? []);
}

const COPY_OF_TRAIN =
  'So what is judged is train itself for the most part: fidelity and utility say nothing of a generator, and attacks find what a copy gives away. Check that the right file was given as synthetic.';
const COPY_OF_HOLDOUT =
  'So the holdout was not kept from the synthetic file and is no control: ceilings, scores on the holdout and attacks mean nothing here. Check that the right files were given, or judge with records that the generator never saw.';
const NO_CONTROL =
  'So the holdout is no control: ceilings come out too high and attacks find too little. Check that the right files were given, or judge with records that are not in train.';

/** Rows of each key. */
type Keys = ReadonlyMap<number, number>;

interface Shared {
  readonly isSame: boolean;
  /** Rows that the target has once, and the judged table at all. */
  readonly n: number;
  /** The same of as many fresh records. */
  readonly expected: number;
  readonly nTarget: number;
}

/** What a table shares with a target; null where it is no more than may be. */
function compare(judged: Keys, target: Keys, mostShared: number): Shared | null {
  const [nJudged, nTarget] = [countRows(judged), countRows(target)];
  if (Math.min(nJudged, nTarget) < MIN_ROWS) return null;
  let [n, nOnce, nTwice] = [0, 0, 0];
  for (const [key, count] of target) {
    if (count === 2) nTwice += count;
    if (count !== 1) continue;
    nOnce++;
    if (judged.has(key)) n++;
  }
  const expected = (nTwice / nTarget) * nJudged;
  const isSame = target.size > 1 && isEqual(judged, target);
  const isMuch = n >= MIN_SHARED && n >= 2 * expected + mostShared * Math.min(nJudged, nOnce);
  return isSame || isMuch ? { isSame, n, expected, nTarget } : null;
}

function countRows(keys: Keys): number {
  let n = 0;
  for (const count of keys.values()) n += count;
  return n;
}

function isEqual(a: Keys, b: Keys): boolean {
  if (a.size !== b.size) return false;
  for (const [key, count] of a) if (b.get(key) !== count) return false;
  return true;
}

function tell(shared: Shared | null, judged: string, target: string, so: string): string | null {
  if (shared === null) return null;
  const { isSame, n, expected, nTarget } = shared;
  const what = isSame
    ? `The ${judged} holds the same ${showCount(nTarget)} rows as ${target}.`
    : `${showCount(n)} of the ${showCount(nTarget)} rows of ${target} stand in the ${judged} too, cell by cell, where coincidence ` +
      `explains about ${showCount(expected)}.`;
  return `${what} ${so}`;
}
