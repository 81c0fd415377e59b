import type { DialectChoice, Encoding } from '../../api/ingest';
import type { PackedValue } from '../../api/packed-value';
import type { BackendChoice, ModelAdvice, TrainResult } from '../../api/synthesize';
import type { Edit } from '../../data/edits/edit';
import type { EditHistory } from '../../data/edits/history';
import type { DirectIdentifier } from '../../data/identifiers/direct-identifiers';
import type { Handling, HandlingEntry, SplitChoice } from '../../data/handling';
import type { Schema } from '../../data/schema';
import type { Wishes } from '../../data/wishes/wishes';
import type { AuditEntry, LogHead } from '../../release/audit-log';
import type { FileDigest } from '../../release/dossier';
import type { Policy } from '../../release/policy';
import type { SignOff } from '../../release/sign-off';
import type { Statements } from '../../release/statements';
import type { Failure } from '../../data/failure';
import type { Evidence } from '../../measure/measure';
import type { BackendTiming, ColumnOverlay, ModelConfig, ModelId, StopScore } from '../../models/synthesizer';

/** What is kept on this device. Persisted: every change raises PROJECT_VERSION and adds an ordered migration. */
export const PROJECT_VERSION = 7;

/** Where the records of a project came from. */
export type ProjectOrigin = 'file' | 'paste' | 'sample' | 'demo';

export interface SourceNote {
  /** Changes whenever a file is taken; together with a dialect it names one reading. */
  readonly id: string;
  /** File name as dropped; `pasted text` or `sample cohort` otherwise. */
  readonly name: string;
  readonly nBytes: number;
  readonly nRows: number;
  readonly nColumns: number;
  readonly encoding: Encoding;
  /** Milliseconds the reading took. */
  readonly readMs: number;
  /** Column by which rows belong together, as far as the reading itself tells; absent before version 2. */
  readonly suggestedGroup?: string | null;
}

/** The choices a run was trained under; the project's own may change afterwards. */
export interface RunBasis {
  /** {@link SourceNote} of the reading it was trained on. */
  readonly source: SourceNote;
  readonly schema: Schema;
  readonly handling: Handling;
  readonly split: SplitChoice;
  /** Name of the file the holdout was read from; null when it was cut off the source, or when there is none. */
  readonly holdoutFile: string | null;
  /** How the source was read; absent for a run on a reading that version 1 had left. */
  readonly dialect?: DialectChoice;
  /** Edits in force, in order; absent for a run of version 1. */
  readonly edits?: readonly Edit[];
}

/** Milliseconds of the stages around training; null until the stage is done. */
export interface StageTimes {
  readonly prepareMs: number | null;
  /** Drawing and writing the kept synthetic file. */
  readonly sampleMs: number | null;
  readonly evaluateMs: number | null;
}

export type RunStatus = 'training' | 'paused' | 'interrupted' | 'finished' | 'cancelled' | 'failed';

/** One point of the loss curves. */
export interface LossPoint {
  readonly step: number;
  readonly losses: Readonly<Record<string, number>>;
}

/** The synthetic file kept with a run. */
export interface KeptFile {
  readonly nRows: number;
  readonly seed: number;
  readonly nBytes: number;
  /** UTF-8 where absent: files of before version 0.2 know no other. */
  readonly encoding?: Encoding;
  /** What could not be written as in the source. */
  readonly notes?: readonly string[];
}

/** One training run, also those that were cancelled or failed. */
export interface RunRecord {
  readonly id: string;
  readonly model: ModelId;
  /** Why the model was chosen, where the program chose it; null where a person did. */
  readonly advice: ModelAdvice | null;
  /** Id of the {@link TournamentRecord} it belongs to; null for a run of its own. */
  readonly tournament: string | null;
  readonly config: ModelConfig;
  readonly seed: number;
  readonly backend: BackendChoice;
  readonly status: RunStatus;
  /** Milliseconds since 1970, as the browser's clock said. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly losses: readonly LossPoint[];
  readonly scores: readonly StopScore[];
  /** Train against a preview while it trains, against the kept synthetic table once that is judged. */
  readonly overlay: readonly ColumnOverlay[];
  readonly timings: readonly BackendTiming[];
  /** Steps done, while a run goes on or can go on those of its last checkpoint. */
  readonly step: number;
  readonly nSteps: number;
  /** Without `state`, which is stored as a blob under `model/<run id>`. */
  readonly result: Omit<TrainResult, 'state'> | null;
  readonly handlingLog: readonly HandlingEntry[];
  readonly nTrain: number;
  readonly nHoldout: number;
  readonly basis: RunBasis;
  /** Columns that may hold direct identifiers, and what they became; absent for a run from before they were kept with it. */
  readonly identifiers?: readonly DirectIdentifier[];
  readonly stages: StageTimes;
  readonly evidence: Evidence | null;
  /** Quick figures on a sample of the rows, of a tournament's run; null for others, and before it is judged. */
  readonly look: Evidence | null;
  readonly synthetic: KeptFile | null;
  /** True from the end of training until the records are drawn and judged: a page that dies in between goes on with it. */
  readonly drawing?: boolean;
  readonly failure: Failure | null;
}

/** What became of one model in a tournament. */
export type EntryOutcome =
  /** Its turn has not come. */
  | 'waiting'
  | 'running'
  /** Trained, its records drawn and judged. */
  | 'judged'
  /** A person passed it over, before or during its run. */
  | 'skipped'
  /** The whole tournament was cancelled. */
  | 'cancelled'
  | 'failed'
  /** Not begun, or ended, because its share of the time did not suffice. */
  | 'out-of-time'
  /** Broken off from outside; its run can go on by itself. */
  | 'interrupted';

