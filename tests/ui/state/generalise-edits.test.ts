import { describe, expect, it } from 'vitest';
import type { Edit } from '../../../src/data/edits/edit';
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
});
