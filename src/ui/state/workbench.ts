import type { EvaluateClient } from '../../client/evaluate';
import type { EvaluationCrew } from '../../client/evaluation';
import type { IngestClient } from '../../client/ingest';
import type { SynthesizeClient } from '../../client/synthesize';
import type { Outcome } from '../../data/failure';
import type { ProjectStore } from '../../platform/projects/store.types';
import type { ToldAct } from './log-book';
import type { PartChanges, ProjectRecord, RunRecord } from '../../platform/projects/types';

/** What the concerns of one open project share. */
export interface Workbench {
  readonly ingest: IngestClient;
  /** A second reader, for a holdout that comes in a file of its own. */
  readonly newIngest: () => IngestClient;
  readonly synthesize: SynthesizeClient;
  readonly evaluate: EvaluateClient;
  /** The workers of a whole evaluation. */
  readonly evaluation: EvaluationCrew;
  readonly store: ProjectStore;
  /** Milliseconds since 1970 as the computer says; may jump. */
  readonly now: () => number;
  /** Milliseconds that only go up, for how long something took. */
  readonly elapsed: () => number;
  /** Version and hash of this page. */
  readonly build: string;
}

/** How a concern reads and changes the project it belongs to. */
export interface ProjectAccess {
  readonly record: ProjectRecord;
  readonly run: RunRecord | null;
  /** Replaces the given fields and saves. */
  change(patch: Partial<ProjectRecord>): void;
  /** Replaces the given fields of one run and saves. */
  changeRun(id: string, patch: Partial<RunRecord>): void;
  /**
   * Replaces the given fields together with large parts (null removes one): all of it is written or nothing, and the
   * record of the page changes only when it is. A failure also shows in the save state.
   *
   * @param told what is put on record with it, beside what the change says by itself
   */
  keep(patch: Partial<ProjectRecord>, parts: PartChanges, told?: readonly ToldAct[]): Promise<Outcome<null>>;
  /** The same for fields of one run. */
  keepRun(
    id: string,
    patch: Partial<RunRecord>,
    parts: PartChanges,
    told?: readonly ToldAct[],
  ): Promise<Outcome<null>>;
  /** Puts on record what changes nothing of the project. */
  tell(told: ToldAct): Promise<void>;
  /** Answers when every change made so far is written, or why it could not be. */
  saved(): Promise<Outcome<null>>;
}
