import type { Plugin } from 'vite';
import { buildListPath, type BuildList } from '../platform/lock/build-list';
import { collectAssets } from './collect-assets';
import { describeFile, listBuiltFiles } from './dist-files';
import { readVersions } from './seal-folder';

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  wasm: 'application/wasm',
  md: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
};

/**
 * Lets the unlocked page of `vite dev` find its assets as in a build: build.json is made afresh on each load of the
 * page, so that a changed worker is bundled again.
 */
export function devPlugin(): Plugin {
  const served = new Map<string, Uint8Array | string>();
  return {
    name: 'understudy-dev',
    apply: 'serve',
    config: () => ({ define: { __DEVELOPMENT__: 'true' } }),
    configureServer(server) {
      const { root, base, publicDir } = server.config;
      const makeList = async (): Promise<string> => {
        const assets = await collectAssets(root, false);
        for (const { path, bytes } of assets.files) served.set(path, bytes);
        const made = assets.files.map(({ path, bytes }) => describeFile(path, bytes));
        const files = [...made, ...listBuiltFiles(publicDir)];
        const list: BuildList = {
          ...readVersions(root),
          hash: 'development',
          files,
          assets: assets.paths,
        };
        return JSON.stringify(list);
      };
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? '')
          .replace(/[?#].*$/, '')
          .replace(base, '')
          .replace(/^\//, '');
        const bytes = served.get(path);
        if (path === buildListPath) {
          makeList().then((text) => {
            response.setHeader('Content-Type', 'application/json');
            response.end(text);
          }, next);
        } else if (bytes !== undefined) {
          response.setHeader(
            'Content-Type',
            types[path.split('.').pop() ?? ''] ?? 'application/octet-stream',
          );
          response.end(bytes);
        } else next();
      });
    },
  };
}
