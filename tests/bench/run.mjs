// Runs a TypeScript bench file in Node through Vite's module runner: node tests/bench/run.mjs train-step.ts [options]
import { createServer } from 'vite';

const [file, ...rest] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node tests/bench/run.mjs FILE.ts [options]');
  process.exit(1);
}
const server = await createServer({
  configFile: false,
  root: new URL('../..', import.meta.url).pathname,
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: [] },
  logLevel: 'error',
  appType: 'custom',
});
try {
  const { main } = await server.ssrLoadModule(`/tests/bench/${file}`);
  await main(rest);
} finally {
  await server.close();
}
