import type { PackedValue } from '../../api/packed-value';
import type { Outcome } from '../../data/failure';
import type { PartChanges, PartName, ProjectRecord, ProjectSummary, StorageReport } from './types';

/** Exclusive hold on one project in this browser; a second tab gets `project-locked`. */
export interface ProjectClaim {
  release(): void;
  /** Resolves when another tab took the project over or erased it. */
  readonly lost: Promise<ClaimLoss>;
}

/** Why a page lost its project: another tab writes it now, or it is gone. */
export type ClaimLoss = 'taken' | 'erased';

/** The projects on this device. Opened only after the lock is on. Every write is durable when its promise resolves. */
export interface ProjectStore {
  list(): Promise<Outcome<readonly ProjectSummary[]>>;
  get(id: string): Promise<Outcome<ProjectRecord>>;
  /**
   * Writes a record together with the parts that it speaks of: all of it or nothing, so that no record names a part
   * that is not there. Refused with `project-locked` after another tab took the project over, `project-missing` after
   * it was erased. Run ids in part names are 1–64 letters, digits, `_` or `-`.
   */
  put(record: ProjectRecord, parts?: PartChanges): Promise<Outcome<null>>;
  /** Null when there is no such part. */
  getPart(id: string, part: PartName): Promise<Outcome<Blob | PackedValue | null>>;
  /**
   * Removes what a page that died may have left: parts of no project, parts of no run, checkpoints of runs that are
   * over, outputs that no page is writing. Projects that another tab holds are left alone. Answers how many were removed.
   */
  sweep(): Promise<Outcome<{ readonly nParts: number; readonly nOutputs: number }>>;
  /** Removes the project and all its parts, and takes it from any tab that has it open (its claim is `lost`). */
  erase(id: string): Promise<Outcome<null>>;
  /**
   * Removes every project, database, OPFS file and setting of this app in this scope, not the service worker's cache
   * (it holds the program, never records); answers what is left (nothing, when it worked).
   */
  eraseEverything(): Promise<Outcome<{ readonly left: readonly string[] }>>;
  claim(id: string, take: 'if-free' | 'take-over'): Promise<Outcome<ProjectClaim>>;
  storage(): Promise<StorageReport>;
  /** Asks the browser to keep the data (`navigator.storage.persist`). */
  persist(): Promise<boolean>;
  /**
   * The project as one file (docs/project-file.md). Without its source it also leaves out models and checkpoints, which
   * were fitted to the records; synthetic data and evidence stay.
   */
  exportProject(id: string, options: { readonly withSource: boolean }): Promise<Outcome<Blob>>;
  /** Adds the project under a new id; older versions are migrated, newer ones refused politely. */
  importProject(file: Blob, id: string, now: number): Promise<Outcome<ProjectRecord>>;
}
