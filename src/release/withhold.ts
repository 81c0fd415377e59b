import type { Json } from './canonical-json';
import { isRecord, toPlainJson } from './plain-json';
import type { RunAccount } from './run-account';

const NO_ROWS = 'left out of the dossier: it numbers records of the source';
/** Stands for the name of the file that the holdout came in. */
export const OWN_FILE = 'a file of its own';
const NO_SEED = 'withheld: the run drew noise for differential privacy';

/**
 * The account of a run as a recipient may have it: without the list of rows held out; without any seed of noise; and,
 * where the run was differentially private, without any seed at all. `unknown` says so of each. Names of files, which may
 * name somebody, are left out: the source goes by the title that its author gave.
 */
export function withholdFromRun(run: RunAccount, isPrivate: boolean, title: string): RunAccount {
  const unknown: Record<string, string> = { ...run.unknown };
  const note = (path: string): void => void (unknown[path] = NO_SEED);
  const bare = hideSeeds(toPlainJson(run), isPrivate, '', note) as unknown as RunAccount;
  if (bare.split.holdoutRows !== null) unknown['split.holdoutRows'] = NO_ROWS;
  const holdoutFile = bare.split.holdoutFile === null ? null : OWN_FILE;
  return {
    ...bare,
    source: { ...bare.source, name: title },
    split: { ...bare.split, holdoutFile, holdoutRows: null },
    unknown,
  };
}

function hideSeeds(value: Json, all: boolean, path: string, note: (path: string) => void): Json {
  if (Array.isArray(value))
    return value.map((item: Json, index) => hideSeeds(item, all, `${path}[${index}]`, note));
  if (!isRecord(value)) return value;
  const members = Object.entries(value as Readonly<Record<string, Json>>).map(([key, item]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (!isWithheldSeed(key, all) || item === null) return [key, hideSeeds(item, all, at, note)] as const;
    note(at);
    return [key, null] as const;
  });
  return Object.fromEntries(members);
}

function isWithheldSeed(key: string, all: boolean): boolean {
  return /seed$/i.test(key) && (all || /noise/i.test(key));
}
