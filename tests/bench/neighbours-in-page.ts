import { alignTables } from '../../src/measure/align-tables';
import { MAX_NEIGHBOUR_ROWS } from '../../src/data/sampled-rows';
import { takeFirst } from '../../src/measure/evaluation-context';
import { placeMixed, spanMixedSpace } from '../../src/measure/fidelity/mixed-space';
import { askBalls, askMeetings } from '../../src/measure/fidelity/neighbours';
import { runAlone, runWith, type Asking, type NearRows } from '../../src/measure/neighbours/near-rows';
import { spanSpace } from '../../src/measure/privacy/gower-space';
import { growGowerTree } from '../../src/measure/privacy/gower-tree';
import { askNearest, askWithin } from '../../src/measure/privacy/nearest-rows';
import { openFinder } from '../../workers/graphics/near-finder';
import { judgedKinds, makeJudgedTable } from './judged-tables';

/** One question, answered by the processor alone and with the graphics processor. */
export interface NeighbourTimes {
  readonly name: string;
  readonly nCells: number;
  readonly aloneMs: number;
  /** Of the graphics processor, reading its answer included; null where it gave none. */
  readonly answerMs: number | null;
  /** What the processor does with the answer. */
  readonly refineMs: number;
  /** Rows that were measured again, for a query. */
  readonly nMeasured: number;
  readonly isEqual: boolean;
}

export interface NeighbourBench {
  /** What the browser says of the graphics processor. */
  readonly adapter: string;
  readonly openMs: number;
  readonly times: readonly NeighbourTimes[];
}

const find = openFinder(navigator.gpu, { allowsSoftware: true, minCells: 0 });

/** Times the questions of an evaluation on made tables, in a page that has WebGPU. */
export async function timeNeighbours(
  nRows: number,
  nQueries: number,
  nColumns: number,
): Promise<NeighbourBench> {
  const [train, synthetic] = alignTables(
    judgedKinds(nColumns),
    ['train', makeJudgedTable(nRows, nColumns, 'judged/train')],
    ['synthetic', makeJudgedTable(nQueries, nColumns, 'judged/synthetic')],
  );
  const tree = growGowerTree(spanSpace(train), train);
  const few = takeFirst(synthetic, 1);
  const openMs = await time(() => runWith(askNearest(tree, few), find));
  const nearest = () => askNearest(tree, synthetic, 2);
  const radii = runAlone(nearest()).distances.filter((_, i) => i % 2 === 1);
  const space = spanMixedSpace(train, [synthetic]);
  const nSide = Math.min(MAX_NEIGHBOUR_ROWS, nQueries);
  const [own, made] = [train, synthetic].map((table) => placeMixed(space, takeFirst(table, nSide)));
  if (own === undefined || made === undefined) throw new Error('there is nothing to compare');
  const balls = runAlone(askBalls(own, 5));
  const [wide, square] = [nRows * nQueries * nColumns, nSide * nSide * nColumns];
  return {
    adapter: await describeAdapter(),
    openMs: openMs.ms,
    times: [
      await timeBoth('two nearest rows', wide, nQueries, nearest),
      await timeBoth('rows within a radius', wide, nQueries, () => askWithin(tree, synthetic, radii)),
      await timeBoth('balls of five neighbours', square, nSide, () => askBalls(own, 5)),
      await timeBoth('rows in balls', square, nSide, () => askMeetings(own, balls, made)),
    ],
  };
}

async function timeBoth<T>(
  name: string,
  nCells: number,
  nQueries: number,
  make: () => Asking<T>,
): Promise<NeighbourTimes> {
  const alone = await time(() => Promise.resolve(runAlone(make())));
  let [answerMs, nMeasured, isAnswered] = [0, 0, false];
  const answered = await time(() =>
    runWith(make(), async (question) => {
      const { ms, value } = await time((): Promise<NearRows | null> => find(question));
      answerMs += ms;
      nMeasured += (value?.rows.length ?? 0) / nQueries;
      isAnswered = value !== null;
      return value;
    }),
  );
  return {
    name,
    nCells,
    aloneMs: alone.ms,
    answerMs: isAnswered ? answerMs : null,
    refineMs: answered.ms - answerMs,
    nMeasured,
    isEqual: isSame(alone.value, answered.value),
  };
}

async function time<T>(run: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const start = performance.now();
  const value = await run();
  return { ms: performance.now() - start, value };
}

/** Whether two answers hold the same figures in every place, to the last bit. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, writeArrays) === JSON.stringify(b, writeArrays);
}

function writeArrays(_: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? String(value as Float64Array) : value;
}

async function describeAdapter(): Promise<string> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) return 'none';
  const { vendor, architecture, description } = adapter.info;
  return [vendor, architecture, description].filter((text) => text !== '').join(', ');
}
