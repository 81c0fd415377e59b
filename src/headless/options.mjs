import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the person typed is wrong; the message is one clear sentence. */
export class UsageError extends Error {}

/** `auto` takes the model that suits the table and says why. */
export const MODELS = ['auto', 'independent', 'copula', 'trees', 'argn', 'tvae', 'ctgan'];
/** Recipes of the networks, and the models that have them. */
export const RECIPES = ['understudy', 'paper'];
const NETWORKS = ['tvae', 'ctgan'];
export const PURPOSES = ['testing', 'analytics', 'model-training', 'sharing', 'public-release'];
export const FORMATS = ['csv', 'ndjson', 'parquet'];
export const BACKENDS = ['auto', 'webgpu', 'wasm', 'cpu'];
/** What `--input` takes for the sample cohort; a file of that name is `./sample`. */
export const SAMPLE = 'sample';

export const USAGE = `npm run synthesize -- --input FILE|${SAMPLE} [--holdout FRACTION|FILE] [--model ${MODELS.join('|')}]
    [--recipe ${RECIPES.join('|')}] [--epochs N] [--rows N] [--seed S] [--schema FILE] [--edits FILE] [--wishes FILE]
    [--backend ${BACKENDS.join('|')}] [--format ${FORMATS.join('|')}] [--purpose ${PURPOSES.join('|')}] [--out DIR]`;

/**
 * @typedef {object} SynthesizeOptions
 * @property {string} input path of the file to learn from, or SAMPLE
 * @property {number | string | null} holdout share of rows held out (0–0.5), or the path of a file; null = that of the
 *   edits, else 0.2
 * @property {string} model `auto` or the name of one
 * @property {string | null} purpose what the records are for, which the choice of `auto` heeds
 * @property {string | null} recipe of a network; null = the model's default
 * @property {number | null} epochs null = the model's default
 * @property {number | null} rows null = as many as train has
 * @property {number | null} seed null = 1, and for the split that of the edits
 * @property {string | null} schema path of a schema.json, or null to infer
 * @property {string | null} edits path of a file of edits or of a run.json, or null for none
 * @property {string | null} wishes path of a file of wishes or of a run.json, or null for none
 * @property {string} backend
 * @property {string} format what the records are written as
 * @property {string} out folder for the results
 */

/**
 * Reads the command line of `npm run synthesize`. Throws UsageError with one sentence for anything that does not fit.
 *
 * @param {readonly string[]} argv without node and script
 * @returns {SynthesizeOptions}
 */
export function parseOptions(argv) {
  const values = readFlags(argv);
  if (values.input === undefined) throw new UsageError(`--input FILE is missing. Usage: ${USAGE}`);
  const model = readChoice('--model', values.model ?? 'tvae', MODELS);
  if (values.purpose !== undefined && model !== 'auto')
    throw new UsageError('--purpose: it decides which model is taken, so it needs --model auto.');
  return {
    input: values.input === SAMPLE ? SAMPLE : readFile('--input', values.input),
    holdout: values.holdout === undefined ? null : readHoldout(values.holdout),
    model,
    purpose: values.purpose === undefined ? null : readChoice('--purpose', values.purpose, PURPOSES),
    recipe: values.recipe === undefined ? null : readRecipe(values.recipe, model),
    epochs: values.epochs === undefined ? null : readCount('--epochs', values.epochs),
    rows: values.rows === undefined ? null : readCount('--rows', values.rows),
    seed: values.seed === undefined ? null : readSeed(values.seed),
    schema: values.schema === undefined ? null : readFile('--schema', values.schema),
    edits: values.edits === undefined ? null : readFile('--edits', values.edits),
    wishes: values.wishes === undefined ? null : readFile('--wishes', values.wishes),
    backend: readChoice('--backend', values.backend ?? 'auto', BACKENDS),
    format: readChoice('--format', values.format ?? 'csv', FORMATS),
    out: readFolder('--out', values.out ?? 'synthesize-out'),
  };
}

/**
 * @param {string} text
 * @param {string} model
 */
function readRecipe(text, model) {
  if (!NETWORKS.includes(model)) {
    throw new UsageError(`--recipe: only ${NETWORKS.join(' and ')} have recipes; leave it out for ${model}.`);
  }
  return readChoice('--recipe', text, RECIPES);
}

/** @param {readonly string[]} argv */
function readFlags(argv) {
  const text = /** @type {const} */ ({ type: 'string' });
  const options = {
    input: text,
    holdout: text,
    model: text,
    purpose: text,
    recipe: text,
    epochs: text,
    rows: text,
    seed: text,
    schema: text,
    edits: text,
    wishes: text,
    backend: text,
    format: text,
    out: text,
  };
  // parseArgs takes `-5` for a flag of its own; joined to its option it reaches the check that names it.
  const args = argv.flatMap((word, i) =>
    /^-\d/.test(argv[i + 1] ?? '') ? [`${word}=${argv[i + 1]}`] : /^-\d/.test(word) ? [] : [word],
  );
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (thrown) {
    const first = thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown);
    throw new UsageError(`${first.replace(/(\. To specify.*|\.)$/, '')}. Usage: ${USAGE}`);
  }
}

/**
 * @param {string} flag
 * @param {string} path
 */
function readFile(flag, path) {
  if (!existsSync(path)) throw new UsageError(`${flag}: there is no file at "${path}".`);
  const found = statSync(path);
  if (found.isDirectory()) throw new UsageError(`${flag}: "${path}" is a folder, not a file.`);
  if (!found.isFile())
    throw new UsageError(
      `${flag}: "${path}" is a pipe or device; only files are taken, so save what it gives as a file first.`,
    );
  return path;
}

/**
 * A folder that is there or can come to be there.
 *
 * @param {string} flag
 * @param {string} path
 */
function readFolder(flag, path) {
  let nearest = resolve(path);
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  if (statSync(nearest).isDirectory()) return path;
  throw new UsageError(`${flag}: "${nearest}" is a file, not a folder; name another folder.`);
}

/** @param {string} text */
function readHoldout(text) {
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number)) {
    if (existsSync(text)) return readFile('--holdout', text);
    throw new UsageError(`--holdout: "${text}" is neither a fraction such as 0.2 nor a file that exists.`);
  }
  if (number < 0 || number > 0.5)
    throw new UsageError(`--holdout: the fraction must lie between 0 and 0.5, not ${text}.`);
  return number;
}

/**
 * @param {string} flag
 * @param {string} text
 * @param {readonly string[]} choices
 */
function readChoice(flag, text, choices) {
  if (choices.includes(text)) return text;
  throw new UsageError(`${flag}: "${text}" is not one of ${choices.join(', ')}.`);
}

/**
 * @param {string} flag
 * @param {string} text
 */
function readCount(flag, text) {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new UsageError(`${flag}: "${text}" is not a whole number of at least 1.`);
}

/** @param {string} text */
function readSeed(text) {
  const number = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(number) && number >= 0) return number;
  throw new UsageError(`--seed: "${text}" is not a whole number of at least 0.`);
}
