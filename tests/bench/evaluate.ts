import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { evaluate } from '../../src/measure/evaluate';
import { specsOf } from '../../src/measure/evaluation-specs';
import { FAMILIES } from '../../src/measure/measure';
import type { EvaluationInput } from '../../src/measure/evaluation-context';
import { loadGoldenKinds, loadGoldenTable } from '../measure/load-golden';
import { writeFigures, writeSeconds, type TimedStep } from './evaluation-tables';
import { JUDGED_TARGET, judgedKinds, makeJudgedTable } from './judged-tables';
import { calibrate } from './peer-seconds';
import { openStepClock } from './step-clock';

/**
 * Evaluates a peer's synthetic table and prints every figure, and the seconds of each step: of the figure alone, beside those
 * of the Python tools for the same, and of what is computed on top of it (intervals, floors, ceilings).
 * Options: --table adult|support2 --synthetic synthpop|ctgan|tvae|argn
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
  const options = { seed: Number(values.seed), ...(target === undefined ? {} : { target }) };
  const { steps, result } = await timeSteps(specs, { ...input, options });
  console.log(writeFigures(result));
  console.log(writeSeconds(steps, values.rows === undefined ? factor : null));
  if (factor !== null)
    console.log(`This machine is ${factor.toFixed(2)} × as slow as the peers' (calibrate).`);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync(`bench-results/evaluation-${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
}

/** Runs an evaluation, and tells how long each step took. */
async function timeSteps(specs: Parameters<typeof evaluate>[0], input: EvaluationInput) {
  const clock = openStepClock(readProcessor);
  const steps: TimedStep[] = [];
  let begun = 0;
  const result = await evaluate(specs, input, {
    watch: clock.watch,
    onStart: () => {
      begun = performance.now();
      clock.start();
    },
    onStep: ({ ids, done, total }) => {
      const time = clock.stop();
      const wall = (performance.now() - begun) / 1000;
      steps.push({ ids, time, wall });
      console.error(
        `${done} of ${total}, ${ids[0] ?? ''}: ${wall.toFixed(2)} s, processor ${time.step.toFixed(2)} s`,
      );
    },
  });
  return { steps, result };
}

/** Seconds of the processor, of all threads of this process. */
function readProcessor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
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
