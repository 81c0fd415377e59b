import {
  FAMILIES,
  parseFlags,
  readFamilies,
  readFile,
  readFolder,
  readSeed,
  UsageError,
} from './read-flags.mjs';

export const USAGE = `npm run evaluate -- --train FILE [--holdout FILE] --synthetic FILE [--schema FILE] [--target COLUMN]
    [--families ${FAMILIES.join(',')}] [--seed S] [--out DIR]`;

/**
 * @typedef {object} EvaluateOptions
 * @property {string} train path of the records that were learnt from
 * @property {string | null} holdout path of records of the same source that were not; without it nothing is attacked
 * @property {string} synthetic path of the records to judge, made by whatever program
 * @property {string | null} schema path of a schema.json, or null to infer it from train
 * @property {string | null} target column that models are taught to predict; null = chosen by its measure
 * @property {readonly string[]} families of measures
 * @property {number} seed
 * @property {string} out folder for evaluation.json
 */

/**
 * Reads the command line of `npm run evaluate`. Throws UsageError with one sentence for anything that does not fit.
 *
 * @param {readonly string[]} argv without node and script
 * @returns {EvaluateOptions}
 */
export function parseEvaluateOptions(argv) {
  const text = /** @type {const} */ ({ type: 'string' });
  const names = /** @type {const} */ ([
    'train',
    'holdout',
    'synthetic',
    'schema',
    'target',
    'families',
    'seed',
    'out',
  ]);
  const values = parseFlags(argv, Object.fromEntries(names.map((name) => [name, text])), USAGE);
  const families = readFamilies(values['families']);
  if (families.length === 0) throw new UsageError('--families: name at least one.');
  const file = (/** @type {string} */ name) => {
    const path = values[name];
    return path === undefined ? null : readFile(`--${name}`, path);
  };
  const train = file('train');
  const synthetic = file('synthetic');
  if (train === null) throw new UsageError(`--train FILE is missing. Usage: ${USAGE}`);
  if (synthetic === null) throw new UsageError(`--synthetic FILE is missing. Usage: ${USAGE}`);
  return {
    train,
    holdout: file('holdout'),
    synthetic,
    schema: file('schema'),
    target: values['target'] ?? null,
    families,
    seed: values['seed'] === undefined ? 1 : readSeed(values['seed']),
    out: readFolder('--out', values['out'] ?? 'evaluate-out'),
  };
}
