import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';
import {
  buildListPath,
  workerNames,
  type BuildList,
  type BuiltFile,
  type Precache,
  type WorkerName,
} from '../platform/lock/build-list';
import { lockHeaders, pagePolicy, writeHeadersFile } from '../platform/lock/policy';
import { bundleWorker } from './bundle-worker';
import { collectAssets, type CollectedAssets } from './collect-assets';
import { describeFile, hashBuild, listBuiltFiles } from './dist-files';

/** Version in package.json. */
export function readVersion(root: string): string {
  const parsed: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (typeof parsed === 'object' && parsed !== null && 'version' in parsed) return String(parsed.version);
  throw new Error('package.json has no version');
}

/** A policy covers only what follows it, so it opens the head. */
export function putPolicyFirst(html: string): string {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${pagePolicy}" />`;
  const parts = html.split('<head>');
  if (parts.length !== 2) throw new Error('index.html must have exactly one <head>');
  return parts.join(`<head>\n    ${meta}`);
}

/** Writes build.json and answers all files of the build, that list included. */
function writeBuildList(folder: string, version: string, assets: CollectedAssets): Precache {
  const files = listBuiltFiles(folder);
  const list: BuildList = { version, hash: hashBuild(files), files, assets: assets.paths };
  const text = `${JSON.stringify(list, null, 1)}\n`;
  writeFileSync(join(folder, buildListPath), text);
  const all: BuiltFile[] = [...files, describeFile(buildListPath, text)];
  return { version, hash: list.hash, files: all, headers: lockHeaders };
}

export interface LockPluginOptions {
  /** Folder of package.json and workers; Vite's root by default. */
  readonly repository?: string;
  /** Workers to bundle; all by default. */
  readonly workers?: readonly WorkerName[];
}

/**
 * Turns Vite's output into the closed folder the lock needs: the policy first in the head, workers and binaries as
 * plain files, build.json, sw.js with its fixed list, and the headers for hosts that can send them.
 */
export function lockPlugin(options: LockPluginOptions = {}): Plugin {
  let config: ResolvedConfig;
  const root = (): string => options.repository ?? config.root;
  let assets: CollectedAssets;
  return {
    name: 'understudy-lock',
    apply: 'build',
    config: () => ({ define: { __DEVELOPMENT__: 'false' } }),
    configResolved(resolved) {
      config = resolved;
    },
    transformIndexHtml: {
      order: 'post',
      handler: putPolicyFirst,
    },
    async generateBundle() {
      assets = await collectAssets(root(), true, options.workers ?? workerNames);
      for (const { path, bytes } of assets.files) {
        this.emitFile({ type: 'asset', fileName: path, source: bytes });
      }
    },
    async writeBundle({ dir }) {
      const folder = dir ?? join(config.root, config.build.outDir);
      const precache = writeBuildList(folder, readVersion(root()), assets);
      const worker = await bundleWorker({
        root: root(),
        entry: 'workers/service-worker.ts',
        minify: false,
        define: { __PRECACHE__: JSON.stringify(precache) },
      });
      writeFileSync(join(folder, 'sw.js'), worker);
      writeFileSync(join(folder, '_headers'), writeHeadersFile());
    },
  };
}
