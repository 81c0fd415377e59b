import { isObject } from './shape';

type Fields = Readonly<Record<string, unknown>>;

/** The defaults that version 1 began from, as they stood then. */
const HANDLING_V1: Fields = {
  k: 5,
  poolRareLevels: true,
  pooledAs: 'redistribute',
  pooledLabel: 'Other',
  capExtremes: true,
};
const SPLIT_V1: Fields = { fraction: 0.2, seed: 1, stratifyBy: null, groupBy: null };

/**
 * Version 1 kept edits of the schema alone, and beside them how the file was read, handled and cut. Version 2 keeps all
 * of it as one history, so what differs from the defaults becomes edits made first. Runs on the present reading are told
 * how it was read.
 */
export function gatherEdits(record: Fields): Fields {
  const dialect = asFields(record['dialect']);
  const made = [
    ...(Object.keys(dialect).length === 0 ? [] : [{ of: 'dialect', value: dialect }]),
    ...differ('handling', asFields(record['handling']), HANDLING_V1),
    ...differ('split', asFields(record['split']), SPLIT_V1),
    ...declineGroup(record),
  ];
  const { edits, nInForce } = readSchemaEdits(record['edits']);
  const isUntouched = made.length + edits.length === 0;
  return {
    ...record,
    edits: isUntouched ? null : { version: 2, edits: [...made, ...edits], cursor: made.length + nInForce },
    runs: Array.isArray(record['runs'])
      ? record['runs'].map((run) => noteDialect(run, record))
      : record['runs'],
  };
}

function readSchemaEdits(kept: unknown): { readonly edits: readonly object[]; readonly nInForce: number } {
  const { edits, cursor } = asFields(kept);
  if (!Array.isArray(edits) || typeof cursor !== 'number' || !edits.every(isObject))
    return { edits: [], nInForce: 0 };
  return {
    edits: edits.map((edit: object) => ({ of: 'schema', ...edit })),
    nInForce: Math.min(edits.length, Math.max(0, Math.trunc(cursor))),
  };
}

function differ(of: 'handling' | 'split', chosen: Fields, usual: Fields): readonly object[] {
  const changed = Object.entries(chosen).filter(([key, value]) => value !== usual[key]);
  return changed.length === 0 ? [] : [{ of, value: Object.fromEntries(changed) }];
}

/** Where an identifier could have been suggested and rows are not kept together by any, a person said so. */
function declineGroup(record: Fields): readonly object[] {
  const columns = asFields(record['schema'])['columns'];
  const split = asFields(record['split']);
  if (split['groupBy'] !== null || !Array.isArray(columns)) return [];
  const hasIdentifier = columns.some((column) => asFields(column)['type'] === 'identifier');
  return hasIdentifier ? [{ of: 'split', value: { groupBy: null } }] : [];
}

function noteDialect(run: unknown, record: Fields): unknown {
  if (!isObject(run) || !isObject(run['basis'])) return run;
  const isPresent = asFields(run['basis']['source'])['id'] === asFields(record['source'])['id'];
  return isPresent ? { ...run, basis: { ...run['basis'], dialect: record['dialect'] } } : run;
}

function asFields(value: unknown): Fields {
  return isObject(value) ? value : {};
}
