import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { lockPlugin } from '../../../src/build/lock-plugin';

const repository = join(import.meta.dirname, '../../..');

/**
 * Builds the page with nothing but the lock into a new folder, by the same plugin as the real one.
 *
 * @param mark text that makes this build differ from another
 */
export async function buildFixture(mark = 'first'): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'understudy-lock-'));
  await build({
    root: join(import.meta.dirname, 'fixture'),
    configFile: false,
    base: './',
    publicDir: join(repository, 'public'),
    logLevel: 'error',
    plugins: [
      svelte({ configFile: false, compilerOptions: { runes: true, fragments: 'tree' } }),
      lockPlugin({ repository, workers: ['self-test'] }),
      {
        name: 'mark',
        transformIndexHtml: (html) => html.replace('Lock fixture', `Lock fixture, ${mark} build`),
      },
    ],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      assetsInlineLimit: 0,
    },
  });
  return outDir;
}
