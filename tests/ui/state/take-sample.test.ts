import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../src/platform/projects/memory-store';
import { makeCohort, unwrap } from '../../data/open-text';
import { openJourney, type OpenJourney } from './open-journey';

const N = 4000;
const large = () => new Blob([makeCohort(N)]);
const small = () => new Blob([makeCohort(200)]);

const openUnder = (budgetBytes: number): OpenJourney =>
  openJourney(undefined, createMemoryStore(), budgetBytes);

async function takeRefused({ journey: { source } }: OpenJourney): Promise<number> {
  const taken = await source.take(large(), 'large.csv', 'file');
  expect(taken).toMatchObject({ ok: false, failure: { code: 'file-too-large' } });
  expect(source.failure?.code).toBe('file-too-large');
  return source.failure?.fittingNthRow ?? 0;
}

describe('a file that is too large', () => {
  it('is read as the sample that the refusal offers, and the choice is an edit like any other', async () => {
    const open = openUnder(300_000);
    const { source, editing } = open.journey;
    const nth = await takeRefused(open);
    expect(source.status).toBe('failed');
    unwrap(await source.takeSample(nth));
    expect(source.status).toBe('ready');
    expect(source.failure).toBe(null);
    const { record } = open.journey;
    expect(record.source).toMatchObject({ name: 'large.csv', nRows: Math.ceil(N / nth) });
    expect(record.dialect).toEqual({ everyNthRow: nth });
    expect(editing.inForce).toEqual([{ of: 'dialect', value: { everyNthRow: nth } }]);
  });

  it('leaves the table before it in place until the sample is asked for', async () => {
    const open = openUnder(300_000);
    const { source } = open.journey;
    unwrap(await source.take(small(), 'small.csv', 'file'));
    const nth = await takeRefused(open);
    expect(source.status).toBe('ready');
    expect(open.journey.record.source?.name).toBe('small.csv');
    unwrap(await source.takeSample(nth));
    expect(open.journey.record.source).toMatchObject({ name: 'large.csv', nRows: Math.ceil(N / nth) });
  });

  it('can be read as a sample when it is the one the project keeps, opened where less fits', async () => {
    const store = createMemoryStore();
    const roomy = openJourney(undefined, store);
    unwrap(await roomy.journey.source.take(large(), 'large.csv', 'file'));
    const { source } = openJourney(roomy.journey.record, store, 300_000).journey;
    expect(await source.reopen()).toMatchObject({ ok: false });
    expect(source.status).toBe('failed');
    unwrap(await source.takeSample(source.failure?.fittingNthRow ?? 0));
    expect(source.status).toBe('ready');
    expect(source.opened?.nRows).toBeLessThan(N);
  });
});
