import type { HandlingEntry } from '../../data/handling';

/** Treatments that make another column of what the source has. */
const TOLD: readonly HandlingEntry['action'][] = ['generalised', 'dropped', 'regenerated'];

/** Words for columns that were handled in a way of their own, by name, for the dossier. */
export function describeTreatments(log: readonly HandlingEntry[]): Readonly<Record<string, string>> {
  const told = log.filter(({ action }) => TOLD.includes(action));
  const names = [...new Set(told.map(({ column }) => column))];
  return Object.fromEntries(
    names.map((name) => [
      name,
      told
        .filter(({ column }) => column === name)
        .map(({ note }) => note)
        .join(' '),
    ]),
  );
}
