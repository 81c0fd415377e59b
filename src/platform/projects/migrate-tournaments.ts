import { isObject } from './shape';

type Fields = Readonly<Record<string, unknown>>;

/** Up to version 3 every run was one of its own, of a model that a person had chosen. */
export function addTournaments(record: Fields): Fields {
  const { runs } = record;
  return { ...record, tournaments: [], runs: Array.isArray(runs) ? runs.map(setApart) : runs };
}

function setApart(run: unknown): unknown {
  return isObject(run) ? { ...run, advice: null, tournament: null, look: null } : run;
}
