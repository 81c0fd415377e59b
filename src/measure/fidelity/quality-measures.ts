import { MAX_COMPARED_ROWS } from '../../data/compared-rows';
import type { Schema } from '../../data/schema';
import type { Table } from '../../data/table';
import { Rng } from '../../math/rng';
import { meanOfPresent } from '../../math/statistics';
import type { Evidence, Measure, Skipped } from '../measure';
import type { ColumnKind } from './column-kinds';
import { kindsOf } from './column-kinds';
import { compareMissingShares } from './missing-value-similarity';
import { byValue, QUALITY_SPECS } from './quality-specs';
import type { Progress } from './quality-report';
import { compareWithTrain } from './quality-report';
import { describeSample, sampleTables } from './sample-tables';
import { shuffleColumns } from './shuffle-columns';
import type { Comparison, MeasureSpec } from './quality-specs';

/** Tables to compare, all of the schema's columns; train and holdout as read, before any pooling or capping. */
export interface QualityInput {
  readonly train: Table;
  readonly holdout: Table | null;
  readonly synthetic: Table;
  readonly schema: Schema;
  /** Rows drawn in all, where `synthetic` is already a sample of them; its own rows where left out. */
  readonly nSynthetic?: number;
  /** Seeds the shuffled columns of the floor and the draw of the rows that are compared. */
  readonly seed: number;
}

/**
 * Fidelity of the synthetic table: SDMetrics' quality report three ways, and the shares of missing values, each with
 * train against holdout as ceiling and train's shuffled columns as floor. Of a table of more than `nMost` rows a seeded
 * sample is compared, and the evidence says so. What could not be computed is in `skipped`.
 * Throws `schema-invalid` when the tables do not share the schema's columns.
 */
export function qualityMeasures(
  input: QualityInput,
  onProgress?: Progress,
  nMost = MAX_COMPARED_ROWS,
): Evidence {
  const sampled = sampleTables(input, nMost);
  const sample = describeSample(input, sampled);
  const { synthetic, ceiling, floor } = compareAll(sampled, onProgress);
  const measures: Measure[] = [];
  const skipped: Skipped[] = [];
  for (const spec of QUALITY_SPECS) {
    const value = spec.value(synthetic);
    if (value === null) {
      skipped.push({ id: spec.id, reason: spec.whenSkipped });
      continue;
    }
    measures.push(buildMeasure(spec, value, synthetic, ceiling, floor));
  }
  return sample === null ? { measures, skipped } : { measures, skipped, sample };
}

function buildMeasure(
  spec: MeasureSpec,
  value: number,
  synthetic: Comparison,
  ceiling: Comparison | null,
  floor: Comparison,
): Measure {
  const given = spec.parts(synthetic);
  const parts = spec.isRanked === true ? given : [...given].sort(byValue);
  return {
    id: spec.id,
    value,
    n: spec.n(synthetic),
    direction: 'higher-is-better',
    ceiling: ceiling === null ? null : spec.value(ceiling),
    floor: spec.value(floor),
    sentence: spec.sentence(value, parts),
    parts,
  };
}

interface Comparisons {
  readonly synthetic: Comparison;
  readonly ceiling: Comparison | null;
  readonly floor: Comparison;
}

function compareAll(input: QualityInput, onProgress?: Progress): Comparisons {
  const { train, holdout, synthetic, schema, seed } = input;
  const kinds = kindsOf(schema);
  const shuffled = shuffleColumns(train, Rng.fromSeed(seed).fork('measure/fidelity/floor'));
  const missing = (other: Table): Comparison['missing'] => compareMissing(train, other, kinds);
  if (holdout === null) {
    const [own, floor] = compareWithTrain(train, [synthetic, shuffled], kinds, onProgress);
    return {
      synthetic: { report: own, missing: missing(synthetic) },
      ceiling: null,
      floor: { report: floor, missing: missing(shuffled) },
    };
  }
  const [own, floor, ceiling] = compareWithTrain(train, [synthetic, shuffled, holdout], kinds, onProgress);
  return {
    synthetic: { report: own, missing: missing(synthetic) },
    ceiling: { report: ceiling, missing: missing(holdout) },
    floor: { report: floor, missing: missing(shuffled) },
  };
}

function compareMissing(train: Table, other: Table, kinds: readonly ColumnKind[]): Comparison['missing'] {
  const parts = compareMissingShares(train, other, kinds);
  return { value: meanOfPresent(parts.map((part) => part.value)), parts };
}
