import type { Table } from '../../src/data/table';
import type { ColumnKind } from '../../src/measure/fidelity/column-kinds';
import { isSkipped, type Measured } from '../../src/measure/measure';
import { loadGoldenJson, loadGoldenKinds, loadGoldenTable } from './load-golden';

/** What the peers' scorer gave for one synthetic table (scikit-learn, SDMetrics and Anonymeter; one seed). */
export interface GoldenScores {
  readonly hgb_detection_auc_train_vs_syn: { readonly mean: number };
  readonly dcr_own: {
    readonly syn_to_train: Readonly<Record<'min' | 'p01' | 'p05' | 'median' | 'p95', number>>;
    readonly holdout_to_train: Readonly<Record<'min' | 'p01' | 'p05' | 'median' | 'p95', number>>;
    readonly exact_copies_share_syn: number;
    readonly exact_copies_share_holdout: number;
    readonly share_train_with_half_ties: number;
    readonly below_p05_of_holdout: number;
  };
  readonly tstr: {
    readonly target: string;
    readonly dropped: readonly string[];
    readonly real: { readonly hgb_auc: number; readonly lr_auc: number };
    readonly synthetic: { readonly hgb_auc: number; readonly lr_auc: number };
  };
}

export interface GoldenCase {
  readonly kinds: readonly ColumnKind[];
  readonly train: Table;
  readonly holdout: Table;
  readonly synthetic: Table;
  readonly scores: GoldenScores;
}

/** The tables and scores of one golden case; `?` was a category of its own when they were made. */
export function loadGoldenCase(dataset: string, producer: string): GoldenCase {
  const kinds = loadGoldenKinds(dataset);
  const load = (part: string) => loadGoldenTable(`${dataset}_${part}`, kinds, ['']);
  return {
    kinds,
    train: load('train'),
    holdout: load('holdout'),
    synthetic: load(producer),
    scores: loadGoldenJson<GoldenScores>(`scores/score_${dataset}_${producer}.json`),
  };
}

export function take<T extends object>(result: Measured<T>): T {
  if (isSkipped(result)) throw new Error(result.reason);
  return result;
}
