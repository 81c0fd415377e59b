import type { ColumnOverlay } from '../data/overlay-columns';
import type { Schema } from '../data/schema';
import type { Table } from '../data/table';
import type { Evidence } from '../measure/measure';
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

/** Service of workers/evaluate.ts. */
export interface EvaluateService {
  quality(
    request: QualityRequest,
    onProgress: (done: number, total: number) => void,
  ): Promise<Outcome<Evidence>>;
  /** Utility and nearness to train on a sample of the rows, to hold runs against each other. */
  quickLook(request: QualityRequest): Promise<Outcome<Evidence>>;
  /** Pictures of every column, synthetic on train. */
  overlay(
    request: Pick<QualityRequest, 'train' | 'synthetic' | 'schema'>,
  ): Promise<Outcome<readonly ColumnOverlay[]>>;
}
