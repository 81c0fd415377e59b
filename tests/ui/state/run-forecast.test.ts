import { describe, expect, it } from 'vitest';
import { fail } from '../../../src/data/failure';
import { forecastRun } from '../../../src/ui/state/run-forecast';
import { DEFAULT_HANDLING } from '../../../src/data/handling';
import { createEvaluateService } from '../../../workers/evaluate-service';
import { createSynthesizeService } from '../../../workers/synthesize-service';
import { makeCohort, makeRequest, openBytes, unwrap } from '../../data/open-text';

type Bench = Parameters<typeof forecastRun>[0];

async function openBench() {
  const { service, opened } = await openBytes(makeCohort(600));
  const prepared = unwrap(await service.prepare(makeRequest(opened.schema)));
  const evaluate = createEvaluateService();
  const synthesize = createSynthesizeService();
  let ms = 0;
  const bench = {
    ingest: service,
    evaluate,
    synthesize: {
      forecast: (request: object) => synthesize.forecast({ ...request, wasmUrls: {} } as never),
    },
    // Ten milliseconds between any two looks at the clock.
    elapsed: () => (ms += 10),
  } as unknown as Bench;
  const request = {
    model: 'copula',
    config: {},
    seed: 1,
    table: prepared.train,
    schema: prepared.schema,
    backend: 'cpu',
    resumeFrom: null,
    checkpointEveryMs: Infinity,
    stopAfterMs: null,
  } as const;
  const written = { schema: opened.schema, handling: DEFAULT_HANDLING, dialect: opened.dialect };
  return { bench, request, prepared, written };
}

describe('the forecast of a run', () => {
  it('tries training, drawing, writing and judging, and says for how many rows', async () => {
    const { bench, request, prepared, written } = await openBench();
    const forecast = unwrap(await forecastRun(bench, request, prepared, written));
    expect(forecast.nRows).toBe(prepared.train.nRows);
    expect(forecast.trainMs).toBeGreaterThan(0);
    // Beginning the file, the rows of train at 10 ms for the rows tried, and judging all rows at once.
    expect(forecast.restMs).toBeGreaterThan(1.5 * (10 + 10 / 10 + 10));
    expect(forecast.basis).toMatch(/rows took/);
  });

  it('fails with the stage that fails', async () => {
    const { bench, request, prepared, written } = await openBench();
    const refused = () => Promise.resolve(fail('value-invalid', 'No.'));
    const noWriting = { ...bench, ingest: { ...bench.ingest, beginWriting: refused } } as unknown as Bench;
    expect(await forecastRun(noWriting, request, prepared, written)).toMatchObject({ ok: false });
    const noJudging = { ...bench, evaluate: { ...bench.evaluate, quality: refused } } as unknown as Bench;
    expect(await forecastRun(noJudging, request, prepared, written)).toMatchObject({
      ok: false,
      failure: { code: 'value-invalid' },
    });
  });
});
