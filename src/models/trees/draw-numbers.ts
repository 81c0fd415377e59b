import { normalQuantile } from '../../math/normal';
import type { Rng } from '../../math/rng';
import { rankWithTies } from '../../math/statistics';
import { valueOfGroup } from './code-groups';
import type { NumberModel } from './fit-column';

/**
 * A value for each drawn group. Within a group values are spread evenly over its quantiles where the ends of the range are
 * decided or where another column orders them, else they fall where they may.
 *
 * @param chosen group of each drawn value; groups that are not the column's own get NaN
 * @param orderOf values of an earlier column at the drawn rows
 * @param spreadsAll spreads the values of every group
 */
export function drawNumbers(
  { codes, groups, pairs }: Pick<NumberModel, 'codes' | 'groups' | 'pairs'>,
  chosen: Int32Array,
  orderOf: (index: number) => Float64Array,
  rng: Rng,
  spreadsAll = false,
): Float64Array {
  const numbers = new Float64Array(chosen.length).fill(NaN);
  const last = groups.nGroups - 1;
  const spread = new Map<number, number[]>();
  for (let i = 0; i < chosen.length; i++) {
    const group = chosen[i] ?? 0;
    if (group === 0 || group > last) continue;
    const isSpread = spreadsAll || group === 1 || group === last || (pairs[group]?.index ?? -1) >= 0;
    if (isSpread) add(spread, group, i);
    else numbers[i] = valueOfGroup(groups, codes, group, rng.open());
  }
  for (const [group, places] of spread) {
    const { index = -1, rho = 0 } = pairs[group] ?? {};
    const order = index < 0 ? rng.permutation(places.length) : follow(orderOf(index), places, rho, rng);
    places.forEach((place, i) => {
      const u = ((order[i] ?? 0) + rng.open()) / places.length;
      numbers[place] = valueOfGroup(groups, codes, group, u);
    });
  }
  return numbers;
}

function add(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Ranks of rows that follow another column's values with that correlation (a normal copula); missing ones fall anywhere. */
function follow(values: Float64Array, places: readonly number[], rho: number, rng: Rng): Float64Array {
  const present = places.filter((place) => !Number.isNaN(values[place] ?? NaN));
  const ranks = rankWithTies(Float64Array.from(present, (place) => values[place] ?? 0));
  const noise = Math.sqrt(1 - rho * rho);
  let at = 0;
  const keys = Float64Array.from(places, (place) => {
    if (Number.isNaN(values[place] ?? NaN)) return rng.normal();
    const score = normalQuantile(((ranks[at++] ?? 0) + 0.5) / present.length);
    return rho * score + noise * rng.normal();
  });
  return rankWithTies(keys);
}
