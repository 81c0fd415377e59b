import { describe, expect, it } from 'vitest';
import type { Edit } from '../../../src/data/edits/edit';
import { makeEditsFile } from '../../../src/data/edits/edits-file';
import { tellEdit } from '../../../src/data/edits/tell-edit';
import { digestText } from '../../../src/platform/digest-text';
import { findLogProblems } from '../../../src/release/audit-log';
import type { Journey } from '../../../src/ui/state/journey.svelte';
import { writeJson } from '../../../src/ui/state/write-json';
import { unwrap } from '../../data/open-text';
import { openJourney } from './open-journey';

const rows = Array.from(
  { length: 80 },
  (_, i) =>
    `Ann${i} Smith${i},${18 + i},19${10 + i}-0${1 + (i % 9)}-1${i % 9},${i % 2 === 0 ? 'f' : 'm'},0.${i}`,
);
const table = (n = 80, header = 'patient_name,age,birth_date,sex,lactate') =>
  new Blob([`${header}\n${rows.slice(0, n).join('\n')}\n`]);

async function open(): Promise<Journey> {
  const { journey } = openJourney();
  unwrap(await journey.source.take(table(), 'ward 7.csv', 'file'));
  return journey;
}

async function told(journey: Journey): Promise<readonly Record<string, unknown>[]> {
  await journey.governance.settle();
  const { log } = journey.governance;
  expect(await findLogProblems(log, digestText)).toEqual([]);
  return log
    .filter(({ act }) => act === 'handling')
    .map(({ detail }) => detail as Readonly<Record<string, unknown>>);
}

const K9: Edit = { of: 'handling', value: { k: 9 } };
const SEX: Edit = { of: 'schema', column: 'sex', set: 'role', value: 'sensitive' };

describe('the log of the data handling', () => {
  it('has an entry for each edit, each undo and each redo, in order', async () => {
    const journey = await open();
    await journey.editing.edit(SEX);
    await journey.editing.edit(K9);
    await journey.editing.undo();
    await journey.editing.redo();
    expect(await told(journey)).toMatchObject([
      { of: 'edits', how: 'made', edits: [SEX], nInForce: 1 },
      { how: 'made', edits: [K9], nInForce: 2 },
      { how: 'undone', edits: [K9], nInForce: 1 },
      { how: 'redone', edits: [K9], nInForce: 2 },
    ]);
  });

  it('has none for an edit that is refused or changes nothing', async () => {
    const journey = await open();
    const refused = await journey.editing.editColumn({
      column: 'patient_name',
      set: 'type',
      value: 'integer',
    });
    expect(refused.ok).toBe(false);
    await journey.editing.edit({ of: 'handling', value: { k: 5 } });
    expect(await told(journey)).toEqual([]);
  });

  it('tells that a file of edits was taken in, all of them in one entry, and what still counts where another file is taken', async () => {
    const journey = await open();
    unwrap(await journey.editing.applyText(writeJson(makeEditsFile([SEX, K9]))));
    unwrap(await journey.source.take(new Blob(['a,b\n1,2\n3,4\n']), 'other.csv', 'file'));
    expect(await told(journey)).toMatchObject([
      { how: 'made', edits: [SEX, K9] },
      { how: 'carried-over', edits: [K9], nInForce: 1 },
    ]);
    expect(journey.governance.log.map(({ act }) => act)).toEqual([
      'import',
      'import',
      'handling',
      'import',
      'handling',
    ]);
  });

  it('tells nothing where a file of the same columns leaves every edit in force', async () => {
    const journey = await open();
    await journey.editing.edit(K9);
    unwrap(await journey.source.take(table(60), 'later.csv', 'file'));
    expect(await told(journey)).toHaveLength(1);
  });

  it('tells which proposals for identifiers came into force, coarsened columns too, and which went out of it', async () => {
    const journey = await open();
    const findings = journey.source.profile?.identifiers ?? [];
    const born = findings.find(({ column }) => column === 'birth_date');
    expect(born?.proposal.action).toBe('generalise');
    if (born?.proposal.action !== 'generalise') throw new Error('no proposal');
    await journey.editing.edit({ of: 'generalise', value: [born.proposal.by] });
    await journey.editing.undo();
    await journey.editing.editColumn({ column: 'age', set: 'included', value: false });
    await journey.editing.editColumn({ column: 'age', set: 'included', value: true });
    const entries = await told(journey);
    const birth = { column: 'birth_date', kind: born.kind, proposal: 'generalise' };
    expect(entries.map(({ how, accepted, rejected }) => [how, accepted, rejected])).toMatchObject([
      ['made', [birth], undefined],
      ['undone', undefined, undefined],
      ['made', [{ column: 'age' }], undefined],
      ['made', undefined, [{ column: 'age' }]],
    ]);
  });

  it('holds no value of the source and nothing that a person typed that may be one', async () => {
    const journey = await open();
    const typed: readonly Edit[] = [
      { of: 'dialect', value: { missingTokens: ['NA', 'Ann7 Smith7'], comment: '#' } },
      { of: 'handling', value: { pooledLabel: 'Smith7' } },
      { of: 'schema', column: 'age', set: 'bounds', value: { min: 18, max: 97 } },
      { of: 'schema', column: 'age', set: 'bounds', value: null },
    ];
    for (const edit of typed) await journey.editing.edit(edit);
    const entries = await told(journey);
    expect(entries).toHaveLength(4);
    expect(JSON.stringify(entries)).not.toMatch(/Ann|Smith|97|"NA"|ward/);
    expect(typed.map(tellEdit)).toEqual([
      { of: 'dialect', value: { missingTokens: 'typed', comment: 'typed' } },
      { of: 'handling', value: { pooledLabel: 'typed' } },
      { of: 'schema', column: 'age', set: 'bounds', value: 'typed' },
      { of: 'schema', column: 'age', set: 'bounds', value: null },
    ]);
    expect(tellEdit({ of: 'dialect', value: null })).toEqual({ of: 'dialect', value: null });
  });
});
