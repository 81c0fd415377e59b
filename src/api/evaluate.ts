import type { ColumnOverlay } from '../data/overlay-columns';
import type { Schema } from '../data/schema';
import type { Table } from '../data/table';
import type { EvaluationHead } from '../measure/evaluate';
import type { Evidence, Family, FinishedMeasure, Measured } from '../measure/measure';
import type { Foreseen } from '../measure/needs';
import type { ExposedRecords } from '../measure/privacy/find-exposed';
import type { Outcome } from '../data/failure';

export interface QualityRequest {
  /** Train as read: before pooling and capping. */
  readonly train: Table;
  readonly holdout: Table | null;
  readonly synthetic: Table;
  /** Rows drawn in all, where `synthetic` is already a sample of them. */
  readonly nSynthetic?: number;
  /** Modelled columns. */
  readonly schema: Schema;
  readonly seed: number;
}

/** Tables to judge, and by which families of measures. */
export interface EvaluationRequest extends QualityRequest {
  readonly families: readonly Family[];
  /** Column that models are taught to predict; chosen by its measure where left out. */
  readonly target?: string;
  /** Log-likelihood of each row of train and holdout under the model that drew the synthetic table, where it has one. */
  readonly likelihood?: { readonly train: Float64Array; readonly holdout: Float64Array };
}

/** What is known of an evaluation before its tables are there. */
export interface ForeseeRequest {
  /** Modelled columns. */
  readonly schema: Schema;
  readonly nRows: { readonly train: number; readonly holdout: number | null; readonly synthetic: number };
  /** Levels of each categorical column by name, as far as they are known. */
  readonly nLevels: Readonly<Record<string, number>>;
  /** Null leaves the choice to the schema, or else to the measures. */
  readonly target: string | null;
  /** Whether the model that drew the records says how likely it finds a row. */
  readonly hasLikelihood: boolean;
}

/** Which measures there are, and which of them will be skipped. */
export interface Foresight {
  readonly families: Readonly<Record<string, Family>>;
  readonly foreseen: readonly Foreseen[];
}

/** What an evaluation will compute, step by step, and what is known of it before the first. */
export interface EvaluationPlan {
  /** Ids of the measures that each step answers. */
  readonly steps: readonly (readonly string[])[];
  readonly head: EvaluationHead;
}

/** Service of workers/evaluate.ts. */
export interface EvaluateService {
  /** Which measures will be skipped, as far as that is known before rows are compared. */
  foresee(request: ForeseeRequest): Promise<Outcome<Foresight>>;
  /** Lays tables out for an evaluation, in place of those laid out before. */
  openEvaluation(request: EvaluationRequest): Promise<Outcome<EvaluationPlan>>;
  /**
   * Computes one step of the plan; `option-invalid` when nothing is laid out. A step's results depend on the request
   * alone, so several workers can share the steps.
   */
  runStep(step: number): Promise<Outcome<readonly Measured<FinishedMeasure>[]>>;
  /**
   * The records of train that the synthetic table gives away most, of the tables laid out; `option-invalid` when nothing
   * is. They are no part of an evaluation: shown to the person at the page, never kept nor exported.
   */
  exposed(): Promise<Outcome<ExposedRecords>>;
  quality(
    request: QualityRequest,
    onProgress: (done: number, total: number) => void,
  ): Promise<Outcome<Evidence>>;
  /** Utility and nearness to train on a sample of the rows, to hold runs against each other. */
  quickLook(request: QualityRequest): Promise<Outcome<Evidence>>;
  /** Sentences on tables that are not what they were given for: a copy of train, or a holdout that was not held out. */
  overlaps(
    request: Pick<QualityRequest, 'train' | 'holdout' | 'synthetic' | 'schema'>,
  ): Promise<Outcome<readonly string[]>>;
  /** Pictures of every column, synthetic and holdout on train. */
  overlay(
    request: Pick<QualityRequest, 'train' | 'holdout' | 'synthetic' | 'schema'>,
  ): Promise<Outcome<readonly ColumnOverlay[]>>;
}
