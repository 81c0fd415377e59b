import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';
import { buildListPath, type BuildList, type BuiltFile, type Precache } from '../platform/lock/build-list';
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

/**
 * Turns Vite's output into the closed folder the lock needs: the policy first in the head, workers and binaries as
 * plain files, build.json, sw.js with its fixed list, and the headers for hosts that can send them.
 */
export function lockPlugin(): Plugin {
  let config: ResolvedConfig;
  let assets: CollectedAssets;
  return {
    name: 'understudy-lock',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    transformIndexHtml: {
      order: 'post',
      handler: putPolicyFirst,
    },
    async generateBundle() {
      assets = await collectAssets(config.root, true);
      for (const { path, bytes } of assets.files) {
        this.emitFile({ type: 'asset', fileName: path, source: bytes });
      }
    },
    async writeBundle(options) {
      const folder = options.dir ?? join(config.root, config.build.outDir);
      const precache = writeBuildList(folder, readVersion(config.root), assets);
      const worker = await bundleWorker({
        root: config.root,
        entry: 'workers/service-worker.ts',
        minify: false,
        define: { __PRECACHE__: JSON.stringify(precache) },
      });
      writeFileSync(join(folder, 'sw.js'), worker);
      writeFileSync(join(folder, '_headers'), writeHeadersFile());
    },
  };
}
