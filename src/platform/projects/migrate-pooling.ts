import { isObject } from './shape';

type Fields = Readonly<Record<string, unknown>>;

/** What edits made before began from, said as an edit: pooled levels were spread over the others unless one said otherwise. */
const SPREAD = { of: 'handling', value: { pooledAs: 'redistribute' } };

/**
 * Version 2 spread pooled levels over the others by default; version 3 gives them a level of their own where they are
 * many. A project whose table was read keeps the old way as its first edit, and so do its runs; one without a table
 * begins from the present default.
 */
export function keepPooling(record: Fields): Fields {
  const { edits, runs } = record;
  const hasTable = isObject(record['schema']);
  return {
    ...record,
    edits: hasTable ? prependSpread(edits) : raiseVersion(edits),
    handling: hasTable || isObject(edits) ? record['handling'] : beginAnew(record['handling']),
    runs: Array.isArray(runs) ? runs.map(prependToRun) : runs,
  };
}

function prependSpread(history: unknown): unknown {
  if (history === null || history === undefined) return { version: 3, edits: [SPREAD], cursor: 1 };
  if (!isObject(history)) return history;
  const { edits, cursor } = history;
  if (!Array.isArray(edits) || typeof cursor !== 'number') return history;
  return { version: 3, edits: [SPREAD, ...(edits as unknown[])], cursor: cursor + 1 };
}

function raiseVersion(history: unknown): unknown {
  return isObject(history) ? { ...history, version: 3 } : history;
}

function beginAnew(handling: unknown): unknown {
  return isObject(handling) && handling['pooledAs'] === 'redistribute'
    ? { ...handling, pooledAs: 'by-share' }
    : handling;
}

function prependToRun(run: unknown): unknown {
  if (!isObject(run) || !isObject(run['basis']) || !Array.isArray(run['basis']['edits'])) return run;
  const edits = [SPREAD, ...(run['basis']['edits'] as unknown[])];
  return { ...run, basis: { ...run['basis'], edits } };
}
