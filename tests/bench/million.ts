import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { button, goTo, startTraining, type TrainingOrder } from '../e2e/journey/app';
import { importFile, writeRows } from './page-acts';
import { PageLine, type StageFigures } from './page-line';

/**
 * The whole way of a large table in the built page: import, schema and profile, forecast, training, drawing, judging,
 * and a file of synthetic rows. Prints seconds, processor seconds and memory over the page at rest, stage by stage.
 * Options: --file PATH, --models copula,tvae, --rows N,N, --steps N (at most, instead of the model's own).
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      file: { type: 'string', default: '/tmp/million.csv' },
      models: { type: 'string', default: 'copula,tvae' },
      rows: { type: 'string', default: '250000,1000000' },
      steps: { type: 'string' },
    },
  });
  if (!existsSync(values.file)) {
    console.log(`million: skipped, there is no file ${values.file}.`);
    return;
  }
  const nBytes = statSync(values.file).size;
  const line = await PageLine.open();
  try {
    await line.measure('import, schema, profile', () => importFile(line.page, values.file));
    tell(line.figures.slice(-1), nBytes);
    for (const model of values.models.split(',')) await trainWith(line, model, nBytes, values.steps);
    await goTo(line.page, 'Export');
    for (const nRows of values.rows.split(',')) {
      await line.measure(`write ${nRows} rows`, () => writeRows(line.page, nRows));
      tell(line.figures.slice(-1), nBytes);
    }
  } finally {
    await line.close();
  }
}

const NAMES: Readonly<Record<string, TrainingOrder['model']>> = {
  independent: 'Independent columns',
  copula: 'Gaussian copula',
  tvae: 'TVAE',
  ctgan: 'CTGAN',
};

async function trainWith(line: PageLine, id: string, nBytes: number, steps?: string): Promise<void> {
  const model = NAMES[id];
  if (model === undefined) throw new Error(`there is no model ${id}`);
  const from = line.figures.length;
  let forecast = 'no forecast was shown';
  const isStepwise = id === 'tvae' || id === 'ctgan';
  const settings = steps === undefined || !isStepwise ? {} : { 'Steps at most': steps };
  await startTraining(line.page, { model, seed: 1, settings });
  await line.follow(
    (label) => `${id}: ${label.toLowerCase()}`,
    async () => {
      forecast = (await line.page.getByText('Forecast: ').allInnerTexts()).join('\n') || forecast;
      const again = button(line.page, 'Start all the same');
      if ((await again.count()) > 0) {
        await again.click();
        await line.page.waitForTimeout(500);
        return false;
      }
      return (await button(line.page, 'Start training').count()) > 0;
    },
  );
  tell(line.figures.slice(from), nBytes);
  console.log(forecast);
}

function tell(figures: readonly StageFigures[], nBytes: number): void {
  for (const { stage, ms, cpuMs, peakPss, afterPss } of figures) {
    const memory = (bytes: number) =>
      `${(bytes / 1e6).toFixed(0)} MB (${(bytes / nBytes).toFixed(2)} × file)`;
    const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
    console.log(
      `${stage}: ${seconds(ms)}, processor ${seconds(cpuMs)}, peak ${memory(peakPss)}, after ${memory(afterPss)}`,
    );
  }
}
