/** Workers that are bundled as one self-contained text each; `self-test` only tries the ways out. */
export const workerNames = ['ingest', 'synthesize', 'evaluate', 'self-test'] as const;

export type WorkerName = (typeof workerNames)[number];

export interface BuiltFile {
  /** Path relative to the folder of index.html, with `/` between its parts. */
  readonly path: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly nBytes: number;
}

export interface BuildStamp {
  /** Version in package.json. */
  readonly version: string;
  /** Version of TensorFlow.js that package.json pins. */
  readonly tfjs: string;
  /** SHA-256 over the lines `<sha256>  <path>\n` of all files of the build but build.json, sw.js and host files. */
  readonly hash: string;
}

/** Where the page finds what it loads before the lock; null where this build has none. */
export interface AssetPaths {
  readonly workers: Readonly<Record<WorkerName, string | null>>;
  /** tfjs binaries by the file name tfjs asks for. */
  readonly wasm: Readonly<Record<string, string>>;
  readonly sample: { readonly cohortCsv: string | null; readonly finishedProject: string | null };
  readonly documents: { readonly measures: string | null };
}

/** Contents of build.json: what the build consists of. */
export interface BuildList extends BuildStamp {
  readonly files: readonly BuiltFile[];
  readonly assets: AssetPaths;
}

/** What the build writes into sw.js: every file it may ever answer, and the headers it adds. */
export interface Precache extends BuildStamp {
  readonly files: readonly BuiltFile[];
  readonly headers: Readonly<Record<string, string>>;
}

/** File name of the build's own list. */
export const buildListPath = 'build.json';

/** Licences of the packages in the build: a file of the build, though the page does not show it. */
export const noticesPath = 'THIRD-PARTY-NOTICES.txt';

/** Files a host or a browser reads by itself: never precached, never part of the hash. */
export const hostFiles: readonly string[] = ['sw.js', '_headers', '.htaccess', 'CNAME', '.nojekyll'];
