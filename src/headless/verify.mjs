/**
 * `npm run verify`: verifies a release package by the code that the page uses, in Node and without a browser. Exit status:
 * 0 releasable, 1 not, 2 usage.
 */
import { openAsBlob } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, root } from './install.mjs';
import { UsageError } from './read-flags.mjs';
import { parseVerifyOptions, USAGE } from './verify-options.mjs';

/**
 * @typedef {typeof import('../platform/check-package')} Checking
 * @typedef {typeof import('../release/verification-text')} Writing
 */

/**
 * Verifies a package. A file that is none, or is damaged, is not releasable either.
 *
 * @param {import('./verify-options.mjs').VerifyOptions} options
 * @returns {Promise<{ lines: readonly string[], isReleasable: boolean }>}
 */
export async function verify({ file, roles }) {
  ensureInstalled();
  const { checkPackage } = /** @type {Checking} */ (await load('src/platform/check-package.ts'));
  const { writeVerification } = /** @type {Writing} */ (await load('src/release/verification-text.ts'));
  try {
    const { verification, findings } = await checkPackage(await openAsBlob(file), roles ?? undefined);
    return { lines: writeVerification(verification, findings), isReleasable: verification.isReleasable };
  } catch (thrown) {
    // The error's class was loaded apart from this file, so that its name tells it.
    if (thrown instanceof Error && thrown.name === 'FailureError')
      return { lines: [thrown.message], isReleasable: false };
    throw thrown;
  }
}

/**
 * The program's own TypeScript, compiled as it is loaded.
 *
 * @param {string} path
 */
async function load(path) {
  const { runnerImport } = await import('vite');
  const config = /** @type {const} */ ({ root, configFile: false, logLevel: 'error' });
  return (await runnerImport(`./${path}`, config)).module;
}

/** Ends quietly where whoever reads stops reading, as `head` does. */
function endWithReader() {
  process.stdout.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

async function main() {
  endWithReader();
  if (process.argv.includes('--help')) return void console.log(USAGE);
  const { lines, isReleasable } = await verify(parseVerifyOptions(process.argv.slice(2)));
  process.exitCode = isReleasable ? 0 : 1;
  for (const line of lines) console.log(line);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((thrown) => {
    console.error(thrown instanceof UsageError ? thrown.message : thrown);
    process.exitCode = 2;
  });
}
