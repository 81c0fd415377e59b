import { build, type Rolldown } from 'vite';
import { kernelPlugin } from './kernel-plugin';

export interface BundleOptions {
  /** Root folder of the repository. */
  readonly root: string;
  /** Source file, relative to the root. */
  readonly entry: string;
  readonly minify: boolean;
  /** Expressions put in place of global names. */
  readonly define?: Record<string, string>;
}

/** A worker as one script. */
export interface WorkerBundle {
  readonly text: string;
  /** Files that stand in it. */
  readonly sources: readonly string[];
}

/**
 * A worker with everything it imports: a classic script without imports, so that it can be started from a
 * blob: URL, where relative imports cannot be resolved and the network is closed.
 */
export async function bundleWorker(options: BundleOptions): Promise<WorkerBundle> {
  const result = await build({
    root: options.root,
    configFile: false,
    publicDir: false,
    plugins: [kernelPlugin()],
    logLevel: 'error',
    define: options.define ?? {},
    build: {
      write: false,
      target: 'es2022',
      minify: options.minify,
      modulePreload: false,
      rolldownOptions: {
        input: `${options.root}/${options.entry}`,
        output: { format: 'iife', codeSplitting: false, entryFileNames: 'worker.js' },
      },
    },
  });
  return readOnlyChunk(result, options.entry);
}

type BuildResult = Awaited<ReturnType<typeof build>>;

function readOnlyChunk(result: BuildResult, entry: string): WorkerBundle {
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const [chunk, ...others] = outputs.filter(
    (output): output is Rolldown.OutputChunk => output.type === 'chunk',
  );
  if (!chunk || others.length > 0 || outputs.length > 1) {
    const names = outputs.map((output) => output.fileName).join(', ');
    throw new Error(`${entry}: a worker must bundle into one script without assets, but gave ${names}`);
  }
  if (chunk.imports.length > 0 || chunk.dynamicImports.length > 0) {
    throw new Error(
      `${entry}: imports are left in the worker: ${[...chunk.imports, ...chunk.dynamicImports].join(', ')}`,
    );
  }
  return { text: chunk.code, sources: chunk.moduleIds };
}
