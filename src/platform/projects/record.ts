import { refuse } from '../../data/failure';
import { migrateRecord } from './migrations';
import { recordShape } from './record-shape';
import { isSealed } from './sealed/sealed-record';
import { isObject } from './shape';
import type { JourneyStep, ProjectOrigin, ProjectRecord, ProjectSummary } from './types';

/** Most problems named in the detail of a failure. */
const MAX_PROBLEMS = 20;

/**
 * A stored record, migrated to the present version and checked field by field.
 * Throws `project-newer` or `project-corrupt`.
 */
export function readRecord(raw: unknown): ProjectRecord {
  const record = migrateRecord(raw);
  const problems = recordShape(record, 'project');
  if (problems.length > 0) refuse('project-corrupt', DAMAGED, problems.slice(0, MAX_PROBLEMS).join('; '));
  return record as unknown as ProjectRecord;
}

const DAMAGED =
  'This project is damaged and cannot be opened. If you saved a project file, open that; otherwise erase the project ' +
  'and start again from your data.';

/**
 * A line for the list of projects. Never fails: a damaged or newer project must still be seen, to be erased or to
 * wait for its version; opening it says what is wrong.
 */
export function summarise(id: string, raw: unknown, nBytes: number): ProjectSummary {
  const record: Readonly<Record<string, unknown>> = isObject(raw) ? raw : {};
  const sealed = isSealed(raw);
  const source = record['source'];
  const runs = record['runs'];
  const rows = isObject(source) ? source['nRows'] : null;
  const fileName = isObject(source) ? source['name'] : null;
  return {
    id,
    name: typeof record['name'] === 'string' ? record['name'] : sealed ? 'Locked project' : 'Damaged project',
    origin: (typeof record['origin'] === 'string' ? record['origin'] : 'file') as ProjectOrigin,
    fileName: typeof fileName === 'string' ? fileName : null,
    updatedAt: typeof record['updatedAt'] === 'number' ? record['updatedAt'] : 0,
    step: (typeof record['step'] === 'string' ? record['step'] : 'data') as JourneyStep,
    nRows: typeof rows === 'number' ? rows : null,
    nRuns: Array.isArray(runs) ? runs.length : 0,
    nBytes,
    sealed,
  };
}
