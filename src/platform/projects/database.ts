import { openDB } from 'idb';
import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { refuse } from '../../data/failure';
import { DATABASE_STEPS } from './migrations';
import type { DatabaseStep, ProjectsSchema } from './migrations';
import { databaseName } from './names';

export type ProjectsDatabase = IDBPDatabase<ProjectsSchema>;
export type ProjectsTransaction<Mode extends IDBTransactionMode> = IDBPTransaction<
  ProjectsSchema,
  ('projects' | 'parts')[],
  Mode
>;

/** A connection that opens again when the browser or another tab closed it. */
export interface Connection {
  /** One transaction over records and parts: all of it happens or none. Durable when the promise resolves. */
  transact<Mode extends 'readonly' | 'readwrite', T>(
    mode: Mode,
    work: (transaction: ProjectsTransaction<Mode>) => Promise<T>,
  ): Promise<T>;
  close(): void;
}

/**
 * Opens the database of a scope, creating or upgrading it step by step.
 * Throws what the browser throws, or `storage-unavailable` when another tab holds an older version open.
 */
export async function openDatabase(
  scope: string,
  onClosed: () => void,
  steps: readonly DatabaseStep[] = DATABASE_STEPS,
): Promise<ProjectsDatabase> {
  let refuseBlocked: (reason: unknown) => void = () => undefined;
  const blocked = new Promise<never>((_, reject) => (refuseBlocked = reject));
  const opening = openDB<ProjectsSchema>(databaseName(scope), steps.length, {
    upgrade: (database, from, _to, transaction) => {
      for (const step of steps.slice(from)) step(database, transaction);
    },
    blocked: () => {
      refuseBlocked(blockedFailure());
    },
    blocking: (_present, _wanted, event) => {
      (event.target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });
  const database = await Promise.race([opening, blocked]).catch((error: unknown) => {
    opening.then((late) => late.close()).catch(() => undefined);
    throw error;
  });
  return database;
}

function blockedFailure(): unknown {
  try {
    return refuse(
      'storage-unavailable',
      'Another tab holds an older version of Understudy open. Close the other tabs of this page, then reload this one.',
    );
  } catch (failure) {
    return failure;
  }
}

/** A connection to the database of a scope; opened at first use. */
export function connect(scope: string): Connection {
  let held: Promise<ProjectsDatabase> | null = null;
  const forget = (): void => void (held = null);
  const open = (): Promise<ProjectsDatabase> => {
    const opening = (held ??= openDatabase(scope, forget));
    opening.catch(forget);
    return opening;
  };
  return {
    async transact(mode, work) {
      const database = await open();
      return runTransaction(begin(database, mode) ?? begin(await reopen(forget, open), mode), work);
    },
    close() {
      held?.then((database) => database.close()).catch(() => undefined);
      forget();
    },
  };
}

function reopen(forget: () => void, open: () => Promise<ProjectsDatabase>): Promise<ProjectsDatabase> {
  forget();
  return open();
}

/** Null when the connection was closed in the meantime. */
function begin<Mode extends 'readonly' | 'readwrite'>(
  database: ProjectsDatabase,
  mode: Mode,
): ProjectsTransaction<Mode> | null {
  try {
    return database.transaction(['projects', 'parts'], mode, { durability: 'strict' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') return null;
    throw error;
  }
}

async function runTransaction<Mode extends 'readonly' | 'readwrite', T>(
  transaction: ProjectsTransaction<Mode> | null,
  work: (transaction: ProjectsTransaction<Mode>) => Promise<T>,
): Promise<T> {
  if (transaction === null)
    return refuse('storage-unavailable', 'The browser closed its storage for this page. Reload the page.');
  transaction.done.catch(() => undefined);
  try {
    const value = await work(transaction);
    await transaction.done;
    return value;
  } catch (error) {
    abort(transaction);
    throw transaction.error ?? error;
  }
}

function abort(transaction: ProjectsTransaction<'readonly' | 'readwrite'>): void {
  try {
    transaction.abort();
  } catch {
    return; // It had ended by itself.
  }
}
