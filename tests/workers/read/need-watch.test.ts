import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { FailureError, toFailure, type Failure } from '../../../src/data/failure';
import { estimateNeed } from '../../../src/data/memory-need';
import { createIngestService } from '../../../workers/ingest-service';
import { NeedWatch, type ReadingSoFar } from '../../../workers/read/need-watch';
import { unwrap } from '../../data/open-text';
import { makeWorkbook, number, text } from './make-workbook';

const N = 20_000;
const repeating = `sex,ward\n${'F,A\nM,B\n'.repeat(N / 2)}`;
const distinct = `id,code\n${Array.from({ length: N }, (_, i) => `P${i},X${i * 7}`).join('\n')}\n`;

function sheetRows() {
  const rows = Array.from({ length: 4000 }, (_, i) => [number(i % 9), text(i % 2 === 0 ? 'F' : 'M')]);
  return [[text('n'), text('sex')], ...rows];
}

async function open(text: string, budgetBytes: number, everyNthRow?: number) {
  const service = createIngestService();
  const choice = everyNthRow === undefined ? {} : { everyNthRow };
  return { service, outcome: await service.open(new Blob([text]), choice, () => undefined, budgetBytes) };
}

async function refuse(text: string, budgetBytes: number, everyNthRow?: number): Promise<Failure> {
  const { outcome } = await open(text, budgetBytes, everyNthRow);
  if (outcome.ok) throw new Error('the file was read');
  return outcome.failure;
}

describe('a table beyond the budget', () => {
  it('is refused with the sample that would fit, and that sample fits', async () => {
    for (const text of [repeating, distinct]) {
      const failure = await refuse(text, 400_000);
      expect(failure.code).toBe('file-too-large');
      const nth = failure.fittingNthRow ?? 1;
      expect(nth).toBeGreaterThan(1);
      expect(failure.message).toContain(`Every ${nth}`);
      expect(failure.message).toMatch(/\.$/);
      const { outcome } = await open(text, 400_000, nth);
      const opened = unwrap(outcome);
      expect(opened.nRows).toBe(Math.ceil(N / nth));
      expect(opened.notices.find(({ kind }) => kind === 'sample')).toMatchObject({
        count: nth,
        message: expect.stringContaining(`one in ${nth}`) as string,
      });
      expect(opened.dialect.everyNthRow).toMatchObject({ value: nth, chosen: true });
    }
  });

  it('is read whole under a budget that it just needs', async () => {
    const need = estimateNeed({ nRows: N, nColumns: 2, nDistinct: 4, nTextBytes: 4 });
    expect(unwrap((await open(repeating, 1.01 * need)).outcome).notices).toEqual([]);
    expect((await refuse(repeating, 0.99 * need)).code).toBe('file-too-large');
  });

  it('offers a thinner sample when a sample does not fit either', async () => {
    const nth = (await refuse(repeating, 400_000)).fittingNthRow ?? 1;
    const thinner = (await refuse(repeating, 100_000, nth)).fittingNthRow ?? 1;
    expect(thinner % nth).toBe(0);
    expect(thinner).toBeGreaterThan(nth);
  });

  it('offers no more than fits of a file that the browser hands over at once', async () => {
    const atOnce = new Blob([distinct.repeat(4)]);
    const bytes = new Uint8Array(await atOnce.arrayBuffer());
    Object.defineProperty(atOnce, 'stream', {
      value: () => new ReadableStream({ start: (to) => (to.enqueue(bytes), to.close()) }),
    });
    const service = createIngestService();
    const first = await service.open(atOnce, {}, () => undefined, 2e6);
    if (first.ok) throw new Error('the file was read');
    const everyNthRow = first.failure.fittingNthRow ?? 1;
    unwrap(await service.open(atOnce, { everyNthRow }, () => undefined, 2e6));
  });

  it('leaves no table open', async () => {
    const { service } = await open(repeating, 1000);
    expect(await service.preview(0, 1)).toMatchObject({ ok: false });
  });
});

describe.each<[string, BlobPart, number]>([
  ['NDJSON', Array.from({ length: N }, (_, i) => JSON.stringify({ id: i, ward: 'A' })).join('\n'), 1e6],
  [
    'Parquet',
    parquetWriteBuffer({
      columnData: [{ name: 'n', data: Array.from({ length: N }, (_, i) => i % 7), type: 'INT32' }],
    }),
    1e5,
  ],
  ['a workbook', makeWorkbook({ sheets: [{ name: 'a', rows: sheetRows() }] }), 1e5],
])('a table of %s beyond the budget', (_, bytes, budgetBytes) => {
  it('is refused with a sample; a packed file read ahead of may be refused once more before one fits', async () => {
    const service = createIngestService();
    const first = await service.open(new Blob([bytes]), {}, () => undefined, budgetBytes);
    expect(first).toMatchObject({ ok: false, failure: { code: 'file-too-large' } });
    let outcome = first;
    for (let n = 0; n < 3 && !outcome.ok; n++) {
      const everyNthRow = outcome.failure.fittingNthRow ?? 1;
      outcome = await service.open(new Blob([bytes]), { everyNthRow }, () => undefined, budgetBytes);
    }
    const sample = unwrap(outcome);
    expect(sample.nRows).toBeGreaterThan(10);
  });
});

describe('what a reading foresees', () => {
  const MB = 1e6;
  const at = (share: number, nDistinct: number): ReadingSoFar => ({
    share,
    nFound: share * 100_000,
    nRows: share * 100_000,
    nColumns: 10,
    nDistinct,
    nTextBytes: 0,
  });
  const stopsAt = (budget: number, distinctAt: (share: number) => number): number | null => {
    const watch = new NeedWatch(budget, 1);
    for (let step = 1; step <= 100; step++) {
      try {
        watch.look(at(step / 100, distinctAt(step / 100)));
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(FailureError);
        expect(toFailure(thrown).code).toBe('file-too-large');
        return step;
      }
    }
    return null;
  };

  it('stops early when the whole is clearly beyond the budget', () => {
    expect(stopsAt(15 * MB, () => 0)).toBe(5);
    expect(stopsAt(45 * MB, (share) => share * 200_000)).toBe(5);
  });

  it('does not take levels that have all been seen for ever new ones', () => {
    expect(stopsAt(32 * MB, (share) => Math.min(2000, share * 100_000))).toBe(null);
  });

  it('reads on where it is close, and stops when it is certain', () => {
    expect(stopsAt(28.7 * MB, () => 0)).toBe(96);
  });
});
