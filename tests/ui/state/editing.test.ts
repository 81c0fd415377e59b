import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edit } from '../../../src/data/edits/edit';
import { makeEditsFile } from '../../../src/data/edits/edits-file';
import { listInForce, makeHistory } from '../../../src/data/edits/history';
import type { Journey } from '../../../src/ui/state/journey.svelte';
import { writeJson } from '../../../src/ui/state/write-json';
import { findColumn, makeCohort, unwrap } from '../../data/open-text';
import { openJourney, type OpenJourney } from './open-journey';

const csv = makeCohort(120);
const file = () => new Blob([csv]);

async function openCohort(): Promise<OpenJourney> {
  const open = openJourney();
  unwrap(await open.journey.source.take(file(), 'cohort.csv', 'file'));
  return open;
}

/** All that edits decide. */
function choicesOf({ record: { dialect, schema, handling, split } }: Journey) {
  return { dialect, schema, handling, split };
}

const typeOf = (journey: Journey, name: string) =>
  findColumn(journey.record.schema?.columns ?? [], name).type;

const columnName = fc.constantFrom('patient_id', 'age', 'sex', 'born', 'lactate', 'died', 'note', 'ghost');
/** Edits of every kind, also of a column that is not there and such as the table refuses. */
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    of: fc.constant('schema' as const),
    column: columnName,
    set: fc.constant('type' as const),
    value: fc.constantFrom(
      'integer',
      'continuous',
      'categorical',
      'identifier',
      'text',
      'datetime',
      'boolean',
    ),
  }),
  fc.record({
    of: fc.constant('schema' as const),
    column: columnName,
    set: fc.constant('role' as const),
    value: fc.constantFrom('none', 'sensitive', 'target', 'identifier'),
  }),
  fc.record({
    of: fc.constant('schema' as const),
    column: columnName,
    set: fc.constant('included' as const),
    value: fc.boolean(),
  }),
  fc.record({
    of: fc.constant('schema' as const),
    column: columnName,
    set: fc.constant('decimals' as const),
    value: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({
    of: fc.constant('schema' as const),
    column: columnName,
    set: fc.constant('bounds' as const),
    value: fc.constantFrom({ min: 0, max: 120 }, null),
  }),
  fc.record({
    of: fc.constant('handling' as const),
    value: fc.constantFrom({ k: 9 }, { poolRareLevels: false }, { pooledAs: 'label' as const }),
  }),
  fc.record({
    of: fc.constant('split' as const),
    value: fc.constantFrom({ fraction: 0.1 }, { seed: 9 }, { groupBy: null }, { stratifyBy: 'sex' }),
  }),
  fc.record({
    of: fc.constant('generalise' as const),
    value: fc.constantFrom(
      [{ column: 'born', rule: 'year', format: 'yyyy-MM-dd' } as const],
      [{ column: 'age', rule: 'age-90' } as const, { column: 'ghost', rule: 'zip3' } as const],
      [],
    ),
  }),
  fc.record({
    of: fc.constant('dialect' as const),
    value: fc.constantFrom({ missingTokens: ['NA', '1'] }, { header: false }, { delimiter: ';' }, null),
  }),
) as fc.Arbitrary<Edit>;
const anyStep = fc.oneof(
  { weight: 5, arbitrary: anyEdit },
  { weight: 2, arbitrary: fc.constant('undo' as const) },
  { weight: 1, arbitrary: fc.constant('redo' as const) },
);

async function walk({ editing }: Journey, steps: readonly (Edit | 'undo' | 'redo')[]): Promise<void> {
  for (const step of steps) {
    if (step === 'undo') await editing.undo();
    else if (step === 'redo') await editing.redo();
    else await editing.edit(step);
  }
}

describe('a history of edits', () => {
  it('gives the same choices when it is replayed on the file as read anew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 14 }), async (steps) => {
        const { journey } = await openCohort();
        await walk(journey, steps);
        const saved = writeJson(makeEditsFile(journey.editing.inForce));
        const fresh = (await openCohort()).journey;
        if (journey.editing.inForce.length > 0) unwrap(await fresh.editing.applyText(saved));
        expect(choicesOf(fresh)).toEqual(choicesOf(journey));
        expect(fresh.editing.idle).toEqual(journey.editing.idle);
      }),
      { numRuns: 60 },
    );
  });

  it('is undone to the choices of the first reading and redone to the last', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdit, { maxLength: 8 }), async (edits) => {
        const { journey } = await openCohort();
        const first = choicesOf(journey);
        await walk(journey, edits);
        const last = choicesOf(journey);
        const n = journey.editing.inForce.length;
        for (let i = 0; i < n; i++) unwrap(await journey.editing.undo());
        expect(choicesOf(journey)).toEqual(first);
        for (let i = 0; i < n; i++) unwrap(await journey.editing.redo());
        expect(choicesOf(journey)).toEqual(last);
      }),
      { numRuns: 30 },
    );
  });

  it('is the same when the project is opened again', async () => {
    const { journey, store } = await openCohort();
    await walk(journey, [
      { of: 'schema', column: 'age', set: 'type', value: 'categorical' },
      { of: 'dialect', value: { missingTokens: ['NA', '1'] } },
      { of: 'handling', value: { k: 9 } },
      'undo',
    ]);
    const again = openJourney(journey.record, store).journey;
    await again.reopen();
    expect(choicesOf(again)).toEqual(choicesOf(journey));
    unwrap(await again.editing.redo());
    expect(again.record.handling.k).toBe(9);
    for (let i = 0; i < 3; i++) unwrap(await again.editing.undo());
    expect(choicesOf(again)).toEqual(choicesOf((await openCohort()).journey));
  });
});

