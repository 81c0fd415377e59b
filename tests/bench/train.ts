import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BackendWish } from '../../src/models/neural/choose-backend';
import { MODEL_IDS, type ModelConfig } from '../../src/models/synthesizer';
import { judgeSynthetic, type Judgement } from './judge-synthetic';
import { timeInPage, type PageSeconds } from './page-seconds';
import { describePeers } from './peer-seconds';
import { scoreRows, timeModel, type RunSeconds } from './time-model';
import { loadTrainTables, TABLE_NAMES, type SplitName, type TailName } from './train-tables';

const TAILS: readonly TailName[] = ['cap', 'declared'];

/** One run as it is written to bench-results/. */
interface RunRecord extends Judgement {
  readonly table: string;
  readonly model: string;
  readonly split: string;
  readonly tail: string;
  readonly seed: number;
  readonly config: ModelConfig;
  readonly run: RunSeconds;
}

/**
 * Speed and quality side by side: trains on the peers' tables in this process by the worker's code, draws as many rows,
 * and judges them by every measure that needs no page. Prints each run, and mean ± sd over seeds as a Markdown table,
 * beside the peers' seconds, and the seconds in the built page, in a headless browser, with 1, 2 and 4 workers (the records
 * are the same). Without options: both tables, both splits, three seeds, the nets, which the page itself would choose.
 * Options: --table adult|support2|all --model ID --seeds 1,2,3 --split peers|fresh|both --tail cap|declared --rows N (the
 * first N rows of train) --backend wasm|cpu --config JSON --records (adds the slower attack by records) --workers 1,2,4|none.
 */
export async function main(args: string[]): Promise<void> {
  const options = readOptions(args);
  mkdirSync('bench-results', { recursive: true });
  const sections: string[] = [];
  for (const table of options.tables) {
    const peers = describePeers(table);
    console.log(peers);
    for (const split of options.splits) {
      const runs: RunRecord[] = [];
      for (const seed of options.seeds) {
        const record = await runOnce(table, split, seed, options);
        console.log(describeRun(record));
        runs.push(record);
        const rows = Number.isFinite(options.rows) ? `-${options.rows}` : '';
        const name = `train-${table}${rows}-${options.model}-${split}-${options.tail}-${seed}.json`;
        writeFileSync(`bench-results/${name}`, `${JSON.stringify(record, null, 2)}\n`);
      }
      sections.push(formatTable(`${table}, ${options.model}, ${split} split, tail ${options.tail}`, runs));
      console.log(`\n${sections.at(-1) ?? ''}`);
    }
    sections.push(peers);
    for (const nWorkers of options.workers) {
      const seconds = await timePage(table, nWorkers, options);
      console.log(seconds);
      sections.push(seconds);
    }
  }
  writeFileSync(`bench-results/train-${options.model}-${options.tail}.md`, `${sections.join('\n\n')}\n`);
}

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      table: { type: 'string', default: 'all' },
      model: { type: 'string', default: 'argn' },
      seeds: { type: 'string', default: '1,2,3' },
      split: { type: 'string', default: 'both' },
      tail: { type: 'string', default: 'cap' },
      rows: { type: 'string', default: 'Infinity' },
      backend: { type: 'string', default: 'wasm' },
      config: { type: 'string', default: '{}' },
      workers: { type: 'string', default: '1,2,4' },
      records: { type: 'boolean', default: false },
    },
  });
  const model = MODEL_IDS.find((id) => id === values.model);
  if (model === undefined) throw new Error(`no model "${values.model}"; there are ${MODEL_IDS.join(', ')}`);
  const tail = TAILS.find((name) => name === values.tail);
  if (tail === undefined) throw new Error(`--tail is ${TAILS.join(' or ')}`);
  const splits: readonly SplitName[] =
    values.split === 'both' ? ['peers', 'fresh'] : [values.split === 'fresh' ? 'fresh' : 'peers'];
  return {
    tables: values.table === 'all' ? TABLE_NAMES : [values.table],
    model,
    seeds: values.seeds.split(',').map(Number),
    splits,
    tail,
    rows: Number(values.rows),
    backend: values.backend as BackendWish,
    config: JSON.parse(values.config) as ModelConfig,
    withRecords: values.records,
    workers: values.workers === 'none' ? [] : values.workers.split(',').map(Number),
  };
}

type Options = ReturnType<typeof readOptions>;

async function runOnce(table: string, split: SplitName, seed: number, options: Options): Promise<RunRecord> {
  const { model, tail, rows, backend, config, withRecords } = options;
  const tables = loadTrainTables(table, split, tail, seed, rows);
  const timed = await timeModel(model, tables, seed, tail, backend, config);
  const likelihoods = await scoreRows(timed, tables);
  const judged = judgeSynthetic(tables, timed.synthetic, likelihoods, withRecords);
  timed.model.dispose();
  return { table, model, split, tail, seed, config, run: timed.seconds, ...judged };
}

/** What a run takes in the page, mean ± standard deviation over the seeds. */
async function timePage(table: string, nWorkers: number, { model, seeds }: Options): Promise<string> {
  const runs: PageSeconds[] = [];
  const { target } = loadTrainTables(table, 'peers', 'cap', 1);
  for (const seed of seeds) runs.push(await timeInPage(table, target, model, seed, nWorkers));
  const [train, sample] = [runs.map((run) => run.encodeAndTrain), runs.map((run) => run.sample)];
  return `${table}, ${model}, in the page with ${nWorkers} ${nWorkers === 1 ? 'worker' : 'workers'}: encode and train ${showSpread(train)} s, sample ${showSpread(sample)} s (${runs.length} runs)`;
}

function describeRun({ table, model, split, seed, run, figures, seconds }: RunRecord): string {
  const parts = figures.map(({ id, value, interval, note }) => {
    const range = interval === undefined ? '' : ` [${show(interval.low)}, ${show(interval.high)}]`;
    return `  ${id}: ${value === null ? `– (${note ?? ''})` : show(value)}${range}`;
  });
  const judged = Object.entries(seconds).map(([name, taken]) => `${name} ${taken.toFixed(2)}`);
  return [
    `${table} ${model} ${split} split, seed ${seed}: ${run.total.toFixed(2)} s (prepare ${run.prepare.toFixed(2)}, train ${run.train.toFixed(2)}, sample ${run.sample.toFixed(2)})`,
    ...parts,
    `  judged in ${sum(Object.values(seconds)).toFixed(1)} s: ${judged.join(', ')}`,
  ].join('\n');
}

/** Mean ± standard deviation over the runs, a line a figure. */
function formatTable(title: string, runs: readonly RunRecord[]): string {
  const ids = runs[0]?.figures.map(({ id }) => id) ?? [];
  const lines = ids.map((id) => {
    const found = runs.flatMap(({ figures }) => figures.filter((figure) => figure.id === id));
    const values = found.flatMap(({ value }) => value ?? []);
    return `| ${id} | ${values.length === 0 ? `– (${found[0]?.note ?? ''})` : showSpread(values)} |`;
  });
  const seconds = `| seconds | ${showSpread(runs.map(({ run }) => run.total))} |`;
  return [
    `**${title}** (${runs.length} seeds)`,
    '',
    '| Figure | mean ± sd |',
    '| --- | --- |',
    seconds,
    ...lines,
  ].join('\n');
}

function showSpread(values: readonly number[]): string {
  const mean = sum(values) / values.length;
  const spread = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / Math.max(1, values.length - 1));
  return values.length === 1 ? show(mean) : `${show(mean)} ± ${show(spread)}`;
}

function show(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(4);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
