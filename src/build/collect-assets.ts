import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cohortCsv } from '../data/cohort/simulate';
import { workerNames, type AssetPaths, type WorkerName } from '../platform/lock/build-list';
import { bundleWorker } from './bundle-worker';
import { hashBytes } from './dist-files';

/** A file the page loads as text or bytes before the lock. */
export interface LoadedFile {
  readonly path: string;
  readonly bytes: Uint8Array | string;
  /** Files it was made of, where some may be another's work. */
  readonly sources?: readonly string[];
}

export interface CollectedAssets {
  readonly files: readonly LoadedFile[];
  readonly paths: AssetPaths;
}

/** The threaded binary is left out on purpose: it needs workers of its own and brings no gain. */
const wasmNames = ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'];
const wasmFolder = 'node_modules/@tensorflow/tfjs-backend-wasm/dist';

function hashedPath(name: string, extension: string, bytes: Uint8Array | string): string {
  return `assets/${name}-${hashBytes(bytes).slice(0, 10)}.${extension}`;
}

async function collectWorker(root: string, name: WorkerName, minify: boolean): Promise<LoadedFile> {
  const { text, sources } = await bundleWorker({ root, entry: `workers/${name}.ts`, minify });
  return { path: hashedPath(`worker-${name}`, 'js', text), bytes: text, sources };
}

function collectWasm(root: string, name: string): LoadedFile {
  const source = join(root, wasmFolder, name);
  const bytes = readFileSync(source);
  return { path: hashedPath(name.replace(/\.wasm$/, ''), 'wasm', bytes), bytes, sources: [source] };
}

function collectMeasures(root: string): LoadedFile | null {
  const source = join(root, 'docs/measures.md');
  if (!existsSync(source)) return null;
  const bytes = readFileSync(source);
  return { path: hashedPath('measures', 'md', bytes), bytes };
}

/** Made by the simulator at build time, so that the file can never differ from its documentation. */
function makeCohort(): LoadedFile {
  const bytes = cohortCsv();
  return { path: hashedPath('cohort', 'csv', bytes), bytes };
}

function findFinishedProject(root: string): string | null {
  const path = 'sample/finished.understudy';
  return existsSync(join(root, 'public', path)) ? path : null;
}

function isPresent<T>(value: T | null): value is T {
  return value !== null;
}

/** Bundles the workers and reads binaries and documents: all that the page fetches before it locks itself in. */
export async function collectAssets(
  root: string,
  minify: boolean,
  wanted: readonly WorkerName[] = workerNames,
): Promise<CollectedAssets> {
  const workers = await Promise.all(
    workerNames.map((name) => (wanted.includes(name) ? collectWorker(root, name, minify) : null)),
  );
  const wasm = wasmNames.map((name) => collectWasm(root, name));
  const measures = collectMeasures(root);
  const cohort = makeCohort();
  return {
    files: [...workers, ...wasm, measures, cohort].filter(isPresent),
    paths: {
      workers: {
        ingest: workers[0]?.path ?? null,
        synthesize: workers[1]?.path ?? null,
        evaluate: workers[2]?.path ?? null,
        'self-test': workers[3]?.path ?? null,
      },
      wasm: Object.fromEntries(wasmNames.map((name, i) => [name, wasm[i]?.path ?? ''])),
      sample: {
        cohortCsv: cohort.path,
        finishedProject: findFinishedProject(root),
      },
      documents: { measures: measures?.path ?? null },
    },
  };
}
