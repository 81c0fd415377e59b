import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the person typed is wrong; the message is one clear sentence. */
export class UsageError extends Error {}

/** Families of measures; `none` leaves evaluation.json out. */
export const FAMILIES = ['fidelity', 'utility', 'privacy'];

/**
 * @template {Record<string, { type: 'string' }>} Options
 * @param {readonly string[]} argv
 * @param {Options} options
 * @param {string} usage shown after what is wrong
 */
export function parseFlags(argv, options, usage) {
  // parseArgs takes `-5` for a flag of its own; joined to its option it reaches the check that names it.
  const args = argv.flatMap((word, i) =>
    /^-\d/.test(argv[i + 1] ?? '') ? [`${word}=${argv[i + 1]}`] : /^-\d/.test(word) ? [] : [word],
  );
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (thrown) {
    const first = thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown);
    throw new UsageError(`${first.replace(/(\. To specify.*|\.)$/, '')}. Usage: ${usage}`);
  }
}

/**
 * @param {string} flag
 * @param {string} path
 */
export function readFile(flag, path) {
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
export function readFolder(flag, path) {
  let nearest = resolve(path);
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  if (statSync(nearest).isDirectory()) return path;
  throw new UsageError(`${flag}: "${nearest}" is a file, not a folder; name another folder.`);
}

/**
 * A file that is written, in a folder that is there.
 *
 * @param {string} flag
 * @param {string} path
 */
export function readNewFile(flag, path) {
  const folder = dirname(resolve(path));
  if (!existsSync(folder)) throw new UsageError(`${flag}: there is no folder "${folder}"; make it first.`);
  if (!statSync(folder).isDirectory()) throw new UsageError(`${flag}: "${folder}" is a file, not a folder.`);
  if (existsSync(path) && !statSync(path).isFile())
    throw new UsageError(`${flag}: "${path}" is no file; name another one.`);
  return path;
}

/**
 * @param {string} flag
 * @param {string} text
 * @param {readonly string[]} choices
 */
export function readChoice(flag, text, choices) {
  if (choices.includes(text)) return text;
  throw new UsageError(`${flag}: "${text}" is not one of ${choices.join(', ')}.`);
}

/**
 * @param {string} flag
 * @param {string} text
 */
export function readCount(flag, text) {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new UsageError(`${flag}: "${text}" is not a whole number of at least 1.`);
}

/** @param {string} text */
export function readSeed(text) {
  const number = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(number) && number >= 0) return number;
  throw new UsageError(`--seed: "${text}" is not a whole number of at least 0.`);
}

/**
 * @param {string | undefined} text
 * @returns {readonly string[]}
 */
export function readFamilies(text) {
  if (text === undefined) return FAMILIES;
  if (text === 'none') return [];
  return [...new Set(text.split(',').map((family) => readChoice('--families', family.trim(), FAMILIES)))];
}
