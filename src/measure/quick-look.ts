import { findLeak, openTarget } from '../data/target-leak';
import type { Table } from '../data/table';
import { Rng } from '../math/rng';
import { kindsOf } from './fidelity/column-kinds';
import type { QualityInput } from './fidelity/quality-measures';
import { describeSample, sampleTables } from './fidelity/sample-tables';
import type { JudgeId } from './judge-ids';
import { isSkipped, type Evidence, type Measure, type Skipped } from './measure';
import { measureClosest } from './privacy/closest-records';
import { trainOnSynthetic } from './utility/train-synthetic';

/** Most rows of each table that a quick look compares: enough to tell models apart in about a second. */
const MAX_LOOK_ROWS = 2000;

/**
 * Utility and nearness to train on a sample of the rows, for runs that are held against each other. Runs of one seed are
 * judged on the same rows of train and holdout. The full measures take longer and say more.
 */
export function lookQuickly(input: QualityInput): Evidence {
  const sampled = sampleTables(input, MAX_LOOK_ROWS);
  const sample = describeSample(input, sampled);
  const results = [lookAtUtility(sampled), lookAtNearness(sampled)];
  const measures = results.flatMap((result) => (isSkipped(result) ? [] : [result]));
  const skipped = results.flatMap((result) => (isSkipped(result) ? [result] : []));
  return sample === null ? { measures, skipped } : { measures, skipped, sample };
}

function lookAtUtility({ train, holdout, synthetic, schema, seed }: QualityInput): Measure | Skipped {
  const id: JudgeId = 'train-synthetic-boosted';
  const target = schema.columns.find(({ role }) => role === 'target');
  if (target === undefined) return { id, reason: 'no column is marked as the target' };
  const leaks = new Set(listLeaks(train, schema));
  const kinds = kindsOf(schema).filter(({ name }) => !leaks.has(name));
  const rng = Rng.fromSeed(seed).fork('measure/quick-look');
  const result = trainOnSynthetic('boosted', target.name, { train, holdout, synthetic }, kinds, rng);
  if (isSkipped(result)) return result;
  return {
    id,
    value: result.synthetic.value,
    n: result.n,
    direction: 'higher-is-better',
    ceiling: result.train.value,
    floor: result.majority,
    sentence: `Boosted trees taught on synthetic rows reach ${result.synthetic.value.toFixed(3)} on the holdout, taught on train ${result.train.value.toFixed(3)} (${result.score}).`,
    parts: [],
  };
}

/** Columns that give the target away: with them any records would teach it. */
function listLeaks(train: Table, schema: QualityInput['schema']): readonly string[] {
  const read = (name: string) => train.columns.find((column) => column.name === name) ?? null;
  const target = openTarget(schema, ({ name }) => read(name));
  if (target === null) return [];
  return train.columns.filter((column) => findLeak(column, target).length > 0).map(({ name }) => name);
}

function lookAtNearness({ train, holdout, synthetic, schema }: QualityInput): Measure | Skipped {
  const result = measureClosest(train, holdout, synthetic, kindsOf(schema));
  if (isSkipped(result)) return result;
  const { share, interval, n } = result.closer;
  const id: JudgeId = 'closest-records';
  return {
    id,
    value: share,
    n,
    direction: 'lower-is-better',
    ceiling: null,
    floor: null,
    sentence: `Of the synthetic rows ${share.toFixed(3)} lie closer to train than to the holdout (${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}); 0.5 favours neither.`,
    parts: [],
  };
}
