import { FailureError, succeed, toFailure } from '../../data/failure';
import type { Failure, FailureCode, Outcome } from '../../data/failure';

/** Runs storage work and turns what it throws into a Failure; `doing` completes “The browser could not …”. */
export async function attempt<T>(doing: string, work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return succeed(await work());
  } catch (error) {
    return { ok: false, failure: describeStorageError(error, doing) };
  }
}

/** What the browser threw, in words: whose fault it is and what to do next. */
export function describeStorageError(error: unknown, doing: string): Failure {
  if (error instanceof FailureError) return error.failure;
  const known = error instanceof Error ? SENTENCES.get(error.name) : undefined;
  if (known === undefined || !(error instanceof Error)) return toFailure(error);
  const [code, advice] = known;
  return {
    code,
    message: `The browser could not ${doing}: ${advice}`,
    detail: `${error.name}: ${error.message}`,
  };
}

const FULL =
  'its storage for this page is full. Nothing was changed. Erase a project you no longer need, or free space on this ' +
  'device, then try again.';
const UNAVAILABLE =
  'its storage cannot be used now. It may be switched off for this site, or this may be a private window. Save a ' +
  'project file to keep your work, then reload the page or use an ordinary window.';
const NEWER =
  'what is stored on this device was written by a newer version of Understudy. Reload the page to get that version; ' +
  'nothing was changed.';
const UNREADABLE =
  'a stored file of this project can no longer be read. Open the project from a project file, or erase it.';
const SOURCE_GONE =
  'the file could not be read to its end. It may have been moved or changed since it was chosen; choose it again.';

/** By DOMException name. Chromium answers DataError when a Blob cannot be copied into the database. */
const SENTENCES: ReadonlyMap<string, readonly [FailureCode, string]> = new Map([
  ['QuotaExceededError', ['storage-full', FULL]],
  ['SecurityError', ['storage-unavailable', UNAVAILABLE]],
  ['TransactionInactiveError', ['storage-unavailable', UNAVAILABLE]],
  ['InvalidStateError', ['storage-unavailable', UNAVAILABLE]],
  ['UnknownError', ['storage-unavailable', UNAVAILABLE]],
  ['NotAllowedError', ['storage-unavailable', UNAVAILABLE]],
  ['AbortError', ['storage-unavailable', UNAVAILABLE]],
  ['VersionError', ['project-newer', NEWER]],
  ['NotFoundError', ['project-corrupt', UNREADABLE]],
  ['NotReadableError', ['project-corrupt', UNREADABLE]],
  ['DataError', ['file-unreadable', SOURCE_GONE]],
] as const);
