import type { PackedValue } from '../../api/packed-value';
import type { Outcome } from '../../data/failure';
import type { EraseReport } from './erase';
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
  /** `passphrase-needed` for a protected project that was not unlocked here. */
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
   * Removes all that this app keeps in this scope: databases with projects and keys, OPFS files, settings, and the
   * program itself (cache and service worker). Answers what was there, and what a second look found.
   */
  eraseEverything(): Promise<Outcome<EraseReport>>;
  claim(id: string, take: 'if-free' | 'take-over'): Promise<Outcome<ProjectClaim>>;
  storage(): Promise<StorageReport>;
  /** Asks the browser to keep the data (`navigator.storage.persist`). */
  persist(): Promise<boolean>;
  /**
   * The project as one file (docs/project-file.md). Without its source it also leaves out models and checkpoints, which
   * were fitted to the records; synthetic data and evidence stay.
   */
  exportProject(id: string, options: ExportOptions): Promise<Outcome<Blob>>;
  /**
   * Adds the project under a new id; older versions are migrated, newer ones refused politely. A file under a passphrase
   * is `passphrase-needed` without one, and is kept under the same one here.
   */
  importProject(file: Blob, options: ImportOptions): Promise<Outcome<ProjectRecord>>;
  /** Lets this page read a protected project until it is locked: `passphrase-wrong` and `project-altered` differ. */
  unlock(id: string, passphrase: string): Promise<Outcome<null>>;
  /** Forgets the key of a project. */
  lock(id: string): Promise<Outcome<null>>;
  /** True for a project that is protected and unlocked here. */
  isUnlocked(id: string): boolean;
  /** Puts everything kept of a project under a passphrase, all or nothing. */
  protect(id: string, passphrase: string): Promise<Outcome<null>>;
  /** Keeps an unlocked project in clear again, all or nothing. */
  unprotect(id: string): Promise<Outcome<null>>;
  changePassphrase(id: string, before: string, after: string): Promise<Outcome<null>>;
}

export interface ExportOptions {
  readonly withSource: boolean;
  /** Of the file, apart from that of the project; null for a file that anyone can open. */
  readonly passphrase?: string | null;
}

export interface ImportOptions {
  /** The new id. */
  readonly id: string;
  /** Milliseconds since 1970, becomes the time of the last change. */
  readonly now: number;
  readonly passphrase?: string | null;
}
