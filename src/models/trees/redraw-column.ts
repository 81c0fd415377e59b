import type { Column } from '../../data/table';
import type { Rng } from '../../math/rng';
import { predictClasses, type OpenBoosted } from './boosted';
import { fillNumbers, pickClass } from './draw-rows';
import type { CodedRows } from './features';
import type { ColumnModel, LevelModel, NumberModel } from './fit-column';
import { drawNumbersAlone, type Reference } from './reference';
import { drawCodes, findLeaves, spreadCodes, type Tree, type TreeDraw } from './tree';
import { MISSING, valueOfCode } from './value-codes';

/** A column while rows of it are drawn, as often as need be. */
export interface RedrawnColumn {
  /** Filled by `draw`. */
  readonly column: Column;
  draw(rows: Int32Array, rng: Rng): void;
}

/** What a column that is drawn first may be, where that is known before: a code or group can still fail `isWanted`. */
export type CodeTest = (code: number) => boolean;

export interface RedrawPlace {
  readonly name: string;
  readonly index: number;
  readonly rows: CodedRows;
  readonly drawn: ReadonlyMap<number, Column>;
  readonly reference: Reference;
  readonly boosted: OpenBoosted | null;
  /** Draws only codes (groups, for a number) that pass; for a column without columns before it. */
  readonly isPossible: CodeTest | null;
}

export function openColumn(model: ColumnModel, place: RedrawPlace): RedrawnColumn {
  return model.kind === 'level' ? openLevels(model, place) : openNumbers(model, place);
}

function openLevels(model: LevelModel, place: RedrawPlace): RedrawnColumn {
  const { kept, levels } = model.codes;
  const codes = new Int32Array(place.rows.nRows).fill(-1);
  const choose =
    place.boosted === null
      ? chooseCodes(model, place)
      : chooseClasses(model.firstCode, place.boosted, place.rows);
  return {
    column: { kind: 'level', name: place.name, codes, levels },
    draw: (rows, rng) => {
      const chosen = choose(rows, rng);
      rows.forEach((row, i) => {
        const code = chosen[i] ?? MISSING;
        codes[row] = code === MISSING ? -1 : (kept[code - 1] ?? -1);
      });
    },
  };
}

function openNumbers(model: NumberModel, place: RedrawPlace): RedrawnColumn {
  const values = new Float64Array(place.rows.nRows).fill(NaN);
  const ordered = place.reference.get(place.index);
  const filling = {
    model,
    drawn: place.drawn,
    values,
    chooseGroups: chooseCodes(model, place),
    drawNumbers: (chosen: Int32Array, orderOf: (index: number) => Float64Array, rng: Rng) =>
      drawNumbersAlone(model, ordered, chosen, orderOf, rng),
  };
  return {
    column: { kind: 'number', name: place.name, values },
    draw: (rows, rng) => {
      fillNumbers(filling, rows, rng);
    },
  };
}

/** A code for each of the given rows. */
type Choose = (rows: Int32Array, rng: Rng) => Int32Array;

function chooseCodes(draw: TreeDraw, place: RedrawPlace): Choose {
  const { tree } = draw;
  const possible = place.isPossible === null ? null : rootCodes(tree).filter(place.isPossible).sort();
  if (possible !== null && possible.length > 0) return (rows, rng) => spreadCodes(possible, rows.length, rng);
  const leaves = findLeaves(tree, place.rows);
  const leavesOf = (rows: Int32Array) => rows.map((row) => leaves[row] ?? 0);
  return (rows, rng) => drawCodes(draw, leavesOf(rows), rng);
}

function rootCodes({ codes, start, end }: Tree): Int32Array<ArrayBuffer> {
  return Int32Array.from(codes.subarray(start[0] ?? 0, end[0] ?? 0));
}

function chooseClasses(firstCode: number, boosted: OpenBoosted, rows: CodedRows): Choose {
  const { nClasses } = boosted.model;
  const shares = predictClasses(boosted, rows);
  return (rows, rng) =>
    rows.map((row) => firstCode + pickClass(shares, row * nClasses, nClasses, rng.float()));
}

/** Groups of a number that may hold a value from `min` to `max`; missing where it may be missing. */
export function groupsWithin(
  { codes, groups }: NumberModel,
  min: number,
  max: number,
  mayMiss: boolean,
): CodeTest {
  const fits = Array.from({ length: groups.nGroups }, (_, group) => {
    if (group === MISSING) return mayMiss;
    const own = groups.codes.subarray(groups.starts[group] ?? 0, groups.starts[group + 1] ?? 0);
    return own.some((code) => valueOfCode(codes, code, 0) <= max && valueOfCode(codes, code, 1) >= min);
  });
  return (group) => fits[group] ?? false;
}
