import { join, resolve } from 'node:path';
import type { Plugin, ResolvedConfig, Rolldown } from 'vite';
import { noticesPath, workerNames, type WorkerName } from '../platform/lock/build-list';
import { pagePolicy } from '../platform/lock/policy';
import { collectAssets, type CollectedAssets } from './collect-assets';
import { writeNotices } from './notices';
import { sealFolder } from './seal-folder';

/** A policy covers only what follows it, so it opens the head. */
export function putPolicyFirst(html: string): string {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${pagePolicy}" />`;
  const parts = html.split('<head>');
  if (parts.length !== 2) throw new Error('index.html must have exactly one <head>');
  return parts.join(`<head>\n    ${meta}`);
}

/** Files the page's own scripts, styles and fonts were made of. */
function listSources(root: string, bundle: Rolldown.OutputBundle): string[] {
  return Object.values(bundle).flatMap((output) =>
    output.type === 'chunk' ? output.moduleIds : output.originalFileNames.map((name) => resolve(root, name)),
  );
}

export interface LockPluginOptions {
  /** Folder of package.json and workers; Vite's root by default. */
  readonly repository?: string;
  /** Workers to bundle; all by default. */
  readonly workers?: readonly WorkerName[];
}

/**
 * Turns Vite's output into the closed folder the lock needs: the policy first in the head, workers and binaries as
 * plain files, the licences of what is in it, build.json, sw.js with its fixed list, and the headers for hosts that can send them.
 */
export function lockPlugin(options: LockPluginOptions = {}): Plugin {
  let config: ResolvedConfig;
  let assets: CollectedAssets;
  const root = (): string => options.repository ?? config.root;
  return {
    name: 'understudy-lock',
    apply: 'build',
    config: () => ({ define: { __DEVELOPMENT__: 'false' } }),
    configResolved(resolved) {
      config = resolved;
    },
    transformIndexHtml: { order: 'post', handler: putPolicyFirst },
    async generateBundle(_options, bundle) {
      assets = await collectAssets(root(), true, options.workers ?? workerNames);
      for (const { path, bytes } of assets.files) {
        this.emitFile({ type: 'asset', fileName: path, source: bytes });
      }
      const sources = [
        ...listSources(config.root, bundle),
        ...assets.files.flatMap((file) => file.sources ?? []),
      ];
      this.emitFile({ type: 'asset', fileName: noticesPath, source: writeNotices(root(), sources) });
    },
    async writeBundle({ dir }) {
      await sealFolder(root(), dir ?? join(config.root, config.build.outDir), assets.paths);
    },
  };
}
