import type { PackedValue } from '../../api/packed-value';
import type { EvaluateClient } from '../../client/evaluate';
import type { IngestClient } from '../../client/ingest';
import type { SynthesizeClient } from '../../client/synthesize';
import type { ProjectStore } from '../../platform/projects/store.types';
import type { PartName, ProjectRecord, RunRecord } from '../../platform/projects/types';

/** What the concerns of one open project share. */
export interface Workbench {
  readonly ingest: IngestClient;
  /** A second reader, for a holdout that comes in a file of its own. */
  readonly newIngest: () => IngestClient;
  readonly synthesize: SynthesizeClient;
  readonly evaluate: EvaluateClient;
  readonly store: ProjectStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How a concern reads and changes the project it belongs to. */
export interface ProjectAccess {
  readonly record: ProjectRecord;
  readonly run: RunRecord | null;
  /** Replaces the given fields and saves. */
  change(patch: Partial<ProjectRecord>): void;
  /** Replaces the given fields of one run and saves. */
  changeRun(id: string, patch: Partial<RunRecord>): void;
  /** Stores a large part; a failure shows in the save state. */
  putPart(part: PartName, value: Blob | PackedValue): Promise<boolean>;
}
