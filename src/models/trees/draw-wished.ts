import { takeColumnRows, type Column } from '../../data/table';
import { apportion } from '../../data/wishes/apportion';
import { placeShares, type RowTest } from '../../data/wishes/bind-wish';
import { listWishes } from '../../data/wishes/wishes';
import type { Rng } from '../../math/rng';
import type { SoughtRows, WishedRows } from '../synthesizer';
import { fillShares } from '../wishes/reject-rows';
import type { OpenTrees } from './draw-rows';
import { writeFeature, type CodedRows } from './features';
import type { ColumnModel } from './fit-column';
import { bindAll, planWishes, possibleCodes, type PlacedWish, type StepWishes } from './plan-wishes';
import { openColumn, type RedrawnColumn } from './redraw-column';
import type { Reference } from './reference';
import { MISSING } from './value-codes';

/** Draws of the last column of a rule before a row that breaks it is given up. */
const MAX_REDRAWS = 50;
/** The same for the column that is drawn first, where nothing has been drawn in vain yet. */
const MAX_FIRST_REDRAWS = 2000;

/**
 * Rows that meet wishes, column by column.
 *
 * Rules: when the last column of a rule has been drawn, it alone is drawn again for the rows that break it. It is then
 * distributed as the model has it given the columns before it and the rule; those before it keep their own distribution,
 * but for rows that break the rule {@link MAX_REDRAWS} times over, which are given up. This is the model under rules.
 *
 * Conditions and shares: a row is given up as soon as a column of it fails, so that the rows that are left are exactly
 * those of the model under rules given the conditions. The first column is drawn from what its wishes leave of it, and a
 * level of shares is set there, with nothing given up: the same distribution. Values within a group that another column
 * orders are placed by a sample of {@link Reference}, so that what a row holds depends on none of the others.
 */
export function drawWishedRows(
  open: OpenTrees,
  reference: Reference,
  nRows: number,
  rng: Rng,
  sought: SoughtRows,
): WishedRows {
  const { order, names, columns, features } = open.state;
  const tries = listWishes(sought.wishes).map(() => ({ nTried: 0, nMet: 0 }));
  const plan = planWishes(open.state, sought.wishes);
  let batch = beginRows(nRows, order.length);
  order.forEach((index, step) => {
    const [model, feature, wishes] = [columns[index], features[index], plan[step]];
    if (model === undefined || feature === undefined || wishes === undefined) return;
    const draw: StepDraw = {
      model,
      wishes,
      sought,
      tries,
      rng: rng.fork(`column/${index}`),
      isFirst: step === 0,
    };
    const place = { name: names[index] ?? '', index, reference, boosted: open.boosted[index] ?? null };
    const redrawn = openColumn(model, {
      ...place,
      rows: batch.rows,
      drawn: batch.byIndex,
      isPossible: draw.isFirst && place.boosted === null ? possibleCodes(model, wishes) : null,
    });
    batch.byIndex.set(index, redrawn.column);
    batch.byName.set(place.name, redrawn.column);
    const kept = drawStep(draw, redrawn, batch);
    if (kept.length < batch.rows.nRows) batch = keepRows(batch, kept);
    const column = batch.byIndex.get(index);
    if (column !== undefined) writeFeature(feature, column, batch.rows, step);
  });
  const table = {
    nRows: batch.rows.nRows,
    columns: names.flatMap((_, index) => batch.byIndex.get(index) ?? []),
  };
  return { table, begunAt: batch.begunAt, nBegun: nRows, rates: tries };
}

/** Rows that have been drawn in part. */
interface Batch {
  readonly rows: CodedRows;
  readonly begunAt: Int32Array<ArrayBuffer>;
  readonly byIndex: Map<number, Column>;
  readonly byName: Map<string, Column>;
}

function beginRows(nRows: number, width: number): Batch {
  return {
    rows: { nRows, width, codes: new Uint8Array(nRows * width) },
    begunAt: Int32Array.from({ length: nRows }, (_, row) => row + 1),
    byIndex: new Map(),
    byName: new Map(),
  };
}

function keepRows({ rows, begunAt, byIndex, byName }: Batch, kept: Int32Array): Batch {
  const { width } = rows;
  const codes = new Uint8Array(kept.length * width);
  kept.forEach((row, i) => codes.set(rows.codes.subarray(row * width, (row + 1) * width), i * width));
  const taken = new Map(Array.from(byName, ([name, column]) => [name, takeColumnRows(column, kept)]));
  return {
    rows: { nRows: kept.length, width, codes },
    begunAt: Int32Array.from(kept, (row) => begunAt[row] ?? 0),
    byIndex: new Map(
      Array.from(byIndex, ([index, { name }]) => [index, taken.get(name)] as const).flatMap(
        ([index, column]) => (column === undefined ? [] : [[index, column] as const]),
      ),
    ),
    byName: taken,
  };
}

