import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';

const MARK = '?kernel';
const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd'];

const compiled = new Map<string, Promise<string>>();

/**
 * Imports of an AssemblyScript file by `./file.ts?kernel` become its WebAssembly as base64 text, so that a worker stays one
 * script and no binary is kept in the repository. The same source gives the same bytes. Throws what the compiler says.
 */
export function kernelPlugin(): Plugin {
  return {
    name: 'understudy-kernel',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(MARK)) return null;
      const path = id.slice(0, -MARK.length);
      const sources = await listSources(dirname(path));
      for (const source of sources) this.addWatchFile(source);
      const text = await compileOnce(path, sources);
      return { code: `export default ${JSON.stringify(text)};`, map: null };
    },
  };
}

/** AssemblyScript that a kernel may import: all that lies in its folder. */
async function listSources(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  return names.map((name) => join(folder, name));
}

async function compileOnce(path: string, sources: readonly string[]): Promise<string> {
  const texts = await Promise.all(sources.map((source) => readFile(source, 'utf8')));
  const key = JSON.stringify([path, ...texts]);
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const text = compileKernel(path);
  compiled.set(key, text);
  return text;
}

/** WebAssembly of an AssemblyScript file as base64. Throws an Error with the compiler's words. */
export async function compileKernel(path: string): Promise<string> {
  const compiler = join(import.meta.dirname, '../../node_modules/assemblyscript/bin/asc.js');
  const folder = await mkdtemp(join(tmpdir(), 'understudy-kernel-'));
  const outFile = join(folder, 'kernel.wasm');
  try {
    // A process of its own, because Vite's runner of configurations is closed by the time a kernel is asked for.
    const args = [compiler, basename(path), '--outFile', outFile, ...FLAGS];
    await promisify(execFile)(process.execPath, args, { cwd: dirname(path) });
    return (await readFile(outFile)).toString('base64');
  } finally {
    await rm(folder, { recursive: true });
  }
}
