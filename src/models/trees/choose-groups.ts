import { groupCodes, type CodeGroups } from './code-groups';
import type { TreesSettings } from './settings';
import type { Tree } from './tree';
import { MISSING } from './value-codes';
import { weighSplits } from './weigh-splits';

/** Numbers of groups that are tried. */
const N_GROUPS = [16, 32, 64, 128];

export interface GroupedTree {
  readonly groups: CodeGroups;
  /** Its codes are groups, and after these the copies. */
  readonly tree: Tree;
  readonly weights: Float64Array;
}

/** Codes of a number: rows of train and mean of each, and how many copies come after them. */
export interface CodedNumber {
  readonly counts: Float64Array;
  readonly means: Float64Array;
  readonly nCopies: number;
}

/**
 * Takes the codes of a tree's rows together into groups, as fine as pays: of several numbers of groups the one under which
 * rows of train are likeliest when each is left out of the counts that it is judged by. Ages of children and pensioners are
 * told apart; the cents of a bill are not, for which a leaf could only repeat those of its own patients.
 */
export function chooseGroups(
  tree: Tree,
  coded: CodedNumber,
  { groups: wanted, shrinkage, weighSplits: isJudged }: TreesSettings,
): GroupedTree {
  const nCodes = coded.counts.length;
  const options = wanted > 0 ? [wanted] : N_GROUPS;
  let best: GroupedTree | null = null;
  let most = -Infinity;
  let finest = 0;
  for (const nWanted of options) {
    const groups = groupCodes(coded.counts, coded.means, nWanted);
    if (groups.nGroups === finest) break;
    finest = groups.nGroups;
    const grouped = regroup(tree, groups, nCodes);
    const { weights, known } = weighSplits(grouped, groups.nGroups + coded.nCopies, shrinkage, isJudged > 0);
    const value = measureLikelihood(tree.codes, known, groups, coded.counts);
    if (value > most) [best, most] = [{ groups, tree: grouped, weights }, value];
  }
  if (best === null) throw new RangeError('there must be a number of groups to try');
  return best;
}

function regroup(tree: Tree, { groupOf, nGroups }: CodeGroups, nCodes: number): Tree {
  const codes = Int32Array.from(tree.codes, (code) =>
    code < nCodes ? (groupOf[code] ?? MISSING) : nGroups + code - nCodes,
  );
  return { ...tree, codes: codes.every((code) => code < 256) ? Uint8Array.from(codes) : codes };
}

/** Log-likelihood of the rows' codes: of their group by the tree, and within the group by all other rows. */
function measureLikelihood(
  codes: Tree['codes'],
  known: Float64Array,
  { groupOf, nGroups }: CodeGroups,
  counts: Float64Array,
): number {
  const sizes = new Float64Array(nGroups);
  counts.forEach((n, code) => {
    const group = groupOf[code] ?? MISSING;
    sizes[group] = (sizes[group] ?? 0) + n;
  });
  const logShare = counts.map((n, code) => {
    const others = (sizes[groupOf[code] ?? MISSING] ?? 0) - 1;
    return others > 0 ? Math.log(Math.max(n - 1, 0.5) / others) : 0;
  });
  const unseen = 0.5 / Math.max(1, codes.length);
  let sum = 0;
  for (let i = 0; i < codes.length; i++)
    sum += Math.log(Math.max(known[i] ?? 0, unseen)) + (logShare[codes[i] ?? 0] ?? 0);
  return sum;
}
