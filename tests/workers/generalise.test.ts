import { describe, expect, it } from 'vitest';
import type { Generalisation } from '../../src/data/identifiers/generalise/generalisation';
import { createIngestService } from '../../workers/ingest-service';
import { findColumn, makeCohort, makeRequest, openBytes, readRows, unwrap } from '../data/open-text';

const bornByYear: Generalisation = { column: 'born', rule: 'year', format: 'yyyy-MM-dd' };
const bornInDays: Generalisation = {
  column: 'born',
  rule: 'days-since-first',
  format: 'yyyy-MM-dd',
  key: 'patient_id',
};

describe('columns coarsened when a file is read', () => {
  it('leave no cell, no bound and no row of train or holdout as it was', async () => {
    const { service, opened } = await openBytes(makeCohort(400), { generalise: [bornByYear] });
    expect(opened.generalised).toEqual([
      { column: 'born', rule: 'year', nRows: 400, nUnread: 0, earliest: null },
    ]);
    const born = (await readRows(service)).map((row) => row[3] ?? '');
    expect(born.every((text) => /^19\d\d$/.test(text))).toBe(true);
    const { bounds } = findColumn(opened.schema.columns, 'born');
    expect(bounds).toMatchObject({ min: 1930, max: 1989 });
    const { trainAsRead, holdout } = unwrap(await service.prepare(makeRequest(opened.schema)));
    for (const table of [trainAsRead, holdout]) {
      const column = table?.columns.find(({ name }) => name === 'born');
      const values = column?.kind === 'number' ? [...column.values] : [];
      expect(values.length).toBeGreaterThan(50);
      expect(values.every((value) => value >= 1930 && value <= 1989)).toBe(true);
    }
  });

  it('stand first in the account of what was done to the records', async () => {
    const { service, opened } = await openBytes(makeCohort(400), { generalise: [bornInDays] });
    const { handlingLog } = unwrap(await service.prepare(makeRequest(opened.schema)));
    expect(handlingLog[0]).toEqual({
      column: 'born',
      action: 'generalised',
      nRows: 400,
      nItems: 1,
      note: 'Days since the first date of the same person. Done before the holdout was cut off.',
    });
    expect(findColumn(opened.schema.columns, 'born')).toMatchObject({ type: 'integer' });
  });

  it('are proposed from the table as it is, and no more once they are in force', async () => {
    const before = await openBytes(makeCohort(400));
    const found = unwrap(await before.service.profile(before.opened.schema)).identifiers;
    expect(found.find(({ column }) => column === 'born')?.proposal).toEqual({
      action: 'generalise',
      by: bornByYear,
    });
    const after = await openBytes(makeCohort(400), { generalise: [bornByYear] });
    const left = unwrap(await after.service.profile(after.opened.schema)).identifiers;
    expect(left.map(({ column }) => column)).not.toContain('born');
  });

  it('are refused, and no file is open, where the key is not in the table', async () => {
    const service = createIngestService();
    const refused = await service.open(
      new Blob([makeCohort(400)]),
      { generalise: [{ ...bornInDays, key: 'nobody' }] },
      () => undefined,
    );
    expect(refused).toMatchObject({ ok: false, failure: { code: 'option-invalid' } });
    expect(await service.preview(0, 1)).toMatchObject({ ok: false });
  });
});
