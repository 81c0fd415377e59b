import { existsSync } from 'node:fs';
import {
  FAMILIES,
  parseFlags,
  readChoice,
  readCount,
  readFamilies,
  readFile,
  readFolder,
  readNewFile,
  readSeed,
  UsageError,
} from './read-flags.mjs';

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
    [--backend ${BACKENDS.join('|')}] [--format ${FORMATS.join('|')}] [--purpose ${PURPOSES.join('|')}] [--target COLUMN]
    [--families ${FAMILIES.join(',')}|none] [--policy FILE] [--package FILE [--statements FILE]] [--out DIR]`;

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
 * @property {string | null} target column that models are taught to predict; null = chosen by its measure
 * @property {readonly string[]} families of measures for evaluation.json
 * @property {string | null} policy path of a file of criteria, or null for none
 * @property {string | null} package path of the unsigned release package to write, or null for none
 * @property {string | null} statements path of a JSON file of what a person states for its dossier, or null for none
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
  const model = readChoice('--model', values.model ?? 'auto', MODELS);
  if (values.purpose !== undefined && model !== 'auto')
    throw new UsageError('--purpose: it decides which model is taken, so it needs --model auto.');
  const families = readFamilies(values.families);
  checkPackage(values, families);
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
    target: values.target ?? null,
    families,
    policy: values.policy === undefined ? null : readFile('--policy', values.policy),
    package: values.package === undefined ? null : readNewFile('--package', values.package),
    statements: values.statements === undefined ? null : readFile('--statements', values.statements),
    out: readFolder('--out', values.out ?? 'synthesize-out'),
  };
}

/**
 * A package tells what its records were held against, and what they came to.
 *
 * @param {{ package?: string | undefined, policy?: string | undefined, statements?: string | undefined }} values
 * @param {readonly string[]} families
 */
function checkPackage(values, families) {
  if (values.package === undefined) {
    if (values.statements === undefined) return;
    throw new UsageError('--statements: they stand in the dossier of a package, so name one with --package.');
  }
  if (values.policy === undefined)
    throw new UsageError('--package: it holds criteria that were fixed before, so give them with --policy.');
  if (families.length === 0)
    throw new UsageError('--package: it holds the evidence for the records, so leave --families none out.');
}

/**
 * @param {string} text
 * @param {string} model
 */
function readRecipe(text, model) {
  if (!NETWORKS.includes(model)) {
    throw new UsageError(
      `--recipe: only ${NETWORKS.join(' and ')} have recipes; name one of them with --model, or leave it out.`,
    );
  }
  return readChoice('--recipe', text, RECIPES);
}

/** @param {readonly string[]} argv */
function readFlags(argv) {
  const text = /** @type {const} */ ({ type: 'string' });
  return parseFlags(
    argv,
    {
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
      target: text,
      families: text,
      policy: text,
      package: text,
      statements: text,
      out: text,
    },
    USAGE,
  );
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
