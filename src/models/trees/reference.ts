import { countBelow } from '../../math/bisect';
import { normalCdf, normalQuantile } from '../../math/normal';
import { Rng } from '../../math/rng';
import { getColumn, type NumberColumn, type Table } from '../../data/table';
import { valueOfGroup } from './code-groups';
import { drawRows, type OpenTrees } from './draw-rows';
import { codeNumber } from './fit-codes';
import type { NumberModel } from './fit-column';

/** Rows drawn without wishes, to see where values lie among all rows. */
const REFERENCE_ROWS = 8192;

/**
 * For each number column and group the values, ascending, of the column that orders the group, as rows without wishes have
 * them. Rows that were drawn towards wishes cannot be ranked among themselves: they are a part of all rows only.
 */
export type Reference = ReadonlyMap<number, readonly (Float64Array | null)[]>;

export function makeReference(open: OpenTrees): Reference {
  const table = drawRows(open, REFERENCE_ROWS, Rng.fromSeed('trees/reference'));
  const { columns, names } = open.state;
  const found = columns.flatMap((model, index) => {
    if (model.kind !== 'number' || model.pairs.every((pair) => pair.index < 0)) return [];
    return [[index, orderGroups(model, index, names, table)] as const];
  });
  return new Map(found);
}

function orderGroups(
  model: NumberModel,
  index: number,
  names: readonly string[],
  table: Table,
): readonly (Float64Array | null)[] {
  const { base, codes, groups, pairs } = model;
  const { values } = numberColumn(table, names[index]);
  const added = base === null ? null : numberColumn(table, names[base]).values;
  const groupOf = values.map((value, row) => {
    const own = added === null ? value : value - (added[row] ?? NaN);
    return groups.groupOf[codeNumber(codes, own)] ?? -1;
  });
  return pairs.map((pair, group) => {
    if (pair.index < 0) return null;
    const order = numberColumn(table, names[pair.index]).values;
    return order.filter((value, row) => groupOf[row] === group && !Number.isNaN(value)).sort();
  });
}

function numberColumn(table: Table, name = ''): NumberColumn {
  const column = getColumn(table, name);
  if (column.kind !== 'number') throw new TypeError(`column "${name}" holds levels, not numbers`);
  return column;
}

/**
 * A value for each drawn group, row by row: each has the distribution that `drawNumbers` gives it, but depends on no other
 * row that is drawn with it.
 *
 * @param ordered {@link Reference} of the column
 */
export function drawNumbersAlone(
  { codes, groups, pairs }: NumberModel,
  ordered: readonly (Float64Array | null)[] | undefined,
  chosen: Int32Array,
  orderOf: (index: number) => Float64Array,
  rng: Rng,
): Float64Array {
  const orders = new Map<number, Float64Array>();
  return Float64Array.from(chosen, (group, i) => {
    if (group === 0 || group >= groups.nGroups) return NaN;
    const { index = -1, rho = 0 } = pairs[group] ?? {};
    if (index < 0) return valueOfGroup(groups, codes, group, rng.open());
    const order = orders.get(index) ?? orderOf(index);
    orders.set(index, order);
    const place = placeAmong(ordered?.[group] ?? null, order[i] ?? NaN);
    const u =
      place === null
        ? rng.open()
        : normalCdf(rho * normalQuantile(place) + Math.sqrt(1 - rho * rho) * rng.normal());
    return valueOfGroup(groups, codes, group, u);
  });
}

/** Share of ascending values that a value exceeds, equal ones by half, inside 0–1; null where there is nothing to tell. */
function placeAmong(sorted: Float64Array | null, value: number): number | null {
  if (sorted === null || sorted.length === 0 || Number.isNaN(value)) return null;
  const below = countBelow(sorted, value);
  let same = 0;
  while (sorted[below + same] === value) same++;
  return (below + same / 2 + 0.5) / (sorted.length + 1);
}
