// Runs bench files in Node through Vite's module loader: node tests/bench/run.mjs [NAME [options]], NAME a file of this
// folder with or without .ts; without a name, step times and then the quality on the peers' tables.
import { createServer, runnerImport } from 'vite';

const [file, ...options] = process.argv.slice(2);
const files = file === undefined ? ['train-step', 'quality'] : [file.replace(/\.ts$/, '')];
const { module } = await runnerImport(new URL('../../src/build/kernel-plugin.ts', import.meta.url).pathname);
const server = await createServer({
  configFile: false,
  plugins: [module.kernelPlugin()],
  root: new URL('../..', import.meta.url).pathname,
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: [] },
  logLevel: 'error',
  appType: 'custom',
});
try {
  for (const name of files) {
    const { main } = await server.ssrLoadModule(`/tests/bench/${name}.ts`);
    await main(options);
  }
} finally {
  await server.close();
}
