import { describe, expect, it } from 'vitest';
import { readEditsFile } from '../../../src/data/edits/edits-file';
import { accountDirect, listAnswers } from '../../../src/ui/state/identifier-answers';
import { sampleRun } from '../../platform/projects/sample-record';
import { openJourney } from './open-journey';

const ROWS = Array.from({ length: 80 }, (_, i) => `${20 + (i % 50)},020 7946 0${100 + i},K${7000 + 13 * i}`);
const FILE = new File([`age,phone,code\n${ROWS.join('\n')}\n`], 'clinic.csv');
const PHONE = { column: 'phone', kind: 'telephone' } as const;

async function open() {
  const { journey } = openJourney();
  await journey.source.take(FILE, 'clinic.csv', 'file');
  return journey;
}

const kindsOf = ({ source }: Awaited<ReturnType<typeof open>>) =>
  (source.profile?.identifiers ?? []).map(({ column, kind }) => [column, kind]);

describe('that a column holds no identifier', () => {
  it('is an edit like any other: in force, on record, taken back', async () => {
    const journey = await open();
    const { editing, governance } = journey;
    const made = await editing.edit({ of: 'no-identifiers', value: [PHONE] });
    expect(made.ok).toBe(true);
    expect(listAnswers(journey.record)).toEqual([PHONE]);
    await editing.undo();
    expect(listAnswers(journey.record)).toEqual([]);
    await editing.redo();
    await governance.settle();
    const told = governance.log.filter(({ act }) => act === 'handling').map(({ detail }) => detail);
    expect(told.filter((detail) => JSON.stringify(detail).includes('identifier-answers'))).toEqual(
      [[PHONE], [], [PHONE]].map((answers) => ({ of: 'identifier-answers', answers })),
    );
  });

  it('counts for a run also when it is said after training', async () => {
    const journey = await open();
    const found = [{ ...PHONE, confidence: 0.9, fate: 'as-it-is' }] as const;
    const run = { ...sampleRun('r1', 'finished'), identifiers: found };
    expect(accountDirect(journey.record, run)).toEqual({ found, saidToBeNone: [] });
    await journey.editing.edit({ of: 'no-identifiers', value: [PHONE] });
    expect(accountDirect(journey.record, run)).toEqual({ found, saidToBeNone: [PHONE] });
    const old = Object.fromEntries(
      Object.entries(run).filter(([key]) => key !== 'identifiers'),
    ) as unknown as typeof run;
    expect(accountDirect(journey.record, old)).toBeNull();
  });

  it('comes with a file of edits, which is refused where it names no kind', () => {
    const write = (value: unknown) =>
      JSON.stringify({ format: 'understudy-edits', version: 3, edits: [{ of: 'no-identifiers', value }] });
    expect(readEditsFile(write([PHONE])).ok).toBe(true);
    expect(readEditsFile(write([{ column: 'phone' }])).ok).toBe(false);
  });
});

it('a type of its own is no answer to what a column was inferred to hold', async () => {
  const journey = await open();
  expect(kindsOf(journey)).toContainEqual(['code', 'other-code']);
  await journey.editing.editColumn({ column: 'code', set: 'type', value: 'categorical' });
  expect(kindsOf(journey)).toContainEqual(['code', 'other-code']);
});
