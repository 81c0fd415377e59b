import type { Table } from '../../data/table';
import type { EvaluationSpec, Finding } from '../evaluate';
import { takeFirst, type EvaluationContext } from '../evaluation-context';
import type { JudgeId } from '../judge-ids';
import { NO_HOLDOUT, type Measured } from '../measure';
import { findLack, foreseeAll, sizesOf, type Lack, type Sizes } from '../needs';
import { runAlone, type Asking } from '../neighbours/near-rows';
import { estimateRate } from '../../math/proportions';
import { boundRate, show, showCount, showShare } from '../tell';
import { askApart } from '../watch';
import { askCloser, type CloserShare } from './closer-share';
import { CLOSEST_NEEDS, NEAR_NEEDS } from './closest-records';
import { countAsked, tellAsked } from './count-asked';
import { spanSpace } from './gower-space';
import { growGowerTree, type GowerTree } from './gower-tree';
import { askNearest } from './nearest-rows';
import { askNearTrain, type NearTrain } from './near-train';

/** Rows of shuffled columns that are looked at. */
const FLOOR_ROWS = 500;

/** Held against the holdout, and against train alone. */
const SHARE_ID: JudgeId = 'closest-records';
const NEAR_IDS = ['closest-distance', 'nearest-neighbour-ratio', 'identical-match-share'] as const;
const IDS: readonly JudgeId[] = [SHARE_ID, ...NEAR_IDS];

const WARNING =
  ' A diagnostic of copying and no evidence of privacy: tables that pass it still give people away (Yao et al. 2025).';

/**
 * How near synthetic rows lie to train, four ways. Shown since readers ask for them and since copying shows in them; that
 * nothing shows in them proves nothing (Yao et al. 2025, "The DCR delusion"; Pilgram et al. 2025). Without a holdout all but
 * the share closer to train are computed all the same, without a ceiling.
 */
export const COPYING_DIAGNOSTICS: EvaluationSpec = {
  family: 'privacy',
  ids: IDS,
  foresee: ({ sizes }) => [
    ...foreseeAll([SHARE_ID], findLack(sizes, CLOSEST_NEEDS)),
    ...foreseeAll(NEAR_IDS, findNearLack(sizes)),
  ],
  measure: (context) => runAlone(askDiagnostics(context)),
  ask: askDiagnostics,
};

function findNearLack(sizes: Sizes): Lack | null {
  return findLack({ ...sizes, holdout: null }, NEAR_NEEDS);
}

/** Where rows may be near to. */
interface Trees {
  readonly train: GowerTree;
  /** Null where too few rows were held out to say anything. */
  readonly holdout: GowerTree | null;
}

/** What rows of one table show. */
interface Shown extends NearTrain {
  readonly n: number;
  /** Null without a holdout. */
  readonly closer: CloserShare | null;
}

function* askDiagnostics(context: EvaluationContext): Asking<readonly Measured<Finding>[]> {
  const { train, holdout, synthetic, shuffled } = context.compared;
  const sizes = sizesOf(train, holdout, synthetic, context.kinds);
  const lack = findNearLack(sizes);
  if (lack !== null) return IDS.map((id) => ({ id, reason: lack.reason }));
  const unheld = findLack(sizes, CLOSEST_NEEDS);
  const held = unheld === null ? holdout : null;
  const space = spanSpace(train);
  const trees: Trees = {
    train: growGowerTree(space, train),
    holdout: held === null ? null : growGowerTree(space, held),
  };
  const nAsked = countAsked(train);
  const asked = takeFirst(synthetic, nAsked);
  const made = yield* askShown(trees, asked);
  const people =
    held === null
      ? null
      : yield* askApart(context, 'ceiling', askNearTrain(trees.train, takeFirst(held, nAsked)));
  const floor = yield* askApart(context, 'floor', askShown(trees, takeFirst(shuffled, FLOOR_ROWS)));
  const ofSynthetic = tellAsked('the synthetic table', asked.nRows, synthetic.nRows);
  const nHeld = held?.nRows ?? 0;
  const sampled = ofSynthetic + tellAsked('the holdout', Math.min(nAsked, nHeld), nHeld);
  const near = { made, floor, people, wanting: tellFewHeld(holdout) };
  const found = [
    tellTail('closest-distance', 'distances', near),
    tellTail('nearest-neighbour-ratio', 'ratios', near),
    tellMatches(near),
  ].map((finding) => ({ ...finding, sentence: `${finding.sentence}${sampled}` }));
  const reason = unheld?.reason ?? CLOSEST_NEEDS.noHoldout;
  if (made.closer === null) return [{ id: SHARE_ID, reason }, ...found];
  const share = tellShare(made.closer, floor.closer);
  return [{ ...share, sentence: `${share.sentence}${sampled}` }, ...found];
}

