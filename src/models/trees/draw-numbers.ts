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
  const isSpread = (group: number) =>
    spreadsAll || group === 1 || group === last || (pairs[group]?.index ?? -1) >= 0;
  const ofGroup = Uint8Array.from({ length: groups.nGroups }, (_, group) => (isSpread(group) ? 1 : 0));
  for (let i = 0; i < chosen.length; i++) {
    const group = chosen[i] ?? 0;
    if (group > 0 && group <= last && ofGroup[group] === 0)
      numbers[i] = valueOfGroup(groups, codes, group, rng.open());
  }
  for (const { group, places } of listPlaces(chosen, ofGroup)) {
    const { index = -1, rho = 0 } = pairs[group] ?? {};
    const n = places.length;
    const order = index < 0 ? rng.permutation(n) : follow(orderOf(index), places, rho, rng);
    for (let i = 0; i < n; i++) {
      const u = ((order[i] ?? 0) + rng.open()) / n;
      numbers[places[i] ?? 0] = valueOfGroup(groups, codes, group, u);
    }
  }
  return numbers;
}

/** Rows of each group of `isWanted`, in the order in which groups come first; never those of group 0. */
function listPlaces(
  chosen: Int32Array,
  isWanted: Uint8Array,
): readonly { readonly group: number; readonly places: Int32Array }[] {
  const ends = new Int32Array(isWanted.length);
  const groups: number[] = [];
  for (const group of chosen) {
    if (group <= 0 || isWanted[group] !== 1) continue;
    if (ends[group] === 0) groups.push(group);
    ends[group] = (ends[group] ?? 0) + 1;
  }
  const lists = groups.map((group) => ({ group, places: new Int32Array(ends[group] ?? 0) }));
  const placesOf: (Int32Array | undefined)[] = Array.from(ends, () => undefined);
  for (const { group, places } of lists) placesOf[group] = places;
  ends.fill(0);
  chosen.forEach((group, i) => {
    const places = placesOf[group];
    if (places === undefined) return;
    const at = ends[group] ?? 0;
    places[at] = i;
    ends[group] = at + 1;
  });
  return lists;
}

/** Ranks of rows that follow another column's values with that correlation (a normal copula); missing ones fall anywhere. */
function follow(values: Float64Array, places: Int32Array, rho: number, rng: Rng): Float64Array {
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