interface StepDraw {
  readonly model: ColumnModel;
  readonly wishes: StepWishes;
  readonly sought: SoughtRows;
  /** Counted up as wishes are tried. */
  readonly tries: { nTried: number; nMet: number }[];
  readonly rng: Rng;
  readonly isFirst: boolean;
}

/** Draws a column; answers the rows that go on. */
function drawStep(draw: StepDraw, redrawn: RedrawnColumn, batch: Batch): Int32Array<ArrayBuffer> {
  const { wishes, rng, isFirst, sought } = draw;
  const all = Int32Array.from({ length: batch.rows.nRows }, (_, row) => row);
  redrawn.draw(all, rng);
  if (isFirst && wishes.shares !== null) setShares(redrawn, draw.model, sought);
  const again = isFirst && wishes.shares === null ? [...wishes.rules, ...wishes.conditions] : wishes.rules;
  const held = holdRules(draw, again, redrawn, all, batch);
  const once = wishes.conditions.filter((condition) => !again.includes(condition));
  const meeting = count(draw, once, bindAll(once, batch.byName), held);
  return closeShares(draw, batch, wishes.shares === null ? meeting : openShares(draw, redrawn, meeting));
}

/** The rows of levels that are still sought. How many of each is settled when no wish is left that could lose some of them. */
function openShares(
  { wishes, sought: { wishes: all, open }, tries }: StepDraw,
  { column }: RedrawnColumn,
  rows: Int32Array<ArrayBuffer>,
): Int32Array<ArrayBuffer> {
  const tally = tries[wishes.shares ?? -1];
  if (all.shares === null || open === null || tally === undefined || column.kind !== 'level') return rows;
  const placeOf = placeShares(all.shares, column);
  const kept = rows.filter((row) => (open[placeOf(row)] ?? 0) > 0);
  tally.nTried += rows.length;
  tally.nMet += kept.length;
  return kept;
}

/** Of each level no more rows than are sought, once no wish comes after; those too many have not met the wish. */
function closeShares(
  { wishes, sought, tries }: StepDraw,
  { byName, rows: { nRows } }: Batch,
  rows: Int32Array<ArrayBuffer>,
): Int32Array<ArrayBuffer> {
  const tally = tries[wishes.closesShares ?? -1];
  if (tally === undefined) return rows;
  const filled = fillShares(rows, { nRows, columns: [...byName.values()] }, sought);
  tally.nMet -= rows.length - filled.length;
  return filled;
}

/** Draws the column again for the rows that break what it has to hold; answers those that hold it in the end. */
function holdRules(
  draw: StepDraw,
  placed: readonly PlacedWish[],
  redrawn: RedrawnColumn,
  rows: Int32Array<ArrayBuffer>,
  { byName }: Batch,
): Int32Array<ArrayBuffer> {
  if (placed.length === 0) return rows;
  const tests = bindAll(placed, byName);
  const holds = new Uint8Array(rows.length);
  const most = draw.isFirst ? MAX_FIRST_REDRAWS : MAX_REDRAWS;
  let open = rows;
  for (let attempt = 0; open.length > 0; attempt++) {
    for (const row of count(draw, placed, tests, open)) holds[row] = 1;
    open = open.filter((row) => holds[row] === 0);
    const isHopeless = attempt >= MAX_REDRAWS && open.length === rows.length;
    if (attempt === most || isHopeless) break;
    redrawn.draw(open, draw.rng.fork(`redraw/${attempt}`));
  }
  return rows.filter((row) => holds[row] === 1);
}

/** The rows that pass all tests; each wish counts all of them. */
function count(
  { tries }: StepDraw,
  placed: readonly PlacedWish[],
  tests: readonly RowTest[],
  rows: Int32Array<ArrayBuffer>,
): Int32Array<ArrayBuffer> {
  const passes = new Uint8Array(rows.length).fill(1);
  tests.forEach((test, i) => {
    const tally = tries[placed[i]?.at ?? -1];
    if (tally === undefined) return;
    tally.nTried += rows.length;
    rows.forEach((row, at) => {
      if (test(row)) tally.nMet++;
      else passes[at] = 0;
    });
  });
  return rows.filter((_, at) => passes[at] === 1);
}

/**
 * Gives each row a level that is still sought, as many of each as are sought in proportion. A level that the model has not
 * learnt is given to none: its rows keep what was drawn.
 */
function setShares({ column }: RedrawnColumn, model: ColumnModel, { wishes, open }: SoughtRows): void {
  const { shares } = wishes;
  if (column.kind !== 'level' || model.kind !== 'level' || shares === null || open === null) return;
  const { kept } = model.codes;
  const learnt = new Set(model.tree.codes);
  const codes = shares.shares.map(({ level }) => {
    const code = level === null ? MISSING : 1 + kept.findIndex((one) => column.levels[one] === level);
    return (level !== null && code === MISSING) || !learnt.has(code) ? null : (kept[code - 1] ?? -1);
  });
  let row = 0;
  apportion(column.codes.length, open).forEach((n, place) => {
    const code = codes[place] ?? null;
    if (code !== null) column.codes.fill(code, row, row + n);
    row += n;
  });
}
