import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { kernelPlugin } from './src/build/kernel-plugin.ts';

const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const quietFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Three projects: `unit` (Node), `browser` (inside Chromium, with the software WebGPU adapter) and `e2e` (Node driving
 * Chromium over the built page). `LONG=1` adds the `*.long.test.ts` files.
 */
const long = process.env.LONG === '1';
const skipped = long ? [] : ['**/*.long.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        // State is written in runes; compiled as for a server they are plain fields and getters, without a DOM.
        plugins: [svelte({ configFile: false, compilerOptions: { runes: true } }), kernelPlugin()],
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/browser/**', 'tests/e2e/**', ...skipped],
          setupFiles: ['tests/setup.ts'],
          testTimeout: 60_000,
        },
      },
      {
        plugins: [svelte({ compilerOptions: { runes: true, fragments: 'tree' } }), kernelPlugin()],
        // Named, because a package found late makes the browser reload in the middle of a test.
        optimizeDeps: {
          include: [
            '@tensorflow/tfjs-core',
            '@tensorflow/tfjs-backend-cpu',
            '@tensorflow/tfjs-backend-wasm',
            '@tensorflow/tfjs-backend-webgpu',
            'comlink',
          ],
        },
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          exclude: skipped,
          setupFiles: ['tests/setup.ts'],
          testTimeout: 120_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({
              launchOptions: {
                executablePath: chromiumPath,
                args: [...quietFlags, '--enable-unsafe-webgpu'],
              },
            }),
          },
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: skipped,
          setupFiles: ['tests/setup.ts'],
          globalSetup: ['tests/e2e/build-once.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
