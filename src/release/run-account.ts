import type { IdentifierAccount } from '../data/identifiers/direct-identifiers';
import type { Handling, HandlingEntry, SplitChoice } from '../data/handling';

/** What a dossier reads of run.json (docs/run-json.md); whatever else that file holds goes into the dossier with it. */
export interface RunAccount {
  readonly program: { readonly version: string; readonly tfjs: string; readonly buildHash: string };
  readonly browser: string;
  readonly run: { readonly id: string; readonly startedAt: string; readonly endedAt: string | null };
  readonly source: { readonly name: string; readonly nRows: number; readonly nColumns: number };
  readonly split: Omit<SplitChoice, 'seed'> & {
    /** Null where it is withheld. */
    readonly seed: number | null;
    readonly nTrain: number;
    readonly nHoldout: number;
    readonly holdoutFile: string | null;
    readonly holdoutRows: readonly number[] | null;
  };
  readonly handling: { readonly choices: Handling; readonly log: readonly HandlingEntry[] };
  /** Null or absent where it is not known what was found. */
  readonly identifiers?: IdentifierAccount | null;
  readonly model: {
    readonly id: string;
    readonly seed: number | null;
    readonly settings: object | null;
    readonly changed: object;
  };
  /** Null for a run of its own; else every model that took part, also those that were discarded. */
  readonly tournament: { readonly entries: readonly object[] } | null;
  readonly backend: { readonly used: string | null };
  readonly training: {
    readonly epochs: number | null;
    readonly steps: number | null;
    readonly stopReason: string | null;
  };
  readonly memorisationControls: readonly string[] | null;
  readonly output: { readonly format: string; readonly nRows: number; readonly seed: number | null } | null;
  /** Path of each null that stands for something not known → why. */
  readonly unknown: Readonly<Record<string, string>>;
}