export interface TournamentEntry {
  readonly model: ModelId;
  readonly config: ModelConfig;
  /** Forecast of training, drawing and judging in milliseconds, at most; null before it was made. */
  readonly forecastMs: number | null;
  /** Of that, what comes after training. */
  readonly restMs: number | null;
  /** Most milliseconds that training was given; null before its turn. */
  readonly shareMs: number | null;
  /** Its {@link RunRecord}; null while there is none, or where none was begun. */
  readonly runId: string | null;
  readonly outcome: EntryOutcome;
  /** Why it ended so, as a sentence; empty before. */
  readonly reason: string;
  /** Milliseconds its run took in all; null before its end. */
  readonly spentMs: number | null;
}

/** Several models trained one after the other on the same train within a time, to be compared. */
export interface TournamentRecord {
  readonly id: string;
  readonly startedAt: number;
  /** Null while it goes on, or can. */
  readonly endedAt: number | null;
  /** Milliseconds for all of it: forecasts, training, drawing and judging. */
  readonly budgetMs: number;
  /** Milliseconds spent, as of the last entry that ended. */
  readonly spentMs: number;
  readonly seed: number;
  readonly backend: BackendChoice;
  /** In the order of running once that is known. */
  readonly entries: readonly TournamentEntry[];
  /** The run it suggests to go on with, and why; null before the end, or where none is worth it. */
  readonly suggestion: { readonly runId: string; readonly why: string } | null;
  /** Where none is suggested: the model that the program chooses for the table. */
  readonly advised?: ModelId;
  /** The run that a person went on with. */
  readonly chosen: string | null;
}

/** What a project is judged by, and what was done in it. */
export interface Governance {
  /** Criteria for the purpose; null before one was named. */
  readonly policy: Policy | null;
  /** Milliseconds since 1970 when the policy was locked; null while no results were evaluated under it. */
  readonly lockedAt: number | null;
  /** Append-only and chained by hashes; its times are asserted by this device. */
  readonly log: readonly AuditEntry[];
}

/** A package that was built for a run, under `release/<run>`, and who signed it. */
export interface BuiltPackage {
  readonly run: string;
  /** Milliseconds since 1970. */
  readonly builtAt: number;
  /** The files that are signed. */
  readonly files: readonly FileDigest[];
  /** The log as it was when the dossier was written. */
  readonly log: LogHead;
  /** What it was built from, to tell whether that has changed since. */
  readonly basis: PackageBasis;
  /** Signatures over these files, in the order they came; those over files built before are in the log alone. */
  readonly signOffs: readonly SignOff[];
  /** Milliseconds since 1970 when the signed package was handed out; null before. */
  readonly releasedAt: number | null;
}

/** What goes into a dossier and may change without an entry in the log. */
export interface PackageBasis {
  readonly title: string;
  readonly statements: Statements;
  /** Milliseconds since 1970 when the evaluation ended; null where that is not known. */
  readonly evaluatedAt: number | null;
}

/** What is on its way out of a project. */
export interface Release {
  /** What a person has stated for the dossier. */
  readonly statements: Statements;
  /** The latest of each run that has one. */
  readonly packages: readonly BuiltPackage[];
}

export interface ProjectRecord {
  readonly version: typeof PROJECT_VERSION;
  readonly id: string;
  readonly name: string;
  readonly origin: ProjectOrigin;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Step of the journey last looked at. */
  readonly step: JourneyStep;
  readonly source: SourceNote | null;
  readonly dialect: DialectChoice;
  /** The confirmed or edited schema; null before a file was read. */
  readonly schema: Schema | null;
  /**
   * Every edit from the file as dropped to `dialect`, `schema`, `handling` and `split`, replayable (docs/edits.md), with
   * the undo cursor; null before the first.
   */
  readonly edits: EditHistory | null;
  readonly handling: Handling;
  readonly split: SplitChoice;
  /** What records that are exported must meet (docs/wishes.md); null = nothing. */
  readonly wishes: Wishes | null;
  readonly runs: readonly RunRecord[];
  readonly tournaments: readonly TournamentRecord[];
  readonly currentRun: string | null;
  readonly governance: Governance;
  readonly release: Release;
}

export type JourneyStep = 'data' | 'schema' | 'train' | 'synthetic' | 'evidence' | 'export' | 'release';

export interface ProjectSummary {
  readonly id: string;
  readonly name: string;
  readonly origin: ProjectOrigin;
  /** Name of the source file as dropped, for this device alone; null where there is none, or it is not known. */
  readonly fileName: string | null;
  readonly updatedAt: number;
  readonly step: JourneyStep;
  readonly nRows: number | null;
  readonly nRuns: number;
  readonly nBytes: number;
  /** Under a passphrase: of the fields above only id, time and size are known, and the name is a stand-in. */
  readonly sealed: boolean;
}

/**
 * Names of the large parts of a project, kept apart from its record: `source` (bytes as dropped), `checkpoint/<run>`,
 * `model/<run>` (packed values), `synthetic/<run>` (CSV bytes), `evaluation/<run>` (evaluation.json), `release/<run>` (zip file
 * of the package that was built).
 */
export type PartName =
  | 'source'
  | `checkpoint/${string}`
  | `model/${string}`
  | `synthetic/${string}`
  | `evaluation/${string}`
  | `release/${string}`;

/** Parts to write, as the bytes or the packed value they become; null removes one. */
export type PartChanges = Readonly<Partial<Record<PartName, Blob | PackedValue | null>>>;

export interface StorageReport {
  readonly usageBytes: number | null;
  readonly quotaBytes: number | null;
  readonly persisted: boolean;
  /** A plain warning when storage looks temporary (private window) or small; null otherwise. */
  readonly warning: string | null;
}
