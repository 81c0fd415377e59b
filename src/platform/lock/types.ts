import type { BuildStamp, WorkerName } from './build-list';

/**
 * `locked`: the browser refuses this page every server. `sample-only`: some layer is missing, so that no records may
 * be opened. `development`: served by `vite dev`, no layer at all.
 */
export type LockState = 'locked' | 'sample-only' | 'development';

export interface LockLayer {
  readonly id: string;
  readonly name: string;
  readonly status: 'on' | 'off' | 'unknown';
  /** What the layer closes, or why it is off, in plain words. */
  readonly note: string;
}

export interface LockReport {
  readonly state: LockState;
  /** Why the page is not locked, as a sentence for a person; null when it is. */
  readonly reason: string | null;
  readonly layers: readonly LockLayer[];
  /** True under a sub-path: other pages of this origin can read what this page stores. */
  readonly sharedOrigin: boolean;
  /** Absolute address of the folder of index.html. */
  readonly scope: string;
  /** What this browser itself refuses and what it leaves to our script. */
  readonly browserNote: string;
  readonly build: BuildStamp;
}

/** All that the page needs after the lock, loaded and checked before it. */
export interface LoadedAssets {
  /** Script by worker, in a Blob so that none of its text is copied at a start; null where this build has no such worker. */
  readonly workerScripts: Readonly<Record<WorkerName, Blob | null>>;
  /** blob: URLs of the tfjs binaries by the file name tfjs asks for. */
  readonly wasmUrls: Readonly<Record<string, string>>;
  readonly sample: { readonly cohortCsv: Blob | null; readonly finishedProject: Blob | null };
  /** Markdown text of docs/measures.md, empty where this build has none. */
  readonly documents: { readonly measures: string };
}

export interface BootProgress {
  /** What is being done, for a person. */
  readonly message: string;
  /** 0–1. */
  readonly fraction: number;
}

/** Starts one of our workers from its script; throws FailureError `not-locked` before the boot is over. */
export type StartWorker = (name: WorkerName) => Worker;

export interface Booted {
  readonly report: LockReport;
  readonly assets: LoadedAssets;
  readonly startWorker: StartWorker;
  /** Calls the listener once when a new build is ready, at once if it already is. */
  offerUpdate(listener: () => void): void;
  /** Takes the new build over by consent and reloads the page; never resolves when it does. */
  acceptUpdate(): Promise<void>;
}
