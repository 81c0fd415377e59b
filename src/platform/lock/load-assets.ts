import { FailureError } from '../../data/failure';
import { buildListPath, workerNames, type BuildList, type WorkerName } from './build-list';
import { typeOfPath } from './content-type';
import type { BootProgress, LoadedAssets } from './types';

async function fetchBytes(path: string): Promise<ArrayBuffer> {
  const response = await fetch(new URL(path, document.baseURI), { credentials: 'omit', redirect: 'error' });
  if (!response.ok) throw new Error(`${path}: status ${String(response.status)}`);
  return response.arrayBuffer();
}

async function hashHex(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** True where the browser offers WebCrypto, which it hides from plain http. */
export function canHash(): boolean {
  return 'subtle' in crypto;
}

/** Answers the bytes of one file of the build; throws when they are not the ones in the build's list. */
async function loadFile(list: BuildList, path: string): Promise<ArrayBuffer> {
  const bytes = await fetchBytes(path);
  const expected = list.files.find((file) => file.path === path)?.sha256;
  if (canHash() && (await hashHex(bytes)) !== expected)
    throw new Error(`${path}: not the file of this build`);
  return bytes;
}

async function loadText(list: BuildList, path: string | null): Promise<string> {
  return path === null ? '' : new TextDecoder().decode(await loadFile(list, path));
}

async function loadBlob(list: BuildList, path: string | null): Promise<Blob | null> {
  return path === null ? null : new Blob([await loadFile(list, path)], { type: typeOfPath(path) });
}

async function loadWorkers(list: BuildList): Promise<Record<WorkerName, Blob | null>> {
  const { workers } = list.assets;
  const [ingest, synthesize, evaluate, selfTest] = await Promise.all(
    workerNames.map((name) => loadBlob(list, workers[name])),
  );
  return {
    ingest: ingest ?? null,
    synthesize: synthesize ?? null,
    evaluate: evaluate ?? null,
    'self-test': selfTest ?? null,
  };
}

async function loadWasm(list: BuildList): Promise<Record<string, string>> {
  const entries = Object.entries(list.assets.wasm).map(async ([name, path]) => {
    const blob = new Blob([await loadFile(list, path)], { type: 'application/wasm' });
    return [name, URL.createObjectURL(blob)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Waits for the style sheet, then for every font it names: a font asked for later would be refused. */
async function loadFonts(): Promise<void> {
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => window.addEventListener('load', resolve, { once: true }));
  }
  await Promise.allSettled(Array.from(document.fonts, (font) => font.load()));
}

async function loadEverything(
  onProgress: (progress: BootProgress) => void,
): Promise<{ list: BuildList; assets: LoadedAssets }> {
  const report = (fraction: number) => onProgress({ message: 'Loading everything the page needs', fraction });
  report(0.3);
  const list = JSON.parse(new TextDecoder().decode(await fetchBytes(buildListPath))) as BuildList;
  const workerScripts = await loadWorkers(list);
  report(0.5);
  const wasmUrls = await loadWasm(list);
  report(0.7);
  const cohortCsv = await loadBlob(list, list.assets.sample.cohortCsv);
  const finishedProject = await loadBlob(list, list.assets.sample.finishedProject);
  const measures = await loadText(list, list.assets.documents.measures);
  await loadFonts();
  report(0.9);
  return {
    list,
    assets: { workerScripts, wasmUrls, sample: { cohortCsv, finishedProject }, documents: { measures } },
  };
}

/**
 * Fetches the build's list and all that the page needs after the lock, each checked by SHA-256.
 *
 * @throws FailureError `internal` with a sentence for a person when a file is missing or is not the build's
 */
export async function loadAssets(
  onProgress: (progress: BootProgress) => void,
): Promise<{ list: BuildList; assets: LoadedAssets }> {
  try {
    return await loadEverything(onProgress);
  } catch (error) {
    throw new FailureError({
      code: 'internal',
      message:
        'The page could not load all of its own files. The copy on this server is incomplete or was changed; reload the page, and if that does not help tell the person who runs the server.',
      detail: String(error),
    });
  }
}
