import type { Table } from '../../src/data/table';
import type { TrainingCommand, TrainingEvent, TrainingRun } from '../../src/models/synthesizer';

/** A run without a page: commands come from a list (its last one repeats), events are collected, a clock ticks a second a look. */
export function recordRun(
  commands: readonly TrainingCommand[] = ['run'],
): TrainingRun & { readonly events: TrainingEvent[] } {
  const events: TrainingEvent[] = [];
  let nAsked = 0;
  let time = 0;
  return {
    events,
    command: () => commands[Math.min(nAsked++, commands.length - 1)] ?? 'run',
    emit: (event) => events.push(event),
    now: () => (time += 1000),
    breathe: () => Promise.resolve(),
    resumeFrom: null,
    checkpointEveryMs: Infinity,
    crew: null,
  };
}

export function valuesOf(table: Table, name: string): number[] {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column?.kind !== 'number') throw new Error(`no numbers named ${name}`);
  return [...column.values];
}

export function levelsOf(table: Table, name: string): (string | null)[] {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column?.kind !== 'level') throw new Error(`no levels named ${name}`);
  return Array.from(column.codes, (code) => column.levels[code] ?? null);
}

export function shareMissing(values: readonly (number | string | null)[]): number {
  return values.filter((value) => value === null || Number.isNaN(value)).length / values.length;
}
