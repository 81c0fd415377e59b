import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildListPath, type AssetPaths, type BuildList, type Precache } from '../platform/lock/build-list';
import { lockHeaders, writeHeadersFile } from '../platform/lock/policy';
import { bundleWorker } from './bundle-worker';
import { describeFile, hashBuild, listBuiltFiles } from './dist-files';

/** Version in package.json. */
export function readVersion(root: string): string {
  const parsed: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (typeof parsed === 'object' && parsed !== null && 'version' in parsed) return String(parsed.version);
  throw new Error('package.json has no version');
}

/** Writes build.json and answers what the service worker may serve, that list included. */
function writeBuildList(folder: string, version: string, assets: AssetPaths): Precache {
  const files = listBuiltFiles(folder);
  const list: BuildList = { version, hash: hashBuild(files), files, assets };
  const text = `${JSON.stringify(list, null, 1)}\n`;
  writeFileSync(join(folder, buildListPath), text);
  return {
    version,
    hash: list.hash,
    files: [...files, describeFile(buildListPath, text)],
    headers: lockHeaders,
  };
}

/**
 * Closes a built folder: no file may change after build.json and sw.js have been written with the sums of all files.
 *
 * @param root folder of package.json and workers
 * @param folder built folder
 */
export async function sealFolder(root: string, folder: string, assets: AssetPaths): Promise<void> {
  const precache = writeBuildList(folder, readVersion(root), assets);
  const worker = await bundleWorker({
    root,
    entry: 'workers/service-worker.ts',
    minify: false,
    define: { __PRECACHE__: JSON.stringify(precache) },
  });
  writeFileSync(join(folder, 'sw.js'), worker);
  writeFileSync(join(folder, '_headers'), writeHeadersFile());
}