describe('an edit', () => {
  it('that the table refuses leaves everything as it was, after one question', async () => {
    const { journey, calls } = await openCohort();
    await journey.editing.editColumn({ column: 'age', set: 'type', value: 'categorical' });
    const { record } = journey;
    const asked = calls.revise;
    const outcome = await journey.editing.editColumn({ column: 'note', set: 'type', value: 'integer' });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'schema-invalid' } });
    expect(journey.record).toBe(record);
    expect(calls.revise - asked).toBe(1);
    expect(journey.editing.refused).toMatchObject({ column: 'note' });
    journey.editing.dismiss();
    expect(journey.editing.failure).toBeNull();
  });

  it('of the dialect that cannot be read leaves everything as it was, file and schema included', async () => {
    const { journey } = await openCohort();
    await journey.editing.editColumn({ column: 'age', set: 'type', value: 'categorical' });
    const { record } = journey;
    const refused = await journey.editing.edit({ of: 'dialect', value: { encoding: 'utf-16le' } });
    expect(refused.ok).toBe(false);
    expect(choicesOf(journey)).toEqual({
      dialect: record.dialect,
      schema: record.schema,
      handling: record.handling,
      split: record.split,
    });
    expect(journey.record.edits).toEqual(record.edits);
    expect(journey.source.opened?.headers).toContain('age');
    expect(journey.source.failure).not.toBeNull();
    expect(journey.editing.failure).toBeNull();
  });

  it('that changes nothing is not recorded and keeps what can be redone', async () => {
    const { journey } = await openCohort();
    await walk(journey, [{ of: 'handling', value: { k: 9 } }, 'undo', { of: 'handling', value: { k: 5 } }]);
    expect(journey.editing.redone).toEqual({ of: 'handling', value: { k: 9 } });
    await walk(journey, [{ of: 'split', value: { fraction: 0.2 } }]);
    expect(journey.editing.inForce).toEqual([]);
  });

  it('of handling or split asks the worker nothing', async () => {
    const { journey, calls } = await openCohort();
    const before = { ...calls };
    await walk(journey, [{ of: 'handling', value: { k: 9 } }, { of: 'split', value: { seed: 3 } }, 'undo']);
    expect(calls).toEqual(before);
    expect([journey.record.handling.k, journey.record.split.seed]).toEqual([9, 1]);
  });

  it('is refused while the table is not open, and one of the dialect while a run needs the reading', async () => {
    const closed = openJourney().journey;
    expect(await closed.editing.edit({ of: 'handling', value: { k: 9 } })).toMatchObject({ ok: false });
    expect(closed.record.handling.k).toBe(5);
    const { journey } = await openCohort();
    journey.training.status = 'training';
    await walk(journey, [{ of: 'handling', value: { k: 9 } }]);
    expect(journey.record.handling.k).toBe(9);
    await journey.editing.edit({ of: 'dialect', value: { header: false } });
    expect(journey.editing.failure?.message).toMatch(/run is under way/);
    expect(journey.record.dialect).toEqual({});
  });
});

describe('a change of the dialect', () => {
  it('makes the edits of the schema again, marks those that do not fit, and gives them back when undone', async () => {
    const { journey, calls } = await openCohort();
    await walk(journey, [
      { of: 'schema', column: 'age', set: 'type', value: 'categorical' },
      { of: 'schema', column: 'lactate', set: 'bounds', value: { min: 0, max: 20 } },
    ]);
    const { id } = journey.record.source ?? { id: '' };
    const before = choicesOf(journey);
    unwrap(await journey.editing.edit({ of: 'dialect', value: { missingTokens: [] } }));
    expect(typeOf(journey, 'age')).toBe('categorical');
    expect(typeOf(journey, 'lactate')).not.toBe('continuous');
    expect(journey.editing.idle).toEqual([null, 'not-admitted', null]);
    unwrap(await journey.editing.undo());
    expect(choicesOf(journey)).toEqual(before);
    expect(journey.record.source?.id).toBe(id);
    expect(calls.open).toBe(3);
  });

  it('keeps edits of columns that the reading lacks, without effect', async () => {
    const { journey } = await openCohort();
    await walk(journey, [
      { of: 'schema', column: 'sex', set: 'role', value: 'target' },
      { of: 'dialect', value: { header: false } },
    ]);
    expect(journey.editing.idle).toEqual(['no-column', null]);
    expect(journey.editing.inForce).toHaveLength(2);
    unwrap(await journey.editing.undo());
    expect(journey.editing.idle).toEqual([null]);
  });
});

