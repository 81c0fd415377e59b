import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { evaluate, type Evaluation } from '../../src/measure/evaluate';
import { specsOf } from '../../src/measure/evaluation-specs';
import { FAMILIES } from '../../src/measure/measure';
import type { EvaluationInput } from '../../src/measure/evaluation-context';
import { loadGoldenKinds, loadGoldenTable } from '../measure/load-golden';
import { JUDGED_TARGET, judgedKinds, makeJudgedTable } from './judged-tables';
import { calibrate } from './peer-seconds';

/** Seconds of the Python tools for one comparison, without interval, floor or ceiling, by the first id of a step. */
const PYTHON_SECONDS: Readonly<Record<string, number>> = {
  'sdmetrics-column-shapes': 2.1 + 2.3,
  'detection-linear': 13.4,
  'detection-boosted': 6.1,
  'train-synthetic-boosted': 2.7,
  'singling-out-univariate': 13.8,
  'singling-out-multivariate': 101,
  linkability: 50,
  'attribute-inference': 111,
  'closest-records': 16.6,
};

/**
 * Evaluates a peer's synthetic table and prints the seconds of each step, which take in interval, floor and ceiling, beside
 * those of the Python tools for the figure alone. Options: --table adult|support2 --synthetic synthpop|ctgan|tvae|argn
 * --families fidelity,utility,privacy --target COLUMN --seed N. With --rows N (--columns 50) a made table of that size is
 * cut instead, a fifth of it held out, and held against as many fresh people as its train has; --measures ID,… takes the
 * steps of those measures alone. The evaluation goes to bench-results/.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      table: { type: 'string', default: 'adult' },
      synthetic: { type: 'string', default: 'synthpop' },
      families: { type: 'string', default: FAMILIES.join() },
      target: { type: 'string' },
      seed: { type: 'string', default: '1' },
      rows: { type: 'string' },
      columns: { type: 'string', default: '50' },
      measures: { type: 'string' },
    },
  });
  const families = FAMILIES.filter((family) => values.families.split(',').includes(family));
  const { name, input, suggested } =
    values.rows === undefined
      ? loadPeer(values.table, values.synthetic)
      : makeTables(Number(values.rows), Number(values.columns));
  const target = values.target ?? suggested;
  const factor = calibrate();
  const wanted = values.measures?.split(',');
  const specs = specsOf(families).filter(
    ({ ids }) => wanted === undefined || ids.some((id) => wanted.includes(id)),
  );
  const seconds: Timed[] = [];
  let last = readClocks();
  const result = await evaluate(
    specs,
    { ...input, options: { seed: Number(values.seed), ...(target === undefined ? {} : { target }) } },
    {
      onStart: () => (last = readClocks()),
      onStep: ({ ids, done, total }) => {
        const now = readClocks();
        const spent = { ids, wall: now.wall - last.wall, processor: now.processor - last.processor };
        seconds.push(spent);
        console.error(
          `${done} of ${total}, ${ids[0] ?? ''}: ${spent.wall.toFixed(2)} s, processor ${spent.processor.toFixed(2)} s`,
        );
      },
    },
  );
  print(seconds, result, values.rows === undefined ? factor : null);
  if (factor !== null)
    console.log(`This machine is ${factor.toFixed(2)} × as slow as the peers' (calibrate).`);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync(`bench-results/evaluation-${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
}

/** Seconds of one step. */
interface Timed {
  readonly ids: readonly string[];
  readonly wall: number;
  /** Of all threads of this process: less disturbed by what else the machine does. */
  readonly processor: number;
}

/** Seconds on the wall and of the processor. */
function readClocks(): { readonly wall: number; readonly processor: number } {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now() / 1000, processor: (user + system) / 1e6 };
}

interface Given {
  readonly name: string;
  readonly input: Omit<EvaluationInput, 'options'>;
  /** Column to predict where the caller names none; undefined leaves it to the measures. */
  readonly suggested: string | undefined;
}

function loadPeer(table: string, synthetic: string): Given {
  const kinds = loadGoldenKinds(table);
  const load = (part: string) => loadGoldenTable(`${table}_${part}`, kinds, ['']);
  const tables = { train: load('train'), holdout: load('holdout'), synthetic: load(synthetic) };
  return { name: `${table}-${synthetic}`, input: { ...tables, kinds }, suggested: undefined };
}

function makeTables(nRows: number, nColumns: number): Given {
  const nHoldout = Math.round(nRows / 5);
  const make = (part: string, n: number) => makeJudgedTable(n, nColumns, `judged/${part}`);
  const tables = {
    train: make('train', nRows - nHoldout),
    holdout: make('holdout', nHoldout),
    synthetic: make('synthetic', nRows - nHoldout),
  };
  return {
    name: `made-${nRows}x${nColumns}`,
    input: { ...tables, kinds: judgedKinds(nColumns) },
    suggested: JUDGED_TARGET,
  };
}

function print(seconds: readonly Timed[], { measures, skipped }: Evaluation, factor: number | null): void {
  console.log(
    `| Measure | Value | 95 % interval | Floor | Ceiling | Seconds | Processor | Python, × ${factor?.toFixed(2) ?? '?'} |`,
  );
  console.log('| --- | --: | --: | --: | --: | --: | --: | --: |');
  const show = (value: number | null) => (value === null ? '' : value.toFixed(4));
  for (const { ids, wall, processor } of seconds)
    ids.forEach((id, at) => {
      const python = factor === null ? undefined : PYTHON_SECONDS[id];
      const time =
        at > 0
          ? ' | | '
          : `${wall.toFixed(2)} | ${processor.toFixed(2)} | ${python === undefined ? '' : (python * (factor ?? 1)).toFixed(1)}`;
      const found = measures.find((measure) => measure.id === id);
      const reason = skipped.find((each) => each.id === id)?.reason ?? '';
      const figures =
        found === undefined
          ? `skipped: ${reason} | | | `
          : `${show(found.value)} | ${show(found.interval.low)} to ${show(found.interval.high)} | ${show(found.floor)} | ${show(found.ceiling)}`;
      console.log(`| ${id} | ${figures} | ${time} |`);
    });
  const add = (read: (timed: Timed) => number) =>
    seconds.reduce((sum, timed) => sum + read(timed), 0).toFixed(1);
  console.log(
    `${add(({ wall }) => wall)} s in all, one thread; processor ${add(({ processor }) => processor)} s.`,
  );
}
