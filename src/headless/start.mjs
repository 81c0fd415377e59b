/** `npm start`: installs if needed, builds if needed, serves the build with its headers and prints the address. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWithParent } from './end-with-parent.mjs';
import { ensureInstalled, root } from './install.mjs';
import { serve } from './serve.mjs';

/** Remembers what dist was made from. */
const stampPath = join(root, 'node_modules/.understudy-build');

/** One fixed port: projects belong to the origin, and another port is another origin. */
const defaultPort = 4180;

/** What a build is made from. */
const sources = [
  'src',
  'workers',
  'public',
  'docs/measures.md',
  'index.html',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

/**
 * @param {string} path
 * @returns {string[]}
 */
function listFiles(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => listFiles(join(path, name)));
}

/** @param {string[]} paths relative to the root */
function hashFiles(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => listFiles(join(root, path)))) {
    hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Builds unless dist was made from these very sources. */
export function buildIfNeeded() {
  const wanted = hashFiles(sources);
  const stamp = existsSync(stampPath) ? readFileSync(stampPath, 'utf8') : null;
  if (existsSync(join(root, 'dist/sw.js')) && stamp === wanted) return;
  console.log('Building …');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--configLoader', 'runner', '--logLevel', 'warn'];
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  writeFileSync(stampPath, wanted);
}

function readPort() {
  const port = Number(process.env.PORT ?? defaultPort);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`PORT is "${process.env.PORT ?? ''}", but must be a number from 1 to 65535.`);
}

async function start() {
  const port = readPort();
  ensureInstalled();
  buildIfNeeded();
  const { url } = await serve({ folder: join(root, 'dist'), port, headers: true });
  if (process.env.npm_lifecycle_event !== undefined) endWithParent(() => process.exit());
  console.log(`\nUnderstudy is at ${url}\n`);
  console.log('Keep this address: projects are stored in your browser under it. Press Ctrl+C to stop.');
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${String(readPort())} is in use, perhaps by another Understudy. Stop that one, or choose a port: PORT=${String(readPort() + 1)} npm start (projects belong to the address, so they will not show there).`;
  }
  return error instanceof Error ? error.message : String(error);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  start().catch((error) => {
    console.error(explain(error));
    process.exitCode = 1;
  });
}