function* askShown({ train, holdout }: Trees, rows: Table): Asking<Shown> {
  const found = yield* askNearTrain(train, rows);
  if (holdout === null) return { ...found, n: rows.nRows, closer: null };
  const near = yield* askNearest(holdout, rows);
  const closer = yield* askCloser(rows, { tree: train, near: found.nearest }, { tree: holdout, near });
  return { ...found, n: rows.nRows, closer };
}

/** Why there is no ceiling where the holdout is not looked at. */
function tellFewHeld(holdout: Table | null): string {
  return holdout === null ? NO_HOLDOUT : `the holdout has ${holdout.nRows} rows`;
}

/** What the synthetic table shows, with its yardsticks. */
interface Near {
  readonly made: Shown;
  readonly floor: Shown;
  /** The holdout's rows; null where there are too few. */
  readonly people: NearTrain | null;
  /** Why there are none. */
  readonly wanting: string;
}

function tellShare({ share, interval, n }: CloserShare, floor: CloserShare | null): Finding {
  return {
    id: SHARE_ID,
    value: share,
    interval,
    n,
    direction: 'lower-is-better',
    floor: floor?.share ?? null,
    ceiling: 0.5,
    sentence:
      `Of ${showCount(n)} synthetic rows ${show(share)} lie closer to train than to the holdout (${show(interval.low)} to ` +
      `${show(interval.high)}); 0.5 favours neither.${WARNING}`,
    parts: [],
    isDiagnostic: true,
  };
}

function tellTail(
  id: 'closest-distance' | 'nearest-neighbour-ratio',
  of: 'distances' | 'ratios',
  { made, floor, people, wanting }: Near,
): Finding {
  const own = made[of];
  const held = people?.[of] ?? null;
  const what =
    of === 'distances'
      ? 'lie no further from a row of train than'
      : 'lie nearer to one row of train than to any other by a ratio of';
  const ofPeople =
    held === null ? NO_COMPARISON : `of the holdout's rows one in twenty: ${showFine(held.p05)}.`;
  return {
    id,
    value: own.p05,
    interval: made.tails[of],
    n: made.n,
    direction: 'higher-is-better',
    floor: floor[of].p05,
    ...boundBy(held?.p05 ?? null, wanting),
    sentence: `One in twenty synthetic rows ${what} ${showFine(own.p05)}; ${ofPeople}${WARNING}`,
    parts: (['min', 'p01', 'p05', 'median', 'p95'] as const).map((quantile) => ({
      columns: [],
      value: own[quantile],
      note:
        held === null
          ? QUANTILES[quantile]
          : `${QUANTILES[quantile]}; of the holdout's rows ${showFine(held[quantile])}`,
    })),
    isDiagnostic: true,
  };
}

const NO_COMPARISON = 'no holdout says how near new people come to train.';

function boundBy(ceiling: number | null, wanting: string): Pick<Finding, 'ceiling' | 'noYardstick'> {
  return ceiling === null ? { ceiling, noYardstick: { ceiling: wanting } } : { ceiling };
}

/** Three digits that count: distances are often small. */
function showFine(distance: number): string {
  return String(Number(distance.toPrecision(3)));
}

const QUANTILES = {
  min: 'smallest',
  p01: '1 % of rows lie below',
  p05: '5 % of rows lie below',
  median: 'half of the rows lie below',
  p95: '95 % of rows lie below',
};

function tellMatches({ made: { matches, n }, floor, people, wanting }: Near): Finding {
  const { value, interval } = boundRate(estimateRate(matches * n, n));
  const ofPeople = people === null ? NO_COMPARISON : `of the holdout's rows ${showShare(people.matches)}.`;
  return {
    id: 'identical-match-share',
    value,
    interval,
    n,
    direction: 'lower-is-better',
    floor: floor.matches,
    ...boundBy(people?.matches ?? null, wanting),
    sentence: `${showShare(value)} of ${showCount(n)} synthetic rows are at no distance from a row of train; ${ofPeople}${WARNING}`,
    parts: [],
    isDiagnostic: true,
  };
}
