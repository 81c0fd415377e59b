import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { evaluate, type Evaluation } from '../../src/measure/evaluate';
import { specsOf } from '../../src/measure/evaluation-specs';
import { FAMILIES } from '../../src/measure/measure';
import { loadGoldenKinds, loadGoldenTable } from '../measure/load-golden';
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
 * --families fidelity,utility,privacy --target COLUMN --seed N. The evaluation goes to bench-results/.
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
    },
  });
  const { table, synthetic, target } = values;
  const families = FAMILIES.filter((family) => values.families.split(',').includes(family));
  const kinds = loadGoldenKinds(table);
  const load = (part: string) => loadGoldenTable(`${table}_${part}`, kinds, ['']);
  const factor = calibrate();
  const seconds: [ids: readonly string[], seconds: number][] = [];
  let last = performance.now();
  const input = { train: load('train'), holdout: load('holdout'), synthetic: load(synthetic), kinds };
  const result = await evaluate(
    specsOf(families),
    { ...input, options: { seed: Number(values.seed), ...(target === undefined ? {} : { target }) } },
    {
      onStart: () => (last = performance.now()),
      onStep: ({ ids }) => seconds.push([ids, (performance.now() - last) / 1000]),
    },
  );
  print(seconds, result, factor);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync(
    `bench-results/evaluation-${table}-${synthetic}.json`,
    `${JSON.stringify(result, null, 2)}\n`,
  );
}

function print(
  seconds: readonly (readonly [ids: readonly string[], seconds: number])[],
  { measures, skipped }: Evaluation,
  factor: number | null,
): void {
  console.log(
    `| Measure | Value | 95 % interval | Floor | Ceiling | Seconds | Python, × ${factor?.toFixed(2) ?? '?'} |`,
  );
  console.log('| --- | --: | --: | --: | --: | --: | --: |');
  const show = (value: number | null) => (value === null ? '' : value.toFixed(4));
  for (const [ids, spent] of seconds)
    ids.forEach((id, at) => {
      const python = factor === null ? undefined : PYTHON_SECONDS[id];
      const time =
        at > 0
          ? ' | '
          : `${spent.toFixed(2)} | ${python === undefined ? '' : (python * (factor ?? 1)).toFixed(1)}`;
      const found = measures.find((measure) => measure.id === id);
      const reason = skipped.find((each) => each.id === id)?.reason ?? '';
      const figures =
        found === undefined
          ? `skipped: ${reason} | | | `
          : `${show(found.value)} | ${show(found.interval.low)} to ${show(found.interval.high)} | ${show(found.floor)} | ${show(found.ceiling)}`;
      console.log(`| ${id} | ${figures} | ${time} |`);
    });
  console.log(`${seconds.reduce((sum, [, spent]) => sum + spent, 0).toFixed(1)} s in all, one thread.`);
}
