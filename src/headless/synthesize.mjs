/**
 * `npm run synthesize`: drives the built page in headless Chromium and writes what the page would have written. There
 * is no second pipeline. Exit status: 0 done, 1 the person's error in one sentence on stderr, 2 an internal one.
 */
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tellAccount } from './account-lines.mjs';
import { findOrInstallChromium, launchChromium } from './chromium.mjs';
import { ensureInstalled, root } from './install.mjs';
import { parseOptions, SAMPLE, USAGE, UsageError } from './options.mjs';
import { runInPage } from './run-in-page.mjs';
import { readSampleFile } from './sample-file.mjs';
import { serve } from './serve.mjs';
import { buildIfNeeded } from './start.mjs';

/**
 * @param {import('./options.mjs').SynthesizeOptions} options
 * @returns {Promise<void>}
 */
async function synthesize(options) {
  const out = makeFolder(options.out);
  ensureInstalled();
  buildIfNeeded();
  await findOrInstallChromium();
  const browser = await launchChromium({ webgpu: options.backend === 'webgpu' });
  const dist = join(root, 'dist');
  const server = await serve({ folder: dist, headers: true });
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    const records = `synthetic.${options.format}`;
    const input = options.input === SAMPLE ? readSampleFile(dist) : options.input;
    const result = await runInPage(page, server.url, { ...options, input }, join(out, records), report);
    const texts = {
      'data-dictionary.csv': result.dictionaryCsv,
      'data-dictionary.md': result.dictionaryMarkdown,
      'schema.json': result.schemaJson,
      'run.json': result.runJson,
    };
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(out, name), text);
    for (const line of tellAccount(result.runJson)) report(line);
    console.log(`Wrote ${[records, ...Object.keys(texts)].join(', ')} to ${out}`);
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * The folder for the results, made before anything slow begins. Throws UsageError where it cannot be made or written to.
 *
 * @param {string} path
 */
function makeFolder(path) {
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

/** @param {string} line */
function report(line) {
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    if (process.argv.includes('--help')) console.log(USAGE);
    else await synthesize(parseOptions(process.argv.slice(2)));
  } catch (thrown) {
    const { status, message } = explainFailure(thrown);
    console.error(message);
    process.exitCode = status;
  }
}
