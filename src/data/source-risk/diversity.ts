import type { RowGroups } from '../row-groups';
import { countPersons, refineClasses, type Classes } from './classes';
import { spreadOfCategories, spreadOfOrdered, type ValueCount } from './closeness';
import type { CodedColumn } from './code-cells';

/** What knowing somebody's class tells of one sensitive column. */
export interface SensitiveRisk {
  readonly column: string;
  /** Least number of different values in a class: distinct l-diversity. 1 = a class gives its value away. */
  readonly distinctL: number;
  /** Least e^H of a class, H the entropy of its values: entropy l-diversity. */
  readonly entropyL: number;
  /** Largest distance of a class's values from the table's, 0–1: t-closeness. */
  readonly t: number;
  /** `ordered`: earth mover's distance over the order of the values; `categories`: total variation. */
  readonly distance: 'ordered' | 'categories';
  /** Persons in classes where all have the same value. */
  readonly nGivenAway: number;
}

/**
 * l-diversity (Machanavajjhala et al. 2007) and t-closeness (Li et al. 2007) of a column over classes, counted in persons.
 * A missing value is a value of its own; it has no place in an order, so that t of numbers and dates leaves it out.
 */
export function measureDiversity(
  classes: Classes,
  column: CodedColumn,
  persons: RowGroups | null,
): SensitiveRisk {
  const pairs = refineClasses(classes, column);
  const sizes = countPersons(pairs, persons);
  const { byClass, codeOf } = gatherPairs(classes, pairs, column);
  const isOrdered = column.values !== null;
  const totals = new Float64Array(isOrdered ? column.nCodes - 1 : column.nCodes);
  sizes.forEach((n, pair) => {
    const code = codeOf[pair] ?? 0;
    if (code < totals.length) totals[code] = (totals[code] ?? 0) + n;
  });
  const spread = isOrdered ? spreadOfOrdered(totals) : spreadOfCategories(totals);
  const worst = { distinctL: Infinity, entropyL: Infinity, t: 0, nGivenAway: 0 };
  for (const members of byClass) {
    const counts = members.map((pair): ValueCount => ({ code: codeOf[pair] ?? 0, n: sizes[pair] ?? 0 }));
    worst.distinctL = Math.min(worst.distinctL, counts.length);
    worst.entropyL = Math.min(worst.entropyL, Math.exp(entropyOf(counts)));
    const placed = counts.filter(({ code }) => code < totals.length);
    worst.t = Math.max(worst.t, spread.distanceTo(placed) ?? 0);
    if (counts.length === 1) worst.nGivenAway += counts[0]?.n ?? 0;
  }
  return { column: column.name, ...worst, distance: isOrdered ? 'ordered' : 'categories' };
}

function gatherPairs(
  { classOf, nClasses }: Classes,
  pairs: Classes,
  { codes }: CodedColumn,
): { readonly byClass: readonly (readonly number[])[]; readonly codeOf: Uint32Array } {
  const byClass: number[][] = Array.from({ length: nClasses }, () => []);
  const codeOf = new Uint32Array(pairs.nClasses);
  let next = 0;
  // Pairs are numbered as they appear, so that a pair is new where its number is.
  for (let row = 0; row < classOf.length; row++) {
    const pair = pairs.classOf[row] ?? 0;
    if (pair < next) continue;
    next = pair + 1;
    byClass[classOf[row] ?? 0]?.push(pair);
    codeOf[pair] = codes[row] ?? 0;
  }
  return { byClass, codeOf };
}

function entropyOf(counts: readonly ValueCount[]): number {
  const sum = counts.reduce((a, { n }) => a + n, 0);
  return counts.reduce((entropy, { n }) => (n === 0 ? entropy : entropy - (n / sum) * Math.log(n / sum)), 0);
}