describe('another file', () => {
  const edits: readonly Edit[] = [
    { of: 'schema', column: 'age', set: 'type', value: 'categorical' },
    { of: 'handling', value: { k: 9 } },
    { of: 'split', value: { groupBy: null, fraction: 0.3 } },
  ];

  it('of the same columns gets all edits again, another one those that name no column', async () => {
    const { journey } = await openCohort();
    await walk(journey, edits);
    unwrap(await journey.source.take(new Blob([makeCohort(200)]), 'later.csv', 'file'));
    expect(listInForce(journey.editing.history)).toEqual(edits);
    expect(typeOf(journey, 'age')).toBe('categorical');
    unwrap(await journey.source.take(new Blob(['a,b\n1,2\n3,4\n']), 'other.csv', 'file'));
    expect(journey.record.edits).toEqual(
      makeHistory([
        { of: 'handling', value: { k: 9 } },
        { of: 'split', value: { fraction: 0.3 } },
      ]),
    );
    expect([journey.record.handling.k, journey.record.split.fraction]).toEqual([9, 0.3]);
  });

  it('is read as the one before where it has the same columns then', async () => {
    const { journey } = await openCohort();
    await walk(journey, [{ of: 'dialect', value: { missingTokens: ['NA', '1'] } }]);
    unwrap(await journey.source.take(new Blob([makeCohort(200)]), 'later.csv', 'file'));
    expect(journey.record.dialect).toEqual({ missingTokens: ['NA', '1'] });
    unwrap(await journey.source.take(new Blob(['a,b\n1,2\n3,4\n']), 'other.csv', 'file'));
    expect(journey.record.dialect).toEqual({});
  });

  it('gets saved edits where they fit; those that do not are listed, and a broken file changes nothing', async () => {
    const { journey } = await openCohort();
    const ghost: Edit = { of: 'schema', column: 'ghost', set: 'included', value: false };
    unwrap(await journey.editing.applyText(writeJson(makeEditsFile([...edits, ghost]))));
    expect(journey.editing.idle).toEqual([null, null, null, 'no-column']);
    expect(journey.editing.news).toMatchObject({ act: 'applied', edits: { length: 4 } });
    const { record } = journey;
    expect(await journey.editing.applyText('{}')).toMatchObject({ ok: false });
    expect(await journey.editing.applyText(writeJson(makeEditsFile([])))).toMatchObject({ ok: false });
    expect(journey.record).toBe(record);
  });
});

describe('a run', () => {
  it('keeps the reading and the edits it was trained under', async () => {
    const { journey } = await openCohort();
    await walk(journey, [{ of: 'handling', value: { k: 9 } }]);
    const { source, schema, handling, split, dialect } = journey.record;
    if (source === null || schema === null) throw new Error('nothing was read');
    const basis = { source, schema, handling, split, dialect, holdoutFile: null };
    expect(journey.source.checkReading(basis).ok).toBe(true);
    await walk(journey, [{ of: 'dialect', value: { header: false } }]);
    expect(journey.source.checkReading(basis)).toMatchObject({ ok: false });
    await walk(journey, ['undo']);
    expect(journey.source.checkReading(basis).ok).toBe(true);
  });
});

describe('dates of a pattern that is not known', () => {
  const odd = Array.from({ length: 60 }, (_, i) => `${1 + (i % 28)}~${1 + (i % 12)}~${2000 + (i % 20)}`);
  const table = `born,x\n${odd.map((text, i) => `${text},${i % 9}`).join('\n')}\n`;
  const openOdd = async () => {
    const open = openJourney();
    unwrap(await open.journey.source.take(new Blob([table]), 'odd.csv', 'file'));
    return open.journey;
  };

  it('are read by a pattern that is given with the type', async () => {
    const journey = await openOdd();
    expect(typeOf(journey, 'born')).not.toBe('datetime');
    expect(
      await journey.editing.edit({ of: 'schema', column: 'born', set: 'type', value: 'datetime' }),
    ).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('open the column and give one') as string },
    });
    unwrap(await journey.editing.readAsDates('born', 'd~M~yyyy'));
    expect(findColumn(journey.record.schema?.columns ?? [], 'born')).toMatchObject({
      type: 'datetime',
      format: 'd~M~yyyy',
    });
  });

  it('stay as they were, with the reason, where the pattern does not fit', async () => {
    const journey = await openOdd();
    const before = choicesOf(journey);
    for (const pattern of ['yyyy-MM-dd', 'nonsense', ''])
      expect((await journey.editing.readAsDates('born', pattern)).ok).toBe(false);
    expect(choicesOf(journey)).toEqual(before);
    expect(journey.editing.inForce).toEqual([]);
    expect(journey.editing.failure).not.toBeNull();
  });
});
