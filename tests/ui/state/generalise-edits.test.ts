import { describe, expect, it } from 'vitest';
import type { Edit } from '../../../src/data/edits/edit';
import { recordShape } from '../../../src/platform/projects/record-shape';
import type { Journey } from '../../../src/ui/state/journey.svelte';
import { findColumn, makeCohort, unwrap } from '../../data/open-text';
import { openJourney, type OpenJourney } from './open-journey';

async function openCohort(): Promise<OpenJourney> {
  const open = openJourney();
  unwrap(await open.journey.source.take(new Blob([makeCohort(120)]), 'cohort.csv', 'file'));
  return open;
}

const typeOf = (journey: Journey, name: string) =>
  findColumn(journey.record.schema?.columns ?? [], name).type;

describe('a column coarsened by an accepted proposal', () => {
  const born: Edit = { of: 'generalise', value: [{ column: 'born', rule: 'year', format: 'yyyy-MM-dd' }] };

  it('reads the file again, is kept with the project, and comes back on another file of the same columns', async () => {
    const { journey, calls } = await openCohort();
    const nReadings = calls.open;
    unwrap(await journey.editing.edit(born));
    expect(calls.open).toBe(nReadings + 1);
    expect(typeOf(journey, 'born')).toBe('integer');
    expect(journey.record.dialect.generalise).toEqual(born.of === 'generalise' ? born.value : []);
    unwrap(await journey.source.take(new Blob([makeCohort(140)]), 'more.csv', 'file'));
    expect(typeOf(journey, 'born')).toBe('integer');
  });

  it('stays coarsened where another file of the same columns cannot be read as the one before', async () => {
    const { journey } = await openCohort();
    unwrap(await journey.editing.edit({ of: 'dialect', value: { delimiter: ',' } }));
    unwrap(await journey.editing.edit(born));
    const other = makeCohort(120).replaceAll(',', ';');
    unwrap(await journey.source.take(new Blob([other]), 'other.csv', 'file'));
    expect(typeOf(journey, 'born')).toBe('integer');
    expect(journey.record.dialect).toEqual({ generalise: born.of === 'generalise' ? born.value : [] });
  });

  it('is as it was after undo', async () => {
    const { journey } = await openCohort();
    unwrap(await journey.editing.edit(born));
    unwrap(await journey.editing.undo());
    expect(typeOf(journey, 'born')).toBe('datetime');
    expect(journey.record.dialect).toEqual({});
  });

  it('is coarsened in a holdout from a file of its own, too', async () => {
    const { journey } = await openCohort();
    unwrap(await journey.editing.edit(born));
    unwrap(await journey.source.holdOut(new Blob([makeCohort(90)]), 'holdout.csv'));
    const column = journey.source.holdout?.table.columns.find(({ name }) => name === 'born');
    const values = column?.kind === 'number' ? [...column.values] : [];
    expect(values).toHaveLength(90);
    expect(values.every((year) => year >= 1930 && year <= 1989)).toBe(true);
  });

  it('is told to have no effect on a table without it', async () => {
    const { journey } = await openCohort();
    unwrap(await journey.editing.edit({ of: 'generalise', value: [{ column: 'ghost', rule: 'zip3' }] }));
    expect(journey.editing.idle).toEqual(['no-column']);
  });

  it('is part of a project record that is sound, unless it is no list of coarsenings', async () => {
    const { journey } = await openCohort();
    unwrap(await journey.editing.edit(born));
    const record = JSON.parse(JSON.stringify(journey.record)) as Record<string, unknown>;
    expect(recordShape(record, 'project')).toEqual([]);
    const broken = { ...record, dialect: { generalise: [{ column: 'born' }] } };
    expect(recordShape(broken, 'project')).toEqual([
      'project.dialect.generalise is not a list of coarsenings',
    ]);
  });
});
