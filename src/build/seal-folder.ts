import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildListPath, type AssetPaths, type BuildList, type Precache } from '../platform/lock/build-list';
import { lockHeaders, writeHeadersFile } from '../platform/lock/policy';
import { bundleWorker } from './bundle-worker';
import { describeFile, hashBuild, listBuiltFiles } from './dist-files';

/** Versions in package.json, which pins its dependencies exactly. */
export function readVersions(root: string): { readonly version: string; readonly tfjs: string } {
  const { version, dependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version?: string;
    readonly dependencies?: Readonly<Record<string, string>>;
  };
  const tfjs = dependencies['@tensorflow/tfjs-core'];
  if (version === undefined || tfjs === undefined)
    throw new Error('package.json has no version, or does not pin @tensorflow/tfjs-core');
  return { version, tfjs };
}

/** Writes build.json and answers what the service worker may serve, that list included. */
function writeBuildList(
  folder: string,
  versions: ReturnType<typeof readVersions>,
  assets: AssetPaths,
): Precache {
  const files = listBuiltFiles(folder);
  const list: BuildList = { ...versions, hash: hashBuild(files), files, assets };
  const text = `${JSON.stringify(list, null, 1)}\n`;
  writeFileSync(join(folder, buildListPath), text);
  return {
    ...versions,
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
  const precache = writeBuildList(folder, readVersions(root), assets);
  const { text } = await bundleWorker({
    root,
    entry: 'workers/service-worker.ts',
    minify: false,
    define: { __PRECACHE__: JSON.stringify(precache) },
  });
  writeFileSync(join(folder, 'sw.js'), text);
  writeFileSync(join(folder, '_headers'), writeHeadersFile());
}
