import { parseArgs } from 'node:util';
import { SCHEMA_VERSION, type Schema } from '../../src/data/schema';
import type { Column, Table } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { MODEL_IDS, type ModelId } from '../../src/models/synthesizer';
import { openSynthesizer } from '../../workers/synthesizers';
import { nodeHost } from './node-backend';
import { schemaOf } from '../measure/tables';

/**
 * How fit and draw grow with rows and columns, in one thread: made tables of numbers and levels that lean on each other.
 * Prints a line of a Markdown table for each size, with the processor's seconds. Options: --model ID --rows N,N --columns
 * N,N.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      model: { type: 'string', default: 'trees' },
      rows: { type: 'string', default: '1000,10000,100000,1000000' },
      columns: { type: 'string', default: '10' },
    },
  });
  const model = MODEL_IDS.find((id) => id === values.model);
  if (model === undefined) throw new Error(`no model "${values.model}"; there are ${MODEL_IDS.join(', ')}`);
  printHead();
  for (const nColumns of values.columns.split(',').map(Number))
    for (const nRows of values.rows.split(',').map(Number))
      await printSize(model, makeLeaning(nRows, nColumns));
}

export function printHead(): void {
  console.log('| Model | Rows | Columns | Fit, s | Rows drawn a second | Peak, MB |');
  console.log('| --- | --: | --: | --: | --: | --: |');
}

/** Fits and draws from one table; prints its line. */
export async function printSize(model: ModelId, table: Table, label = `${table.nRows}`): Promise<void> {
  const schema: Schema = { ...schemaOf(table), version: SCHEMA_VERSION };
  const fitted = await measureCpu(() =>
    openSynthesizer(model, 'wasm', nodeHost).train({ table, schema }, {}, Rng.fromSeed(1), {
      command: () => 'run',
      emit: () => undefined,
      now: () => performance.now(),
      breathe: () => Promise.resolve(),
      resumeFrom: null,
      checkpointEveryMs: Infinity,
      crew: null,
    }),
  );
  const nDrawn = 8192 * 4;
  const drawn = await measureCpu(async () => {
    for (let chunk = 0; chunk < 4; chunk++)
      await fitted.result.sample(nDrawn / 4, Rng.fromSeed(`chunk ${chunk}`));
  });
  fitted.result.dispose();
  const peak = process.resourceUsage().maxRSS / 1000;
  const cells = [
    model,
    label,
    table.columns.length,
    fitted.seconds.toFixed(2),
    (nDrawn / drawn.seconds).toFixed(0),
  ];
  console.log(`| ${[...cells, peak.toFixed(0)].join(' | ')} |`);
}

async function measureCpu<T>(act: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const before = process.cpuUsage();
  const result = await act();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (user + system) / 1e6 };
}

/** Every other column numbers of two decimals, the others of eight levels; each leans on the one before it. */
function makeLeaning(nRows: number, nColumns: number): Table {
  const rng = Rng.fromSeed('leaning');
  const columns: Column[] = [];
  let before = new Float64Array(nRows);
  for (let c = 0; c < nColumns; c++) {
    before = before.map((value) => Math.round(100 * (0.7 * value + 0.7 * rng.normal())) / 100);
    const name = `column ${c}`;
    if (c % 2 === 0) columns.push({ kind: 'number', name, values: before });
    else {
      const codes = Int32Array.from(before, (value) => Math.min(7, Math.max(0, Math.round(4 + 2 * value))));
      columns.push({ kind: 'level', name, codes, levels: [...'abcdefgh'] });
    }
  }
  return { nRows, columns };
}
