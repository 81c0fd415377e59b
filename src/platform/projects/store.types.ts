import type { Outcome } from '../../data/failure';
import type { PartName, ProjectRecord, ProjectSummary, StorageReport } from './types';

/** Exclusive hold on one project in this browser; a second tab gets `project-locked`. */
export interface ProjectClaim {
  release(): void;
  /** Resolves when another tab took the project over. */
  readonly lost: Promise<void>;
}

/** The projects on this device. Opened only after the lock is on. Every write is durable when its promise resolves. */
export interface ProjectStore {
  list(): Promise<Outcome<readonly ProjectSummary[]>>;
  get(id: string): Promise<Outcome<ProjectRecord>>;
  put(record: ProjectRecord): Promise<Outcome<null>>;
  /** Stores a part; Blobs and structured values alike; replaced as a whole or not at all. */
  putPart(id: string, part: PartName, value: unknown): Promise<Outcome<null>>;
  /** Null when there is no such part. */
  getPart(id: string, part: PartName): Promise<Outcome<unknown>>;
  deletePart(id: string, part: PartName): Promise<Outcome<null>>;
  /** Removes the project and all its parts. */
  erase(id: string): Promise<Outcome<null>>;
  /** Removes every project, database and OPFS file of this app; answers what is left (nothing, when it worked). */
  eraseEverything(): Promise<Outcome<{ readonly left: readonly string[] }>>;
  claim(id: string, take: 'if-free' | 'take-over'): Promise<Outcome<ProjectClaim>>;
  storage(): Promise<StorageReport>;
  /** Asks the browser to keep the data (`navigator.storage.persist`). */
  persist(): Promise<boolean>;
  exportProject(id: string, options: { readonly withSource: boolean }): Promise<Outcome<Blob>>;
  /** Adds the project under a new id; older versions are migrated, newer ones refused politely. */
  importProject(file: Blob, id: string, now: number): Promise<Outcome<ProjectRecord>>;
}
