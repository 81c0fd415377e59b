import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { devPlugin } from './src/build/dev-plugin';
import { kernelPlugin } from './src/build/kernel-plugin';
import { lockPlugin } from './src/build/lock-plugin';

export default defineConfig(({ command }) => {
  // Vite heeds what the shell or a test runner has set, and would then build other files from the same sources.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    base: './',
    plugins: [
      svelte({ compilerOptions: { runes: true, fragments: 'tree' } }),
      kernelPlugin(),
      lockPlugin(),
      devPlugin(),
    ],
    build: {
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      assetsInlineLimit: 0,
      // Everything is loaded before the lock, so that parts of it could not come later.
      chunkSizeWarningLimit: 800,
      rolldownOptions: { checks: { bundlerTimings: false } },
    },
  };
});
