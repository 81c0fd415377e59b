import type { Table } from '../../data/table';
import type { EvaluationSpec, Finding } from '../evaluate';
import { takeFirst, type EvaluationContext } from '../evaluation-context';
import type { JudgeId } from '../judge-ids';
import { isSkipped, type Interval, type Measured } from '../measure';
import { findLack, foreseeAll } from '../needs';
import { runAlone, type Asking } from '../neighbours/near-rows';
import { estimateRate } from '../../math/proportions';
import { boundRate, show, showCount, showShare } from '../tell';
import { countAsked, tellAsked } from './count-asked';
import { askClosest, CLOSEST_NEEDS, type ClosestRecords } from './closest-records';

/** Rows of shuffled columns that are looked at. */
const FLOOR_ROWS = 500;

const IDS = [
  'closest-records',
  'closest-distance',
  'nearest-neighbour-ratio',
  'identical-match-share',
] as const;

const WARNING =
  ' A diagnostic of copying and no evidence of privacy: tables that pass it still give people away (Yao et al. 2025).';

/**
 * How near synthetic rows lie to train, four ways. Shown since readers ask for them and since copying shows in them; that
 * nothing shows in them proves nothing (Yao et al. 2025, "The DCR delusion"; Pilgram et al. 2025).
 */
export const COPYING_DIAGNOSTICS: EvaluationSpec = {
  family: 'privacy',
  ids: IDS,
  foresee: ({ sizes }) => foreseeAll(IDS, findLack(sizes, CLOSEST_NEEDS)),
  measure: (context) => runAlone(askDiagnostics(context)),
  ask: askDiagnostics,
};

function* askDiagnostics(context: EvaluationContext): Asking<readonly Measured<Finding>[]> {
  const { compared, kinds } = context;
  const nAsked = countAsked(compared.train);
  const asked = takeFirst(compared.synthetic, nAsked);
  const near = yield* askClosest(compared.train, compared.holdout, asked, kinds, nAsked);
  if (isSkipped(near)) return IDS.map((id) => ({ id, reason: near.reason }));
  const floor = yield* askFloor(context, takeFirst(compared.shuffled, FLOOR_ROWS));
  const nHeld = compared.holdout?.nRows ?? 0;
  const sampled =
    tellAsked('the synthetic table', asked.nRows, compared.synthetic.nRows) +
    tellAsked('the holdout', Math.min(nAsked, nHeld), nHeld);
  return [
    tellShare(near, floor?.closer.share ?? null),
    tellTail('closest-distance', near, 'distances', floor),
    tellTail('nearest-neighbour-ratio', near, 'ratios', floor),
    tellMatches(near, floor?.syntheticMatches ?? null),
  ].map((finding) => ({ ...finding, sentence: `${finding.sentence}${sampled}` }));
}

function* askFloor({ compared, kinds }: EvaluationContext, shuffled: Table): Asking<ClosestRecords | null> {
  // What the holdout's rows show is known already: a few will do.
  const found = yield* askClosest(compared.train, compared.holdout, shuffled, kinds, FLOOR_ROWS);
  return isSkipped(found) ? null : found;
}

function tellShare({ closer: { share, interval, n } }: ClosestRecords, floor: number | null): Finding {
  return diagnose('closest-records', share, interval, n, floor, 0.5, 'lower-is-better', [
    `Of ${showCount(n)} synthetic rows ${show(share)} lie closer to train than to the holdout (${show(interval.low)} to`,
    `${show(interval.high)}); 0.5 favours neither.`,
  ]);
}

function tellTail(
  id: 'closest-distance' | 'nearest-neighbour-ratio',
  near: ClosestRecords,
  of: 'distances' | 'ratios',
  floor: ClosestRecords | null,
): Finding {
  const read = (each: ClosestRecords) => (of === 'distances' ? each.syntheticToTrain : each.syntheticRatios);
  const own = read(near);
  const held = of === 'distances' ? near.holdoutToTrain : near.holdoutRatios;
  const what =
    of === 'distances'
      ? 'lie no further from a row of train than'
      : 'lie nearer to one row of train than to any other by a ratio of';
  const mixed = floor === null ? null : read(floor).p05;
  const finding = diagnose(id, own.p05, near.tails[of], near.closer.n, mixed, held.p05, 'higher-is-better', [
    `One in twenty synthetic rows ${what} ${showFine(own.p05)}; of the holdout's rows one in twenty: ${showFine(held.p05)}.`,
  ]);
  return {
    ...finding,
    parts: (['min', 'p01', 'p05', 'median', 'p95'] as const).map((quantile) => ({
      columns: [],
      value: own[quantile],
      note: `${QUANTILES[quantile]}; of the holdout's rows ${showFine(held[quantile])}`,
    })),
  };
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

function tellMatches(
  { syntheticMatches, holdoutMatches, closer: { n } }: ClosestRecords,
  floor: number | null,
): Finding {
  const { value, interval } = boundRate(estimateRate(syntheticMatches * n, n));
  return diagnose('identical-match-share', value, interval, n, floor, holdoutMatches, 'lower-is-better', [
    `${showShare(value)} of ${showCount(n)} synthetic rows are at no distance from a row of train; of the holdout's rows`,
    `${showShare(holdoutMatches)}.`,
  ]);
}

function diagnose(
  id: JudgeId,
  value: number,
  interval: Interval,
  n: number,
  floor: number | null,
  ceiling: number,
  direction: Finding['direction'],
  sentence: readonly string[],
): Finding {
  return {
    id,
    value,
    interval,
    n,
    direction,
    floor,
    ceiling,
    sentence: `${sentence.join(' ')}${WARNING}`,
    parts: [],
    isDiagnostic: true,
  };
}
