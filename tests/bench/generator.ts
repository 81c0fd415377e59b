import { parseArgs } from 'node:util';
import { applyHandling } from '../../src/data/apply-handling';
import { DEFAULT_HANDLING } from '../../src/data/handling';
import { Rng } from '../../src/math/rng';
import { kindsOf } from '../../src/measure/fidelity/column-kinds';
import { detectSynthetic } from '../../src/measure/fidelity/detection';
import { qualityReport } from '../../src/measure/fidelity/quality-report';
import { judgeLikelihoods } from '../../src/measure/privacy/membership';
import { argn } from '../../src/models/argn/argn';
import type { ModelConfig, TrainedModel } from '../../src/models/synthesizer';
import { trees } from '../../src/models/trees/trees';
import { loadPeerTable } from './peer-tables';

/**
 * What a fast generator reaches on the peers' tables: seconds, SDMetrics' overall, detection by boosted trees, and how well
 * the model's own likelihood tells rows of train from the holdout. Options: --table adult|support2 --model argn|trees
 * --seed N --config '{}' --repeat N (times it again, to see what a warm machine takes) --skip-detection.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      table: { type: 'string', default: 'adult' },
      model: { type: 'string', default: 'argn' },
      seed: { type: 'string', default: '1' },
      config: { type: 'string', default: '{}' },
      repeat: { type: 'string', default: '1' },
      'skip-detection': { type: 'boolean', default: false },
    },
  });
  const { table, schema } = loadPeerTable(values.table);
  const holdout = loadPeerTable(values.table, 'holdout').table;
  const config = JSON.parse(values.config) as ModelConfig;
  for (let i = 0; i < Number(values.repeat); i++) {
    const rng = Rng.fromSeed(Number(values.seed));
    const { trained, trainSeconds } = await train(values.model, table, schema, config, rng);
    const [synthetic, drawSeconds] = await timed(() => trained.sample(table.nRows, rng.fork('rows')));
    const [, manySeconds] = await timed(() => trained.sample(200_000, rng.fork('many')));
    const line = [
      `${values.table} ${values.model} seed ${values.seed} ${values.config}`,
      `train ${trainSeconds.toFixed(2)} s, draw ${drawSeconds.toFixed(2)} s, ${(200 / manySeconds).toFixed(0)} k rows/s`,
    ];
    const report = qualityReport(table, synthetic, kindsOf(schema));
    line.push(`overall ${report.overall?.toFixed(4)}`, `th0 ${report.overallAll?.toFixed(4)}`);
    const likelihood = await likelihoodAuc(trained, table, holdout);
    line.push(`likelihood ${likelihood}`);
    if (!values['skip-detection']) {
      const found = detectSynthetic('boosted', table, synthetic, kindsOf(schema), rng.fork('detection'));
      line.push(`detection ${'auc' in found ? found.auc.toFixed(4) : found.reason}`);
    }
    console.log(line.join(' · '));
    trained.dispose();
  }
}

type Peer = ReturnType<typeof loadPeerTable>;

async function train(
  model: string,
  table: Peer['table'],
  schema: Peer['schema'],
  config: ModelConfig,
  rng: Rng,
): Promise<{ trained: TrainedModel; trainSeconds: number }> {
  const handled = applyHandling(table, schema.columns, DEFAULT_HANDLING, rng.fork('handling'));
  const input = { table: handled.table, schema: { ...schema, columns: handled.columns } };
  const run = {
    command: () => 'run' as const,
    emit: () => undefined,
    now: () => performance.now(),
    breathe: () => Promise.resolve(),
    resumeFrom: null,
    checkpointEveryMs: Infinity,
    crew: null,
  };
  const [trained, trainSeconds] = await timed(() =>
    (model === 'trees' ? trees : argn).train(input, config, rng, run),
  );
  return { trained, trainSeconds };
}

async function timed<T>(act: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const result = await act();
  return [result, (performance.now() - start) / 1000];
}

async function likelihoodAuc(trained: TrainedModel, train: Peer['table'], holdout: Peer['table']) {
  if (trained.score === null) return 'none';
  const found = judgeLikelihoods(await trained.score(train), await trained.score(holdout));
  return 'auc' in found ? found.auc.toFixed(4) : found.reason;
}
