import { fail, succeed, type Outcome } from '../failure';
import { findEditProblems } from './check-edits';
import type { Edit } from './edit';
import { EDITS_VERSION } from './history';

export const EDITS_FORMAT = 'understudy-edits';

/** Edits as they are handed out: plain JSON, replayable on any file (docs/edits.md). */
export interface EditsFile {
  readonly format: typeof EDITS_FORMAT;
  readonly version: typeof EDITS_VERSION;
  readonly edits: readonly Edit[];
}

export function makeEditsFile(edits: readonly Edit[]): EditsFile {
  return { format: EDITS_FORMAT, version: EDITS_VERSION, edits };
}

/** What lists of version 2 began from. */
const SPREAD: Edit = { of: 'handling', value: { pooledAs: 'redistribute' } };

/** Most problems named in one refusal. */
const MAX_PROBLEMS = 10;

/**
 * The edits in a text: a file of edits, or the run.json of a run, which holds one; those of version 2 come with the
 * handling they began from. Fails with `option-invalid` and all
 * problems, one a line.
 */
export function readEditsFile(text: string): Outcome<readonly Edit[]> {
  const file = unwrapRun(parse(text));
  if (file === null || file['format'] !== EDITS_FORMAT) return fail('option-invalid', NO_EDITS);
  if (typeof file['version'] === 'number' && file['version'] > EDITS_VERSION)
    return fail('option-invalid', NEWER);
  const isOld = file['version'] === 2;
  if (file['version'] !== EDITS_VERSION && !isOld) return fail('option-invalid', NO_EDITS);
  const problems = findEditProblems(file['edits'], 'edits');
  const edits = file['edits'] as readonly Edit[];
  if (problems.length === 0) return succeed(isOld ? [SPREAD, ...edits] : edits);
  const named = problems.slice(0, MAX_PROBLEMS).join('\n');
  return fail('option-invalid', `The file holds edits that cannot be applied; none was.\n${named}`);
}

const NO_EDITS =
  'This file holds no edits. Choose a file of edits that Understudy wrote, or a run.json that has them.';
const NEWER =
  'These edits were written by a newer version of Understudy. Reload the page to get that version.';

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return null;
  }
}

function unwrapRun(file: Readonly<Record<string, unknown>> | null): Readonly<Record<string, unknown>> | null {
  return file?.['format'] === 'understudy-run' ? asRecord(file['edits']) : file;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
}
