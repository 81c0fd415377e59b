import { takeRows, type Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import { boundArea } from '../../math/area-interval';
import { Z95 } from '../../math/proportions';
import { measureArea, measureSharedArea, type Stratum } from '../../math/roc';
import { alignTables } from '../align-tables';
import type { ColumnKind } from '../fidelity/column-kinds';
import { groupOf, jackknifeReach, N_GROUPS } from '../group-jackknife';
import type { Interval, Measured } from '../measure';
import { findLack, sizesOf, type Lack, type Needs } from '../needs';
import { runAlone, type Asking } from '../neighbours/near-rows';
import { spanSpace } from './gower-space';
import { growGowerTree, type GowerTree } from './gower-tree';
import { judgeHits, judgeMembership, type Membership } from './membership';
import { askNearest } from './nearest-rows';
import type { JudgeId } from '../judge-ids';

export interface DistanceMembership extends Membership {
  /** The same attack on the tenth of records that lie farthest from other people's. */
  readonly exposed: Measured<ExposedMembership>;
}

export interface ExposedMembership {
  readonly auc: number;
  readonly interval: Interval;
  readonly nMembers: number;
  readonly nControls: number;
  readonly hits: Membership['hits'];
}

/** What it takes of the tables. */
export const DISTANCE_NEEDS = {
  noHoldout: 'there is no holdout to tell members from',
  minRows: 100,
  minColumns: 1,
  tooNarrow: 'there is no column to compare',
} as const satisfies Needs;
const MIN_EXPOSED = 50;
const EXPOSED_SHARE = 0.1;
/** What a rate of false alarms among the exposed takes. */
export const EXPOSED_ROWS = 'rows of the most exposed tenth of the holdout';
/** Keeps the ratio finite where a record is met exactly; smaller than any distance that is not 0. */
const TINY = 1e-9;

/**
 * The attacker has the synthetic table and records of other people of the same population, and asks of a person's record
 * whether it was trained on: it was, when synthetic rows lie nearer than the population explains. Score =
 * log(d_reference / d_synthetic), the density ratio of DOMIAS (van Breugel et al. 2023, AISTATS, equation 2) with nearest-
 * neighbour densities in a Gower space spanned by the synthetic table. Half of the holdout is the reference and the other
 * half the controls, then the other way round; members are all rows of train. Skipped without a holdout of 100 rows.
 */
export function attackByDistance(...given: Parameters<typeof askDistances>): Measured<DistanceMembership> {
  return runAlone(askDistances(...given));
}

/** {@link attackByDistance}, where others may be asked which rows lie near. */
export function* askDistances(
  train: Table,
  holdout: Table | null,
  synthetic: Table,
  kinds: readonly ColumnKind[],
  rng: Rng,
): Asking<Measured<DistanceMembership>> {
  const id: JudgeId = 'membership-distance';
  const lack = findLack(sizesOf(train, holdout, synthetic, kinds), DISTANCE_NEEDS);
  if (lack !== null || holdout === null) return { id, reason: lack?.reason ?? DISTANCE_NEEDS.noHoldout };
  const [own, held, made] = alignTables(
    kinds,
    ['train', train],
    ['holdout', holdout],
    ['synthetic', synthetic],
  );
  const space = spanSpace(made);
  const madeTree = growGowerTree(space, made);
  const ownToMade = (yield* askNearest(madeTree, own)).distances;
  const order = rng.fork('halves').permutation(held.nRows);
  const middle = held.nRows >>> 1;
  const halves = [order.slice(0, middle), order.slice(middle)].map((rows): Half => {
    rows.sort();
    return { table: takeRows(held, rows), groups: Uint8Array.from(rows, groupOf) };
  });
  const sides: Side[] = [];
  for (const [h, controls] of halves.entries()) {
    const reference = halves[1 - h] ?? controls;
    const tree = growGowerTree(space, reference.table);
    const toMade = (yield* askNearest(madeTree, controls.table)).distances;
    sides.push({
      members: yield* askScores(own, ownToMade, tree, reference.groups),
      controls: yield* askScores(controls.table, toMade, tree, reference.groups),
      groups: controls.groups,
    });
  }
  const strata = sides.map(({ members, controls }) => ({
    positives: members.scores,
    negatives: controls.scores,
  }));
  const all = judgeMembership(id, strata, errorOfHoldout(sides));
  if (all === null) return { id, reason: 'no rows were scored' };
  return { ...all, exposed: judgeExposed(`${id}-exposed`, sides) };
}

/** Part of the holdout, with the group of the jackknife that each row is in. */
interface Half {
  readonly table: Table;
  readonly groups: Uint8Array;
}

interface Scored {
  readonly scores: Float64Array;
  /** Distance to the nearest person of the reference: how much a record stands apart. */
  readonly exposures: Float64Array;
  /** The scores, were a group of the holdout not in the reference. */
  readonly without: (group: number) => Float64Array;
}

interface Side {
  readonly members: Scored;
  readonly controls: Scored;
  /** Group of each control. */
  readonly groups: Uint8Array;
}

/** People of the reference that are kept in mind for each row: one of them is nearly always in another group. */
const N_NEAR = 3;

function* askScores(
  rows: Table,
  toMade: Float64Array,
  reference: GowerTree,
  groups: Uint8Array,
): Asking<Scored> {
  const near = yield* askNearest(reference, rows, N_NEAR);
  const score = (distance: number, row: number) => Math.log((distance + TINY) / ((toMade[row] ?? 0) + TINY));
  const exposures = near.distances.filter((_, at) => at % N_NEAR === 0);
  return {
    scores: exposures.map(score),
    exposures,
    without: (group) =>
      Float64Array.from({ length: rows.nRows }, (_, row) => {
        let at = row * N_NEAR;
        for (let i = 1; i < N_NEAR && groups[near.rows[at] ?? 0] === group; i++) at++;
        return score(near.distances[at] ?? 0, row);
      }),
  };
}

/**
 * Standard error of the area over other people in the holdout, who are controls and reference at once: the jackknife over
 * groups of them.
 */
function errorOfHoldout(sides: readonly Side[]): number {
  const replicates = Float64Array.from({ length: N_GROUPS + 1 }, (_, at) => {
    if (at === 0) return 0;
    const strata = sides.map(({ members, controls, groups }): Stratum => ({
      positives: members.without(at - 1),
      negatives: controls.without(at - 1).filter((_score, row) => groups[row] !== at - 1),
    }));
    return measureSharedArea(strata)?.auc ?? NaN;
  });
  return jackknifeReach(replicates) / Z95;
}

/** What the attack on the most exposed lacks where so many of the holdout are; null where they are enough. */
export function findExposedLack(nControls: number): Lack | null {
  return nControls >= MIN_EXPOSED
    ? null
    : {
        reason: `the most exposed tenth of the holdout has ${nControls} rows, fewer than ${MIN_EXPOSED}`,
        wanting: 'rows',
      };
}

/** Rows of a holdout of that size that are among the most exposed, where no two are exposed alike; fewer where some are. */
export function countExposed(nRows: number): number {
  const ofHalf = (n: number) => n - 1 - Math.floor((1 - EXPOSED_SHARE) * n);
  return ofHalf(nRows >>> 1) + ofHalf(nRows - (nRows >>> 1));
}

/** Members and controls with their scores, and how far each lies from other people. */
export interface ExposedSide {
  readonly members: Pick<Scored, 'scores' | 'exposures'>;
  readonly controls: Pick<Scored, 'scores' | 'exposures'>;
}

/** An attack on the records that lie farther from other people's than nine tenths of the controls do. */
export function judgeExposed(id: string, sides: readonly ExposedSide[]): Measured<ExposedMembership> {
  const strata = sides.map(({ members, controls }): Stratum => {
    const sorted = controls.exposures.slice().sort();
    const least = sorted[Math.floor((1 - EXPOSED_SHARE) * sorted.length)] ?? Infinity;
    const choose = ({ scores, exposures }: ExposedSide['members']) =>
      scores.filter((_, i) => (exposures[i] ?? 0) > least);
    return { positives: choose(members), negatives: choose(controls) };
  });
  const count = (read: (stratum: Stratum) => Float64Array) =>
    strata.reduce((n, stratum) => n + read(stratum).length, 0);
  const nControls = count(({ negatives }) => negatives);
  const few = findExposedLack(nControls);
  if (few !== null) return { id, reason: few.reason };
  const areas = strata.flatMap(({ positives, negatives }) => measureArea(positives, negatives) ?? []);
  if (areas.length < strata.length)
    return { id, reason: 'no row of train is as exposed as those of the holdout' };
  const auc = areas.reduce((sum, area) => sum + area.auc, 0) / areas.length;
  const error = Math.sqrt(areas.reduce((sum, area) => sum + area.error ** 2, 0) / areas.length);
  const nMembers = Math.round(count(({ positives }) => positives) / strata.length);
  return {
    auc,
    interval: boundArea(auc, error, nMembers, nControls),
    nMembers,
    nControls,
    hits: judgeHits(id, strata, EXPOSED_ROWS),
  };
}
