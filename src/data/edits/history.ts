import type { Edit } from './edit';

/**
 * Layout of histories and of files of edits (docs/edits.md). Version 1 knew edits of the schema only; version 2 began from
 * pooled levels that are spread over the others.
 */
export const EDITS_VERSION = 3;

/** Edits made so far, in order, and how many of them count; those beyond the cursor can be redone. Persisted. */
export interface EditHistory {
  readonly version: typeof EDITS_VERSION;
  readonly edits: readonly Edit[];
  readonly cursor: number;
}

export const EMPTY_HISTORY: EditHistory = { version: EDITS_VERSION, edits: [], cursor: 0 };

/** Adds edits after the cursor; what had been undone is forgotten. */
export function recordEdits(history: EditHistory, made: readonly Edit[]): EditHistory {
  return makeHistory([...listInForce(history), ...made]);
}

/** A history in which all of these count. */
export function makeHistory(edits: readonly Edit[]): EditHistory {
  return { version: EDITS_VERSION, edits, cursor: edits.length };
}

/** One step back; at the beginning nothing changes. */
export function undoEdit(history: EditHistory): EditHistory {
  return { ...history, cursor: Math.max(0, history.cursor - 1) };
}

/** One step forward; at the end nothing changes. */
export function redoEdit(history: EditHistory): EditHistory {
  return { ...history, cursor: Math.min(history.edits.length, history.cursor + 1) };
}

/** The edits that count, in the order they were made. */
export function listInForce({ edits, cursor }: EditHistory): readonly Edit[] {
  return edits.slice(0, cursor);
}

/** What {@link undoEdit} would take back, or null. */
export function findUndone({ edits, cursor }: EditHistory): Edit | null {
  return edits[cursor - 1] ?? null;
}

/** What {@link redoEdit} would bring back, or null. */
export function findRedone({ edits, cursor }: EditHistory): Edit | null {
  return edits[cursor] ?? null;
}
