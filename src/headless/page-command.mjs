import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findOrInstallChromium, launchChromium } from './chromium.mjs';
import { ensureInstalled, root } from './install.mjs';
import { UsageError } from './read-flags.mjs';
import { serve } from './serve.mjs';
import { buildIfNeeded } from './start.mjs';

/** The built page, served to a browser without a window. */
export const DIST = join(root, 'dist');

/**
 * Builds the page where needed, serves it, and hands a blank tab of headless Chromium to `act`.
 *
 * @param {{ webgpu: boolean }} options
 * @param {(page: import('playwright-core').Page, url: string) => Promise<void>} act
 */
export async function withPage({ webgpu }, act) {
  ensureInstalled();
  buildIfNeeded();
  await findOrInstallChromium();
  const browser = await launchChromium({ webgpu });
  const server = await serve({ folder: DIST, headers: true });
  try {
    await act(browser.pages()[0] ?? (await browser.newPage()), server.url);
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * Runs a command of the command line. Exit status: 0 done, 1 the person's error in one sentence on stderr, 2 an internal
 * one.
 *
 * @param {string} usage
 * @param {(argv: string[]) => Promise<void>} act
 */
export async function runCommand(usage, act) {
  try {
    if (process.argv.includes('--help')) console.log(usage);
    else await act(process.argv.slice(2));
  } catch (thrown) {
    const { status, message } = explainFailure(thrown);
    console.error(message);
    process.exitCode = status;
  }
}

/**
 * The folder for the results, made before anything slow begins. Throws UsageError where it cannot be made or written to.
 *
 * @param {string} path
 */
export function makeFolder(path) {
  const folder = resolve(path);
  try {
    makeMissing(folder);
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
    throw new UsageError(
      `--out: the folder "${folder}" cannot be made or written to (${code}); name another one.`,
    );
  }
}

/**
 * One folder after another: Node's own recursive way never ends on file systems such as /proc, which refuse a folder as
 * if its parent were missing.
 *
 * @param {string} folder
 */
function makeMissing(folder) {
  if (existsSync(folder)) return;
  makeMissing(dirname(folder));
  mkdirSync(folder);
}

/**
 * What a command is doing, for the person who waits.
 *
 * @param {string} line
 */
export function report(line) {
  console.error(line);
}

/** Failure codes that are neither the file's nor the person's fault. */
const internalCodes = ['internal', 'device-lost', 'training-diverged', 'not-locked', 'storage-full'];

/**
 * @param {unknown} thrown
 * @returns {{ status: 1 | 2, message: string }}
 */
export function explainFailure(thrown) {
  if (thrown instanceof UsageError) return { status: 1, message: thrown.message };
  if (
    thrown instanceof Error &&
    'code' in thrown &&
    typeof thrown.code === 'string' &&
    thrown.name === 'PageFailure'
  ) {
    return { status: internalCodes.includes(thrown.code) ? 2 : 1, message: thrown.message };
  }
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { status: 2, message: `Internal error: ${message}` };
}
