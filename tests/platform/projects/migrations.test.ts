import { describe, expect, it } from 'vitest';
import { DATABASE_STEPS, migrateRecord, RECORD_STEPS } from '../../../src/platform/projects/migrations';
import type { RecordStep } from '../../../src/platform/projects/migrations';
import { readRecord, summarise } from '../../../src/platform/projects/record';
import { PROJECT_VERSION } from '../../../src/platform/projects/types';
import { sampleRecord } from './sample-record';

const addColour: RecordStep = (record) => ({ ...record, colour: 'red' });
const renameColour: RecordStep = ({ colour, ...record }) => ({ ...record, paint: colour });

function failureOf(work: () => unknown): { code: string; message: string; detail?: string } | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { failure: { code: string; message: string; detail?: string } }).failure;
  }
}

describe('migrations of a record', () => {
  it('has one step for every version but the first', () => {
    expect(RECORD_STEPS).toHaveLength(PROJECT_VERSION - 1);
    expect(DATABASE_STEPS.length).toBeGreaterThan(0);
  });

  it('takes every step in order', () => {
    const steps = [addColour, renameColour];
    expect(migrateRecord({ version: 1, id: 'a' }, steps, 3)).toEqual({ version: 3, id: 'a', paint: 'red' });
  });

  it('starts where the record stands', () => {
    const steps = [addColour, renameColour];
    expect(migrateRecord({ version: 2, colour: 'blue' }, steps, 3)).toEqual({ version: 3, paint: 'blue' });
    expect(migrateRecord({ version: 3, paint: 'blue' }, steps, 3)).toEqual({ version: 3, paint: 'blue' });
  });

  it('refuses a later version and says so', () => {
    const failure = failureOf(() => migrateRecord({ version: PROJECT_VERSION + 1 }));
    expect(failure?.code).toBe('project-newer');
    expect(failure?.message).toContain('newer version of Understudy');
  });

  it.each([[null], [17], [{}], [{ version: '1' }], [{ version: 0 }], [{ version: 1.5 }], [[]]])(
    'refuses %j, which has no version',
    (raw) => expect(failureOf(() => migrateRecord(raw))?.code).toBe('project-corrupt'),
  );
});

describe('reading a record', () => {
  it('takes a whole one as it is', () => {
    expect(readRecord(sampleRecord())).toEqual(sampleRecord());
    expect(
      readRecord(sampleRecord('p', { source: null, schema: null, runs: [], currentRun: null })),
    ).toBeTruthy();
  });

  it('takes a kept file with and without its encoding and notes', () => {
    const withKept = (kept: object) => {
      const record = sampleRecord();
      const file = { nRows: 2, seed: 3, nBytes: 12, ...kept };
      return { ...record, runs: record.runs.map((run) => ({ ...run, synthetic: file })) };
    };
    for (const kept of [{}, { encoding: 'windows-1252', notes: ['Written as UTF-8.'] }])
      expect(readRecord(withKept(kept))).toEqual(withKept(kept));
    for (const kept of [{ encoding: 'ascii' }, { notes: [1] }, { notes: 'one' }])
      expect(failureOf(() => readRecord(withKept(kept)))?.code).toBe('project-corrupt');
  });

  it('notices every field that is missing', () => {
    for (const key of Object.keys(sampleRecord()).filter((name) => name !== 'edits')) {
      const rest = Object.fromEntries(Object.entries(sampleRecord()).filter(([name]) => name !== key));
      const failure = failureOf(() => readRecord(rest));
      expect(failure?.code, key).toBe('project-corrupt');
    }
  });

  it('names all places that are wrong and no contents', () => {
    const record = sampleRecord();
    const failure = failureOf(() =>
      readRecord({ ...record, name: 12, runs: [{ ...record.runs[0], status: 'Mrs Miller' }], split: null }),
    );
    expect(failure?.detail).toBe(
      'project.name is not text; project.split is not an object; project.runs[0].status is not a known word',
    );
  });

  it('lists damaged and newer projects too', () => {
    expect(summarise('a', sampleRecord('a'), 5)).toEqual({
      id: 'a',
      name: 'Heart failure cohort',
      fileName: 'cohort.csv',
      origin: 'file',
      updatedAt: 1_700_000_100_000,
      step: 'train',
      nRows: 3,
      nRuns: 1,
      nBytes: 5,
      sealed: false,
    });
    expect(summarise('b', 'rubbish', 5)).toMatchObject({ id: 'b', name: 'Damaged project', nRows: null });
    expect(summarise('c', { version: 9, name: 'From the future' }, 5).name).toBe('From the future');
  });

  it('takes evidence with and without a sample of rows, and no half of one', () => {
    const [run] = sampleRecord().runs;
    const rows = { nRows: 9, nUsed: 4 };
    const sample = {
      train: rows,
      holdout: null,
      synthetic: rows,
      seed: 1,
      sentence: 'Computed on a sample.',
    };
    const withSample = (given: unknown) => ({
      ...sampleRecord(),
      runs: [{ ...run, evidence: { measures: [], skipped: [], sample: given } }],
    });
    expect(readRecord(withSample(sample))).toEqual(withSample(sample));
    expect(failureOf(() => readRecord(withSample({ ...sample, train: null })))?.code).toBe('project-corrupt');
  });
});
