import { parseArgs } from 'node:util';
import { readFile, UsageError } from './read-flags.mjs';

export const USAGE = `npm run verify -- PACKAGE.zip [--roles ROLE,…]

--roles: roles that have to approve beside author, reviewer and those of the package's policy, each with a key of its own.

Exit status: 0 intact, approved and releasable; 1 not; 2 usage.`;

/**
 * @typedef {object} VerifyOptions
 * @property {string} file path of the package
 * @property {readonly string[] | null} roles that have to approve beside those of the package's policy, each with a key of its own; null = no more than those
 */

/**
 * Reads the command line of `npm run verify`. Throws UsageError with one sentence for anything that does not fit.
 *
 * @param {readonly string[]} argv without node and script
 * @returns {VerifyOptions}
 */
export function parseVerifyOptions(argv) {
  const { values, positionals } = parse(argv);
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError(`Name the package to verify. Usage: ${USAGE}`);
  if (more.length > 0) throw new UsageError(`One package at a time; "${more[0]}" is one too many.`);
  if (values.roles === undefined) return { file: readFile('PACKAGE', file), roles: null };
  const roles = values.roles.split(',').map((role) => role.trim());
  if (roles.some((role) => role === ''))
    throw new UsageError('--roles: name at least one role, with commas between.');
  return { file: readFile('PACKAGE', file), roles: [...new Set(roles)] };
}

/** @param {readonly string[]} argv */
function parse(argv) {
  try {
    return parseArgs({
      args: [...argv],
      options: { roles: { type: 'string' } },
      strict: true,
      allowPositionals: true,
    });
  } catch (thrown) {
    const first = thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown);
    throw new UsageError(`${first.replace(/(\. To specify.*|\.)$/, '')}. Usage: ${USAGE}`);
  }
}
