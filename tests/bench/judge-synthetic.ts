import type { Table } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { detectSynthetic } from '../../src/measure/fidelity/detection';
import { qualityReport } from '../../src/measure/fidelity/quality-report';
import { isSkipped, type Interval, type Measured } from '../../src/measure/measure';
import { measureClosest } from '../../src/measure/privacy/closest-records';
import { attackByDistance } from '../../src/measure/privacy/distance-membership';
import { findCopies } from '../../src/measure/privacy/exact-copies';
import { judgeLikelihoods } from '../../src/measure/privacy/membership';
import { singleOutByRecord } from '../../src/measure/privacy/singling-out-records';
import { singleOutByValue } from '../../src/measure/privacy/singling-out-values';
import { trainOnSynthetic } from '../../src/measure/utility/train-synthetic';
import type { TrainTables } from './train-tables';

/** One number of a run; null where it was skipped, with the reason as its note. */
export interface Figure {
  readonly id: string;
  readonly value: number | null;
  readonly interval?: Interval;
  readonly note?: string;
}

export interface Judgement {
  readonly figures: readonly Figure[];
  /** Wall seconds of each measure. */
  readonly seconds: Readonly<Record<string, number>>;
}

export interface Likelihoods {
  readonly train: Float64Array;
  readonly holdout: Float64Array;
}

/** All figures of one synthetic table, each family timed. Seeded by itself, so that equal tables are judged alike. */
export function judgeSynthetic(
  tables: TrainTables,
  synthetic: Table,
  likelihoods: Likelihoods | null,
  withRecords: boolean,
): Judgement {
  const { train, holdout, kinds, target, taskKinds } = tables;
  const rng = Rng.fromSeed('bench/judge');
  const acts: Readonly<Record<string, () => readonly Figure[]>> = {
    quality: () => readQuality(train, synthetic, tables),
    detection: () =>
      read(
        detectSynthetic('boosted', train, synthetic, kinds, rng),
        'tree detection',
        ({ auc, interval }) => [{ id: 'tree detection', value: auc, interval }],
      ),
    'linear detection': () =>
      read(
        detectSynthetic('linear', train, synthetic, kinds, rng),
        'linear detection',
        ({ auc, interval }) => [{ id: 'linear detection', value: auc, interval }],
      ),
    utility: () =>
      read(
        trainOnSynthetic('boosted', target, { train, holdout, synthetic }, taskKinds, rng),
        'TSTR',
        (task) => [
          { id: 'TSTR', ...task.synthetic },
          { id: 'train on real', ...task.train },
        ],
      ),
    'singling out, values': () =>
      read(
        singleOutByValue(train, holdout, synthetic, kinds, rng),
        'singling out',
        ({ risk, uniqueValues }) => [
          { id: 'singling out', value: risk.residual, interval: risk.residualInterval },
          { id: 'unique values', value: uniqueValues.n },
          { id: 'also unique in train', value: uniqueValues.inTrain },
          { id: 'in equal train', value: uniqueValues.inEqualTrain },
          { id: 'in equal holdout', value: uniqueValues.inEqualHoldout },
        ],
      ),
    ...(withRecords
      ? {
          'singling out, records': () =>
            read(
              singleOutByRecord(train, holdout, synthetic, kinds, rng),
              'singling out multi',
              ({ risk }) => [
                { id: 'singling out multi', value: risk.residual, interval: risk.residualInterval },
              ],
            ),
        }
      : {}),
    copies: () =>
      read(findCopies(train, holdout, synthetic, kinds), 'exact copies', (copies) => [
        { id: 'exact copies', value: copies.synthetic.share },
        { id: "holdout's copies", value: copies.holdout?.share ?? NaN },
      ]),
    closest: () =>
      read(measureClosest(train, holdout, synthetic, kinds), 'closer to train', ({ closer }) => [
        { id: 'closer to train', value: closer.share, interval: closer.interval },
      ]),
    'membership by distance': () =>
      read(
        attackByDistance(train, holdout, synthetic, kinds, rng),
        'membership distance',
        ({ auc, interval }) => [{ id: 'membership distance', value: auc, interval }],
      ),
    'membership by likelihood': () =>
      likelihoods === null
        ? [{ id: 'membership likelihood', value: null, note: 'the model has no likelihood' }]
        : read(
            judgeLikelihoods(likelihoods.train, likelihoods.holdout),
            'membership likelihood',
            ({ auc, interval }) => [{ id: 'membership likelihood', value: auc, interval }],
          ),
  };
  const seconds: Record<string, number> = {};
  const figures = Object.entries(acts).flatMap(([name, act]) => {
    const start = performance.now();
    const found = act();
    seconds[name] = (performance.now() - start) / 1000;
    return found;
  });
  return { figures, seconds };
}

function readQuality(train: Table, synthetic: Table, { kinds }: TrainTables): readonly Figure[] {
  const report = qualityReport(train, synthetic, kinds);
  return [
    { id: 'overall', value: report.overall },
    { id: 'overall th0', value: report.overallAll },
    { id: "pairs on train's edges", value: report.pairTrendsTrainEdges },
    { id: 'shapes', value: report.columnShapes },
  ];
}

function read<T extends object>(
  result: Measured<T>,
  id: string,
  take: (result: T) => readonly Figure[],
): readonly Figure[] {
  return isSkipped(result) ? [{ id, value: null, note: result.reason }] : take(result);
}
