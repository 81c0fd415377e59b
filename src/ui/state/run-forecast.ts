import type { Prepared, WriteRequest } from '../../api/ingest';
import type { Forecast } from '../../api/synthesize';
import { MAX_COMPARED_ROWS } from '../../data/compared-rows';
import { succeed, type Outcome } from '../../data/failure';
import { takeRows, type Table } from '../../data/table';
import { extrapolate } from '../../data/extrapolate';
import type { Workbench } from './workbench';

/** Rows that judging is tried on: what it takes for a row is what the larger trial takes more. */
const JUDGED_ROWS = [1000, 4000] as const;

/** Trials run while nothing else does; in a run the page, two workers and the browser's storage share the processor. */
const SLACK = 1.5;

/** A trial that takes longer than this is worth as much the first time. */
const COMPILING_MS = 2000;

/** A row costs more when the tables no longer fit the processor's caches, as a trial's do. */
const OUT_OF_CACHE = 1.5;

/** What a run would take on this machine. */
export interface RunForecast extends Pick<Forecast, 'trainMs' | 'memoryBytes' | 'basis'> {
  /** Rows that are drawn once it is trained. */
  readonly nRows: number;
  /** For drawing, writing and judging them, at most. */
  readonly restMs: number;
}

type Bench = Pick<Workbench, 'ingest' | 'synthesize' | 'evaluate' | 'elapsed'>;

/**
 * Tries every stage of a run on a few rows: training, drawing, writing to a file that is thrown away, and judging the
 * rows drawn as if they were all there is.
 */
export async function forecastRun(
  bench: Bench,
  request: Parameters<Bench['synthesize']['forecast']>[0],
  prepared: Prepared,
  written: Pick<WriteRequest, 'schema' | 'handling' | 'dialect'>,
): Promise<Outcome<RunForecast>> {
  const tried = await bench.synthesize.forecast(request);
  if (!tried.ok) return tried;
  const { drawn, drawMs, trainMs, memoryBytes, basis } = tried.value;
  const { nRows } = prepared.train;
  const { schema, handling, dialect } = written;
  const order = { format: 'csv', seed: request.seed, nRows, schema, handling, dialect } as const;
  const writing = await timeWriting(bench, drawn, order);
  if (!writing.ok) return writing;
  const judging = await timeJudging(bench, prepared, drawn);
  if (!judging.ok) return judging;
  const restMs = SLACK * (drawMs + writing.value + judging.value);
  return succeed({ nRows, trainMs, restMs, memoryBytes, basis });
}

async function timeWriting(
  { ingest, elapsed }: Bench,
  drawn: Table,
  request: WriteRequest,
): Promise<Outcome<number>> {
  const start = elapsed();
  const begun = await ingest.beginWriting(request);
  if (!begun.ok) return begun;
  const beginMs = elapsed() - start;
  const warm = await ingest.writeRows(drawn);
  if (!warm.ok) return warm;
  const from = elapsed();
  const written = await ingest.writeRows(drawn);
  const perRow = (elapsed() - from) / drawn.nRows;
  const ended = written.ok ? await ingest.endWriting() : written;
  return ended.ok ? succeed(beginMs + perRow * request.nRows) : ended;
}

async function timeJudging(
  { evaluate, elapsed }: Bench,
  { trainAsRead, holdout, schema }: Prepared,
  drawn: Table,
): Promise<Outcome<number>> {
  const judge = async (nRows: number) => {
    const start = elapsed();
    const head = (table: Table) => takeHead(table, nRows);
    const judged = await evaluate.quality(
      {
        train: head(trainAsRead),
        holdout: holdout && head(holdout),
        synthetic: head(drawn),
        schema,
        seed: 0,
      },
      () => undefined,
    );
    return judged.ok ? succeed(elapsed() - start) : judged;
  };
  const [few, many] = JUDGED_ROWS.map((n) => Math.min(n, trainAsRead.nRows)) as [number, number];
  // A short first trial is mostly starting the worker and compiling.
  const first = await judge(few);
  if (!first.ok) return first;
  const small = first.value < COMPILING_MS ? await judge(few) : first;
  const large = small.ok && few < many ? await judge(many) : small;
  if (!small.ok || !large.ok) return small.ok ? large : small;
  return succeed(
    extrapolate(
      { n: few, ms: small.value },
      { n: many, ms: large.value },
      Math.min(trainAsRead.nRows, MAX_COMPARED_ROWS),
      OUT_OF_CACHE,
    ),
  );
}

function takeHead(table: Table, nMost: number): Table {
  const nRows = Math.min(table.nRows, nMost);
  return takeRows(
    table,
    Uint32Array.from({ length: nRows }, (_, i) => i),
  );
}
